"""`brobygger doctor`: each thing that can be wrong is found, with its remedy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answers.engine import Answers
from bot.app import App
from bot.cli.main import answer
from bot.config import Config, Slack, Store
from bot.examination.finding import Finding
from bot.examination.whole import examine
from bot.people import People, Person
from bot.slack.declared import SCOPES
from bot.words import Words
from tests.bot.slack.conftest import PEOPLE
from tests.bot.slack.recorder import OURSELVES, Answer, Recorder, refusal
from tests.bot.slack.socket_server import SocketServer

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
"""A day on which every year's rates that should be there are."""

ENVIRONMENT = {"SLACK_BOT_TOKEN": "xoxb-" + "1", "SLACK_APP_TOKEN": "xapp-" + "1"}


@pytest.fixture
def app(tmp_path: Path, handbook_answers: Answers) -> App:
    store = Store(str(tmp_path / "x.db"), tmp_path / "index.db")
    made = App(Config(people=PEOPLE, store=store, slack=Slack(channels=("C0PRAKTIK",))))
    made.answers = handbook_answers
    return made


@pytest.fixture(autouse=True)
def its_line(line: SocketServer) -> SocketServer:
    return line


def answered(**headers: str) -> Answer:
    usual = {"x-oauth-scopes": ",".join(SCOPES), "Date": format_datetime(AT, usegmt=True)}
    return Answer(body=json.dumps({"ok": True} | OURSELVES), headers=usual | headers)


def look(app: App, slack: Recorder, **environment: str) -> list[Finding]:
    around = ENVIRONMENT | {"SLACK_API_URL": slack.address} | environment
    return list(examine(app, around, AT))


def told(findings: list[Finding]) -> str:
    words = Words()
    ill = [one for one in findings if not one.well]
    return " ".join(words.problem(part) for one in ill for part in (one.seen, one.remedy) if part)


def test_where_all_is_well_nothing_is_to_be_mended(app: App, slack: Recorder) -> None:
    slack.next["auth.test"] = [answered()]
    findings = look(app, slack)
    assert told(findings) == ""
    assert len(findings) > 8


@pytest.mark.parametrize(
    ("method", "answers", "told_of"),
    [
        ("auth.test", [refusal("token_revoked")], ("token_revoked", "SLACK_BOT_TOKEN")),
        ("auth.test", [answered(**{"x-oauth-scopes": "chat:write"})], ("files:write", "manifest")),
        (
            "auth.test",
            [answered(Date=format_datetime(AT - timedelta(minutes=7), usegmt=True))],
            ("420", "timedatectl"),
        ),
        ("conversations.history", [refusal("not_in_channel")], ("C0PRAKTIK", "/invite")),
        ("apps.connections.open", [refusal("invalid_auth")], ("invalid_auth", "")),
        (
            "apps.connections.open",
            [Answer(body=json.dumps({"ok": True, "url": "ws://127.0.0.1:1/"}))],
            ("ConnectionRefusedError", "wss://*.slack.com"),
        ),
        (
            "apps.connections.open",
            [Answer(body=json.dumps({"ok": True, "url": "http://127.0.0.1:1/"}))],
            ("Socket Mode", ""),
        ),
        ("apps.connections.open", [Answer()], ("Socket Mode", "")),
    ],
)
def test_what_is_wrong_in_slack_is_found_with_its_remedy(
    app: App, slack: Recorder, method: str, answers: list[Answer], told_of: tuple[str, str]
) -> None:
    slack.next["auth.test"] = [answered()]
    slack.next[method] = answers
    found = told(look(app, slack))
    assert [part for part in told_of if part not in found] == []


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        ({"store": Store("/nowhere/x.db")}, "/nowhere"),
        ({"people": "none"}, "intet Slack-id"),
    ],
)
def test_what_is_wrong_at_home_is_found_too(
    tmp_path: Path,
    slack: Recorder,
    handbook_answers: Answers,
    settings: Mapping[str, Any],
    seen: str,
) -> None:
    people = People({"ane": Person("ane", "Ane", frozenset())})
    chosen = {"store": Store(str(tmp_path / "x.db"), tmp_path / "i.db")} | dict(settings)
    if "people" in chosen:
        chosen["people"] = people
    slack.next["auth.test"] = [answered()]
    made = App(Config(**chosen))
    made.answers = handbook_answers
    assert seen in told(look(made, slack))


def test_without_keys_the_rest_is_still_looked_at(app: App, slack: Recorder) -> None:
    findings = look(app, slack, SLACK_BOT_TOKEN="")
    assert "SLACK_BOT_TOKEN" in told(findings)
    assert len(findings) > 5
    assert slack.calls == []


def test_the_command_ends_with_one_where_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    assert answer(["doctor"]) == 1
    out, err = capsys.readouterr()
    assert "✗" in out
    assert "✓" in out
    assert "skal rettes" in err
    assert "Traceback" not in err
