"""`brobygger serve`: what it needs, what it says when that is missing, and a whole run."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from bot.answers.engine import Answers
from bot.cli.main import answer
from bot.errors import BotError
from bot.slack.connection import SLACK, read_access
from tests.bot.slack.payloads import ANE, mention
from tests.bot.slack.recorder import Recorder, refusal
from tests.bot.slack.serving import serving
from tests.bot.slack.socket_server import SocketServer

BOT, APP = "xoxb-" + "1-a", "xapp-" + "1-b"
BOTH = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
SECONDS = 20


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": BOT}, ["SLACK_APP_TOKEN"]),
        ({"SLACK_APP_TOKEN": APP, "SLACK_BOT_TOKEN": "  "}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (BOTH | {"SLACK_BOT_TOKEN": BOT + "\nHost: evil"}, ["SLACK_BOT_TOKEN"]),
        (BOTH | {"SLACK_API_URL": "http://evil.example/api"}, ["SLACK_API_URL", "https://"]),
        (BOTH | {"SLACK_API_URL": "file:///etc/passwd"}, ["SLACK_API_URL"]),
    ],
)
def test_what_is_missing_is_told_all_at_once_with_the_way_to_get_it(
    environment: dict[str, str], told: list[str]
) -> None:
    with pytest.raises(BotError) as raised:
        read_access(environment)
    message = str(raised.value)
    assert [word for word in told if word not in message] == []
    assert message.count("\n  SLACK_") == len([word for word in told if word.endswith("_TOKEN")])
    assert BOT not in message
    assert APP not in message


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", SLACK),
        ("https://slack.com/api", SLACK),
        ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api/"),
    ],
)
def test_the_address_of_slack_may_be_another_one(given: str, address: str) -> None:
    access = read_access(BOTH | {"SLACK_API_URL": given})
    assert access.address == address
    assert BOT not in repr(access)


@pytest.fixture
def config(tmp_path: Path, handbook_index: Path, handbook_answers: Answers) -> Path:
    assert handbook_answers.size  # the index is there: the process under test need not build it
    file = tmp_path / "config.toml"
    person = f'[people.ane]\nname = "Ane"\nslack = "{ANE}"\n'
    file.write_text(f'{person}[store]\nindex = "{handbook_index}"\n', encoding="utf-8")
    return file


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, slack: Recorder) -> None:
    for name, value in (BOTH | {"SLACK_API_URL": slack.address}).items():
        monkeypatch.setenv(name, value)


def test_serve_without_a_configuration_says_how_to_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer(["serve"]) == 1
    assert "--config config.toml" in capsys.readouterr().err


def test_serve_without_tokens_says_where_to_get_them(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in BOTH:
        monkeypatch.delenv(name, raising=False)
    assert answer(["--config", str(config), "serve"]) == 1
    told = capsys.readouterr().err
    assert "xoxb-" in told
    assert "xapp-" in told
    assert "Traceback" not in told


@pytest.mark.usefixtures("environment")
def test_a_token_that_slack_refuses_ends_with_one_clear_line(
    config: Path, slack: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.next["auth.test"] = [refusal("token_revoked")]
    assert answer(["--config", str(config), "serve"]) == 1
    told = capsys.readouterr().err
    assert "token_revoked" in told
    assert "Traceback" not in told


@pytest.mark.usefixtures("environment")
def test_a_question_over_socket_mode_is_acknowledged_answered_and_the_end_is_clean(
    config: Path, slack: Recorder, line: SocketServer
) -> None:
    with serving(config, os.environ) as process:
        assert line.connected.acquire(timeout=SECONDS)
        line.deliver("e1", mention("Hvor længe varer en praktik?"))
        assert line.answers.get(timeout=SECONDS) == {"envelope_id": "e1"}
        assert slack.heard("chat.postMessage", SECONDS)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    assert "@brobygger" in out
    assert err == ""


@pytest.mark.slow
@pytest.mark.usefixtures("environment")
def test_a_line_that_is_cut_is_opened_again_within_ten_seconds(
    config: Path, slack: Recorder, line: SocketServer
) -> None:
    with serving(config, os.environ):
        assert line.connected.acquire(timeout=SECONDS)
        line.cut()
        assert line.connected.acquire(timeout=10)
        line.deliver("e2", mention("Hvor længe varer en praktik?"))
        assert line.answers.get(timeout=SECONDS) == {"envelope_id": "e2"}
        assert slack.heard("chat.postMessage", SECONDS)


@pytest.mark.usefixtures("environment")
def test_a_refused_app_token_ends_with_one_clear_line(
    config: Path, slack: Recorder, line: SocketServer
) -> None:
    slack.next["apps.connections.open"] = [refusal("invalid_auth")] * 3
    with serving(config, os.environ) as process:
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "invalid_auth" in err
    assert "Traceback" not in err
