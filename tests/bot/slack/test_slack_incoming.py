"""What Slack sends is read into the few things we act on, and nothing else is kept."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.incoming import ALONE, CUT, read_message, read_press
from bot.stores.inbox import Intent
from tests.bot.slack.payloads import (
    BO,
    CHANNEL,
    direct,
    event,
    home_press,
    mention,
    overheard,
    press,
)
from tests.bot.slack.recorder import BOT_USER

CPR = "010180-1234"


def read(body: dict[str, Any]) -> Any:
    return read_message(body, BOT_USER)


def test_a_mention_is_a_question_answered_under_itself() -> None:
    body = mention("Hvor længe varer en praktik?", ts="1.1")
    found = read(body)
    assert (found.kind, found.text, found.thread) == (
        Intent.QUESTION,
        "Hvor længe varer en praktik?",
        "1.1",
    )
    assert (found.id, found.message) == (body["event_id"], f"{CHANNEL}:1.1")


def test_a_question_inside_a_thread_is_answered_in_that_thread() -> None:
    assert read(direct("Og så?", ts="2.2", thread_ts="1.1")).thread == "1.1"


@pytest.mark.parametrize(
    "body",
    [
        overheard("Hvem tager kaffe med?"),
        overheard("<@U0OTHER> kan du svare her?", thread_ts="1.1"),
        direct("x", bot_id="B1"),
        direct("x", bot_profile={"id": "B1"}),
        direct("x", subtype="bot_message"),
        direct("x", subtype="message_changed", message={"text": "y"}),
        direct("x", subtype="message_deleted"),
        direct("x", subtype="channel_join"),
        direct("x", edited={"user": "U1", "ts": "1"}),
        direct("x", hidden=True),
        direct("x", user="USLACKBOT"),
        direct("x", user=""),
        direct("x", channel_type="group"),
        direct("x", ts=""),
        direct("x") | {"event": None},
        direct("x") | {"event": "tekst"},
        direct("x") | {"event_id": None},
        {},
    ],
)
def test_what_is_not_said_to_the_bot_by_a_person_is_not_read(body: dict[str, Any]) -> None:
    assert read(body) is None


def test_a_message_that_mentions_the_bot_counts_as_said_to_it() -> None:
    assert read(overheard(f"<@{BOT_USER}|brobygger> Hvor længe?")).addressed
    assert not read(overheard("Hvor længe?", thread_ts="1.1")).addressed


@pytest.mark.parametrize(
    "text",
    [
        f"Borgeren {CPR} spørger",
        "Borgeren 010180 1234 spørger",
        "Borgeren 010180–1234",
        "cpr 0101801234",
        "<tel:0101801234|010180-1234>",
        "*010180*-1234",
        "`010180`_1234_",
        "x" * 3_000 + f" {CPR}",
        "٠١٠١٨٠-١٢٣٤",
        "０１０１８０-１２３４",
        "010180\u22121234",
        "010180.1234",
        "født 010190 1234",
        "cpr-nr.: 0101901234",
        "010180\u200b-1234",
    ],
)
def test_a_question_with_a_cpr_number_keeps_none_of_its_words(text: str) -> None:
    found = read(direct(text))
    assert (found.kind, found.text) == (Intent.PERSONAL, "")


def test_what_may_be_a_cpr_number_is_masked_before_it_is_kept() -> None:
    assert read(direct("Nummeret 1506702349 står her")).text == "Nummeret [CPR fjernet] står her"


def test_the_first_two_thousand_characters_of_a_long_question_are_kept() -> None:
    found = read(direct("ord " * 10_000))
    assert (len(found.text), found.value) == (2_000, CUT)


def test_a_press_names_who_pressed_and_what() -> None:
    found = read_press(press("nudge_done", "n1", ts="5.5", user=BO), Intent.DONE, "n1")
    assert found is not None
    assert (found.sender, found.value, found.ts, found.kind) == (BO, "n1", "5.5", Intent.DONE)


@pytest.mark.parametrize(
    "missing", [{"user": None}, {"user": "x"}, {"user": {"id": 7}}, {"user": {}}]
)
def test_a_press_by_nobody_is_not_read(missing: dict[str, Any]) -> None:
    assert read_press(press("nudge_done", "n1", ts="5.5") | missing, Intent.DONE, "n1") is None


def test_a_press_on_the_app_home_stands_in_no_channel() -> None:
    found = read_press(home_press("nudge_done", "n1"), Intent.DONE, "n1")
    assert found is not None
    assert (found.channel, found.ts, found.value) == ("", "", "n1")


def test_a_suggested_question_is_kept_as_a_text_and_an_answer_seen_alone_says_so() -> None:
    body = press("answer_again:1", "Frister", ts="5.5")
    body["container"]["is_ephemeral"] = True
    found = read_press(body, Intent.AGAIN, f"Frister {CPR}")
    assert found is not None
    assert (found.text, found.value) == ("Frister [CPR fjernet]", ALONE)


def test_a_forged_value_is_kept_short_and_masked() -> None:
    found = read_press(
        press("nudge_done", f"{CPR} " + "x" * 5_000, ts="5.5"), Intent.DONE, f"{CPR} " + "x" * 5_000
    )
    assert found is not None
    assert len(found.value) <= 200
    assert CPR not in found.value


def test_a_press_without_actions_is_read_as_empty() -> None:
    found = read_press(press("a", "b", ts="5.5") | {"actions": []}, Intent.UNKNOWN, "")
    assert found is not None
    assert found.value == ""


def test_an_event_without_text_is_an_empty_question() -> None:
    body = event("app_mention", "", user="U1", channel=CHANNEL)
    body["event"]["text"] = None
    assert read(body).text == ""
