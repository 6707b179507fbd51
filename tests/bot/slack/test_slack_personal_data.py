"""A CPR number in a question is met with a private word and leaves no trace anywhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.slack.service import Service
from tests.bot.slack.payloads import ANE, CHANNEL, direct, mention, overheard, press, signed
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import deliver, settle

CPR = "010180-1234"
SPELLINGS = [
    CPR,
    "0101801234 er hendes cpr",
    "010180 1234",
    "010180–1234",
    "010180\u200b-1234",
    "٠١٠١٨٠-١٢٣٤",
    "<tel:0101801234|0101801234>",
    "*010180*-1234",
]
DIGITS = ("1801234", "180-1234", "180 1234", "180–1234", "١٢٣٤", "*-1234", "\u200b-1234")


def every_byte(store: Path) -> bytes:
    return b"".join(file.read_bytes() for file in store.parent.iterdir() if file.is_file())


@pytest.mark.parametrize("text", SPELLINGS)
def test_the_sender_alone_is_warned_and_nothing_is_kept_or_repeated(
    service: Service,
    slack: Recorder,
    store: Path,
    caplog: pytest.LogCaptureFixture,
    text: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    assert deliver(service, mention(f"Borgeren {text} skal i praktik")) == 200
    settle(service)
    [warning] = slack.whispers
    assert (warning["channel"], warning["user"]) == (CHANNEL, ANE)
    assert slack.posts == []
    seen = (every_byte(store) + slack.said).decode(errors="ignore") + caplog.text
    assert [digits for digits in DIGITS if digits in seen] == []
    assert "skal i praktik" not in seen


def test_the_warning_comes_once_though_slack_delivers_again(
    service: Service, slack: Recorder
) -> None:
    body = direct(f"cpr {CPR}")
    for _ in range(3):
        deliver(service, body)
        settle(service)
    assert len(slack.whispers) == 1


def test_a_number_in_a_thread_that_is_not_ours_is_not_even_looked_at(
    service: Service, slack: Recorder
) -> None:
    deliver(service, overheard(CPR, thread_ts="4.4"))
    settle(service)
    assert slack.whispers == []


def test_a_doubtful_number_is_masked_in_the_store_and_the_question_answered(
    service: Service, slack: Recorder, store: Path
) -> None:
    deliver(service, direct("Hvor længe varer en praktik? 1506702349"))
    assert b"1506702349" not in every_byte(store)
    settle(service)
    assert b"1506702349" not in slack.said
    assert len(slack.posts) == 1


def test_a_forged_button_value_with_a_number_is_not_kept(
    service: Service, slack: Recorder, store: Path
) -> None:
    deliver(service, press("nudge_done", CPR, ts="1.1"))
    deliver(service, press(CPR, CPR, ts="1.1"))
    assert b"180-1234" not in every_byte(store)


def test_an_unsigned_body_is_not_written_to_the_log(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    request = signed(direct(f"cpr {CPR}"), secret="another")
    assert service.bolt.dispatch(request).status == 401
    assert CPR not in caplog.text
    assert "direct" not in caplog.text


def test_no_token_is_written_to_the_log(
    service: Service, slack: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    deliver(service, direct("Hvor længe varer en praktik?"))
    settle(service)
    assert slack.calls[-1].token.startswith("xoxb-")
    assert "xoxb-" not in caplog.text
