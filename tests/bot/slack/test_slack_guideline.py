"""A guideline from a file on the App Home: fetched with the bot's token, read, told about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.actions.guidelines import listed
from bot.answers.documents import Facts
from bot.answers.opening import open_index
from bot.answers.reply import Kind
from bot.config import Store
from bot.slack.cards.limits import check_message, check_view
from bot.slack.service import Service
from tests.bot.slack.payloads import ANE, EVA, filled, home_press, signed
from tests.bot.slack.recorder import Answer, Recorder, refusal
from tests.bot.slack.talk import deliver, said, settle

RULE = "# Cykler\n\nBorgeren kan låne en elcykel på rådhuset i højst 14 dage.\n".encode()
CPR = b"# Cykler\n\nHun hedder Ane.\nHendes cpr er 010180-1234.\n"


@pytest.fixture
def settings(store: Path, tmp_path: Path) -> dict[str, Any]:
    return {"store": Store(str(store), tmp_path / "index.db")}


def form(service: Service, slack: Recorder, user: str = EVA) -> dict[str, Any]:
    deliver(service, home_press("home_guideline", "ny", user=user))
    view: dict[str, Any] = slack.of("views.open")[-1]["view"]
    assert check_view(view) == ()
    return view


def send(
    service: Service, slack: Recorder, name: str, file: str, user: str = EVA, **more: str
) -> dict[str, Any]:
    values: dict[str, str | list[str]] = {"file": [file, name], **more}
    body = filled(form(service, slack), values, user=user)
    answer: dict[str, Any] = json.loads(service.bolt.dispatch(signed(body)).body)
    settle(service)
    return answer


def kept(service: Service) -> dict[str, Facts]:
    index = open_index(service._app.config)
    return {one.name: one.facts for one in listed(index) if one.origin == "added"}


def test_a_file_becomes_a_guideline_and_its_owner_is_told_what_was_read(
    service: Service, slack: Recorder
) -> None:
    file = slack.give("cykler.md", RULE, EVA)
    more = {"kind": "law", "years": "2026", "review_by": "2027-11-01"}
    answer = send(service, slack, "cykler.md", file, **more)
    assert "Filen læses nu" in json.dumps(answer, ensure_ascii=False)
    [post] = slack.posts
    assert post["channel"] == EVA
    assert "cykler.md er tilføjet: 1 afsnit" in said(post)
    assert check_message(post["text"], post["blocks"]) == ()
    facts = kept(service)["cykler.md"]
    assert (facts.title, facts.kind, facts.owner) == ("Cykler", Kind.LAW, "Eva")
    assert str(facts.review_by) == "2027-11-01"
    assert "elcykel" in said_by(service)


def said_by(service: Service) -> str:
    reply = service._app.answers.ask("Hvor længe kan borgeren låne en elcykel?")
    return " ".join(reply.passages[:1])


def test_the_file_is_fetched_with_the_bots_token_once(service: Service, slack: Recorder) -> None:
    send(service, slack, "cykler.md", slack.give("cykler.md", RULE, EVA))
    [call] = [call for call in slack.calls if call.method == "given"]
    assert call.token.startswith("xoxb-")


def test_a_scan_is_repaired_and_the_repair_is_told(
    service: Service, slack: Recorder, shared_dir: Path
) -> None:
    scan = (shared_dir / "guidelines/001_8dde31fa96aa0b5e.txt").read_bytes()
    send(service, slack, "scan.txt", slack.give("scan.txt", scan, EVA))
    [post] = slack.posts
    assert "ud af 100 ord er rettet" in said(post)


def test_the_same_name_again_replaces_the_guideline(service: Service, slack: Recorder) -> None:
    for _ in range(2):
        send(service, slack, "cykler.md", slack.give("cykler.md", RULE, EVA))
    assert "er opdateret" in said(slack.posts[1])
    assert list(kept(service)) == ["cykler.md"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cykler.md", CPR, "CPR-nummer, i linje 4"),
        ("cykler.pdf", b"<html>not a pdf", "i stykker"),
        ("cykler.docx", b"PK\x03\x04not a zip", "i stykker"),
        ("cykler.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "ikke en tekst"),
        ("cykler.txt", b"", "tom"),
        ("cykler.md", b"   \n\n", "ingen tekst"),
        ("gammel.txt", b"\xd0\xcf\x11\xe0" + b"x" * 600, "gammel eller låst"),
    ],
)
def test_a_file_that_cannot_be_a_guideline_is_told_and_nothing_is_kept(
    service: Service, slack: Recorder, name: str, content: bytes, told: str
) -> None:
    send(service, slack, name, slack.give(name, content, EVA))
    [post] = slack.posts
    assert told in said(post)
    assert "1234" not in said(post)
    assert kept(service) == {}


@pytest.mark.parametrize(
    ("file", "name", "field"),
    [
        ("", "", "file"),
        ("F0GIVEN1", "billede.png", "file"),
        ("F0GIVEN1", "regnskab.xlsx", "file"),
        ("F0GIVEN1", "..", "file"),
        ("F0GIVEN1", "010180-1234.pdf", "file"),
        ("../x", "cykler.md", "file"),
        ("f0given1'", "cykler.md", "file"),
    ],
)
def test_what_is_no_file_to_read_is_told_at_its_field(
    service: Service, slack: Recorder, file: str, name: str, field: str
) -> None:
    assert list(send(service, slack, name, file)["errors"]) == [field]
    assert slack.of("files.info") == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "Om 010180-1234"}, "title"),
        ({"years": "010180-1234"}, "years"),
        ({"kind": "gossip"}, "kind"),
        ({"review_by": "2027-02-30"}, "review_by"),
    ],
)
def test_a_forged_or_personal_fact_is_told_at_its_field(
    service: Service, slack: Recorder, more: dict[str, str], field: str
) -> None:
    file = slack.give("cykler.md", RULE, EVA)
    answer = send(service, slack, "cykler.md", file, **more)
    assert list(answer["errors"]) == [field]
    assert "1234" not in json.dumps(answer)
    assert kept(service) == {}


@pytest.mark.parametrize(
    "more",
    [
        {"url_private_download": "https://files.slack.com.evil.dk/x"},
        {"url_private_download": "http://files.slack.com/x"},
        {"url_private_download": "https://evil@files.slack.com/x"},
        {"url_private_download": "file:///etc/passwd"},
        {"user": ANE},
        {"size": 20_000_001},
        {"size": None},
    ],
    ids=lambda more: str(*more.values()),
)
def test_a_file_that_lies_elsewhere_or_is_anothers_or_too_large_is_not_fetched(
    service: Service, slack: Recorder, more: dict[str, Any]
) -> None:
    file = slack.give("cykler.md", RULE, EVA)
    slack.given[file] |= more
    send(service, slack, "cykler.md", file)
    assert [call for call in slack.calls if call.method == "given"] == []
    assert len(slack.posts) == 1
    assert kept(service) == {}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(302, headers={"Location": "/api/given/F0GIVEN1"}), "HTTP 302"),
        (Answer(403, headers={"X": "y"}), "HTTP 403"),
        (Answer(200, "<html>Log ind</html>", {"Content-Type": "text/html"}), "files:read"),
    ],
)
def test_a_file_that_slack_does_not_hand_out_is_told_with_what_to_look_for(
    service: Service, slack: Recorder, answer: Answer, told: str
) -> None:
    file = slack.give("cykler.md", RULE, EVA)
    slack.next["given"] = [answer]
    send(service, slack, "cykler.md", file)
    assert len([call for call in slack.calls if call.method == "given"]) == 1
    assert told in said(slack.posts[0])


@pytest.mark.parametrize("error", ["missing_scope", "file_not_found", "internal_error"])
def test_a_file_that_slack_does_not_know_is_told(
    service: Service, slack: Recorder, error: str
) -> None:
    slack.next["files.info"] = [refusal(error)]
    send(service, slack, "cykler.md", slack.give("cykler.md", RULE, EVA))
    assert "files:read" in said(slack.posts[0])
    assert error in said(slack.posts[0])


def test_more_bytes_than_slack_said_are_not_read_to_the_end(
    service: Service, slack: Recorder
) -> None:
    file = slack.give("cykler.txt", b"ord " * 6_000_000, EVA, size=10)
    send(service, slack, "cykler.txt", file)
    assert "fylder mere end 20 MB" in said(slack.posts[0])


def test_who_does_not_keep_the_guidelines_gets_no_form(service: Service, slack: Recorder) -> None:
    deliver(service, home_press("home_guideline", "ny", user=ANE))
    assert slack.of("views.open") == []
    assert "guideline_owner" in said(slack.posts[0])


def test_a_form_that_somebody_else_sends_is_refused(service: Service, slack: Recorder) -> None:
    file = slack.give("cykler.md", RULE, ANE)
    answer = send(service, slack, "cykler.md", file, user=ANE)
    assert "guideline_owner" in answer["errors"]["file"]
    assert kept(service) == {}
