"""Forms: opened at once, wrong at the field, done in place, and nothing typed is kept."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.filling import (
    CASE,
    OPENING,
    SHEET,
    Values,
    fields,
    opened,
    sent,
    sheet,
    with_topic,
)
from tests.bot.slack.payloads import (
    ANE,
    EVA,
    STRANGER,
    command,
    home_press,
    press,
    shortcut,
    signed,
)
from tests.bot.slack.recorder import Answer, Recorder, refusal
from tests.bot.slack.talk import said, settle


def test_the_language_of_a_sheet_is_asked_for_and_never_guessed(
    service: Service, slack: Recorder
) -> None:
    view = opened(service, slack, command("/forklar", "Lønseddel"))
    [language] = [one for one in view["blocks"] if one.get("block_id") == "language"]
    assert "initial_option" not in language["element"]
    assert "f.gross" in fields(view)


def test_a_sheet_is_opened_from_the_shortcut_and_a_nudge_with_its_topic(
    service: Service, slack: Recorder
) -> None:
    assert fields(opened(service, slack, shortcut("make_sheet"))) == [
        "topic",
        "language",
        "switches",
    ]
    view = opened(service, slack, press("nudge_sheet:1", "loenseddel", ts="5.5"))
    assert "f.gross" in fields(view)


def test_another_topic_brings_its_own_fields(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/forklar"))
    changed = with_topic(service, slack, view, {"topic": "boernepasning", "language": "da"})
    assert "f.gross" not in fields(changed)
    assert any(name.startswith("f.") for name in fields(changed))


def test_a_draft_is_explained_before_the_sheet_is_made(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/forklar"))
    assert "udkast" in json.dumps(with_topic(service, slack, view, SHEET), ensure_ascii=False)
    danish = with_topic(service, slack, view, {"topic": "loenseddel", "language": "da"})
    assert "udkast" not in json.dumps(danish, ensure_ascii=False)


def test_a_sheet_comes_privately_as_picture_and_pdf_with_alt_text(
    service: Service, slack: Recorder
) -> None:
    assert sheet(service, slack)["response_action"] == "update"
    assert [name[:4] for name in slack.files.values()] == [b"\x89PNG", b"%PDF"]
    [done] = slack.of("files.completeUploadExternal")
    assert done["channel_id"] == f"D{ANE[1:]}"
    assert "24 timer" in done["initial_comment"]
    for asked in slack.of("files.getUploadURLExternal"):
        assert "arabisk" in asked["alt_txt"]
    assert slack.posts == []


def test_what_is_typed_for_a_sheet_is_neither_stored_nor_logged(
    service: Service, slack: Recorder, store: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sheet(service, slack)
    sheet(service, slack, **{"f.gross": "24.531,17,1"})
    slack.next["files.completeUploadExternal"] = [refusal("internal_error")]
    sheet(service, slack)
    settle(service)
    for form in (b"24.531", b"24531", b"2453117"):
        assert form not in store.read_bytes()
        assert form.decode() not in caplog.text


def test_the_files_leave_slack_after_their_hours(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    sheet(service, slack)
    clock.forward(hours=23)
    settle(service)
    assert slack.of("files.delete") == []
    clock.forward(hours=2)
    slack.next["files.delete"] = [Answer(status=500), refusal("file_not_found")]
    for _ in range(3):
        settle(service)
    assert len({call["file"] for call in slack.of("files.delete")}) == 2
    assert len(slack.of("files.delete")) == 3


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("f.gross", "mange penge", "beløb"),
        ("f.gross", "010180-1234", "CPR-nummer"),
        ("f.gross", "-5", "beløb"),
        ("f.percent", "140", "procent"),
        ("f.hours", "x", "timer"),
    ],
)
def test_a_wrong_number_is_told_at_its_field_and_not_repeated(
    service: Service, slack: Recorder, field: str, text: str, told: str
) -> None:
    answer = sheet(service, slack, **{field: text})
    assert told in answer["errors"][field]
    assert text not in answer["errors"][field]
    assert slack.files == {}


def test_a_sheet_that_slack_does_not_take_is_told(service: Service, slack: Recorder) -> None:
    slack.next["files.getUploadURLExternal"] = [refusal("missing_scope")]
    sheet(service, slack)
    [post] = slack.posts
    assert "kunne ikke sendes" in post["text"]


def test_a_file_goes_to_slacks_own_server_only(service: Service, slack: Recorder) -> None:
    evil = {"ok": True, "file_id": "F1", "upload_url": "https://files.slack.com.evil.dk/x"}
    slack.next["files.getUploadURLExternal"] = [Answer(body=json.dumps(evil))] * 2
    sheet(service, slack)
    assert "kunne ikke sendes" in slack.posts[0]["text"]


@pytest.mark.parametrize(
    "body",
    [
        command("/forklar"),
        command("/praktik"),
        command("/aabning"),
        shortcut("make_sheet"),
        press("nudge_sheet:1", "loenseddel", ts="5.5"),
    ],
    ids=lambda body: body.get("command") or body["type"],
)
@pytest.mark.parametrize("error", ["expired_trigger_id", "trigger_exchanged", "internal_error"])
def test_a_form_that_did_not_open_is_told(
    service: Service, slack: Recorder, body: dict[str, Any], error: str
) -> None:
    slack.next["views.open"] = [refusal(error)]
    response = service.bolt.dispatch(signed(body))
    assert response.status == 200
    told = [response.body, *(said(one) for one in [*slack.whispers, *slack.posts])]
    assert any("formularen" in one for one in told)


def test_a_plan_is_begun_and_its_steps_are_shown(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/praktik"))
    answer = sent(service, view, CASE)
    assert answer["response_action"] == "update"
    assert "INT-2001" in json.dumps(answer, ensure_ascii=False)
    assert "2027" in json.dumps(answer)


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"reference": "010180-1234"}, "reference", "CPR-nummer"),
        ({"reference": "Amina"}, "reference", "navn"),
        ({"reference": "7"}, "reference", "INT-1042"),
        ({"end": "2026-12-01"}, "end", "før startdatoen"),
        ({"start": "9999-01-01"}, "start", "for langt væk"),
        ({"start": "2027-02-30"}, "start", "findes ikke"),
        ({"start": "2020-01-06", "end": "2020-02-06"}, "end", "passeret"),
    ],
)
def test_what_a_plan_cannot_take_is_told_at_its_field(
    service: Service, slack: Recorder, wrong: Values, field: str, told: str
) -> None:
    view = opened(service, slack, command("/praktik"))
    answer = sent(service, view, CASE | wrong)
    assert list(answer["errors"]) == [field]
    assert told in answer["errors"][field]


def test_a_case_is_moved_and_ended(service: Service, slack: Recorder) -> None:
    sent(service, opened(service, slack, command("/praktik")), CASE)
    view = opened(service, slack, command("/praktik", "INT-2001"))
    assert "datoerne er gemt" in json.dumps(
        sent(service, view, {"end": "2027-05-07"}), ensure_ascii=False
    )
    ended = json.dumps(sent(service, view, {"outcome": "job"}), ensure_ascii=False)
    assert "Næste plan er begyndt" in ended
    assert "outcome" in sent(service, view, {"end": "2027-06-07"})["errors"]


def test_a_case_form_without_a_change_says_what_to_choose(
    service: Service, slack: Recorder
) -> None:
    sent(service, opened(service, slack, command("/praktik")), CASE)
    view = opened(service, slack, command("/praktik", "INT-2001"))
    assert "Vælg en dato" in sent(service, view, {})["errors"]["outcome"]


@pytest.mark.parametrize("user", [STRANGER, EVA])
def test_who_does_not_work_with_cases_gets_no_case_form(
    service: Service, slack: Recorder, user: str
) -> None:
    for name, text in (("/praktik", "INT-2001"), ("/aabning", "")):
        answer = service.bolt.dispatch(signed(command(name, text, user=user)))
        assert "Kun sagsbehandlere" in answer.body
    assert slack.of("views.open") == []


def test_an_opening_is_added_and_stands_on_the_list(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/aabning"))
    assert "på listen" in json.dumps(sent(service, view, OPENING), ensure_ascii=False)
    again = opened(service, slack, command("/aabning"))
    assert "Café Nord" in json.dumps(again, ensure_ascii=False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"places": "to"}, "places"),
        ({"places": "0"}, "places"),
        ({"until": "2020-01-01"}, "until"),
        ({"company": "010180-1234"}, "company"),
        ({"trade": "x" * 81}, "trade"),
    ],
)
def test_what_an_opening_cannot_take_is_told_at_its_field(
    service: Service, slack: Recorder, wrong: Values, field: str
) -> None:
    view = opened(service, slack, command("/aabning"))
    assert list(sent(service, view, OPENING | wrong)["errors"]) == [field]


def test_settings_are_kept_and_the_home_speaks_the_chosen_language(
    service: Service, slack: Recorder
) -> None:
    view = opened(service, slack, home_press("home_choose", "mine"))
    values: Values = {"language": "en", "quiet_from": "12:00", "quiet_to": "13:00"}
    assert sent(service, view, values)["response_action"] == "update"
    again = opened(service, slack, home_press("home_choose", "mine"))
    assert "12:00" in json.dumps(again)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quiet_from": "12:00"}, "quiet_from"),
        ({"quiet_from": "00:00", "quiet_to": "23:59"}, "quiet_from"),
        ({"away_from": "2026-01-01", "away_to": "2026-01-02"}, "away_from"),
        ({"away_to": "2027-01-02"}, "away_from"),
        ({"language": "xx"}, "language"),
        ({"language": "ar"}, "language"),
    ],
)
def test_settings_that_cannot_be_are_told_at_their_field(
    service: Service, slack: Recorder, wrong: Values, field: str
) -> None:
    view = opened(service, slack, home_press("home_choose", "mine"))
    assert list(sent(service, view, {"language": "en"} | wrong)["errors"]) == [field]
    again = json.dumps(opened(service, slack, home_press("home_choose", "mine")))
    assert "Language" not in again, "one field was kept though another was wrong"


def test_a_form_of_another_time_is_met_with_words(service: Service) -> None:
    view = {"type": "modal", "callback_id": "old", "private_metadata": "[", "blocks": []}
    assert "ældre udgave" in json.dumps(sent(service, view, {}), ensure_ascii=False)


@pytest.mark.parametrize("about", ["", "[]", "null", '{"nudge": 7}', "{" * 500, "[" * 2_900])
def test_forged_metadata_of_a_form_is_refused_politely(service: Service, about: str) -> None:
    view = {
        "type": "modal",
        "callback_id": "nudge_later",
        "private_metadata": about,
        "blocks": [],
    }
    answer = sent(service, view, {})
    assert "until" in answer["errors"]
