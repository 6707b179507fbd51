"""A due nudge is posted once with its button, and the button works."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.slack.cards.limits import check_message
from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.payloads import ANE, BO, DIRECT, EVA, STRANGER, press
from tests.bot.slack.recorder import Answer, Recorder, refusal
from tests.bot.slack.talk import button_of, deliver, push, said, settle


def test_a_due_nudge_goes_to_its_owner_once_with_a_button(
    service: Service, slack: Recorder, posted: dict[str, Any]
) -> None:
    for _ in range(3):
        settle(service)
    assert len(slack.posts) == 1
    assert posted["channel"] == ANE
    assert "INT-1042" in said(posted)
    assert button_of(posted)["text"]["text"] == "Udført"
    assert check_message(posted["text"], posted["blocks"]) == ()


def test_the_metadata_of_a_nudge_tells_nothing_of_the_case(posted: dict[str, Any]) -> None:
    assert "1042" not in json.dumps(posted["metadata"])


def test_done_changes_the_card_in_place_and_says_who_did_it(
    service: Service, slack: Recorder, posted: dict[str, Any]
) -> None:
    push(service, posted, BO)
    [update] = slack.of("chat.update")
    assert (update["channel"], update["ts"]) == (DIRECT, posted["ts"])
    assert "Udført af Bo" in said(update)
    assert [block for block in update["blocks"] if block["type"] == "actions"] == []
    assert check_message(update["text"], update["blocks"]) == ()


def test_pressing_twice_is_harmless(
    service: Service, slack: Recorder, posted: dict[str, Any]
) -> None:
    push(service, posted)
    push(service, posted)
    assert {said(update) for update in slack.of("chat.update")} == {
        said(slack.of("chat.update")[0])
    }
    assert slack.whispers == []


def test_the_second_of_two_people_is_told_who_was_first(
    service: Service, slack: Recorder, posted: dict[str, Any]
) -> None:
    push(service, posted, ANE)
    push(service, posted, BO)
    [word] = slack.whispers
    assert word["user"] == BO
    assert "Ane har allerede" in word["text"]
    assert all("Udført af Ane" in said(update) for update in slack.of("chat.update"))


@pytest.mark.parametrize(
    ("user", "reason"), [(STRANGER, "konfiguration"), (EVA, "Kun sagsbehandlere")]
)
def test_who_may_not_is_refused_politely_and_nothing_changes(
    service: Service, slack: Recorder, posted: dict[str, Any], user: str, reason: str
) -> None:
    push(service, posted, user)
    [word] = slack.whispers
    assert word["user"] == user
    assert reason in word["text"]
    assert slack.of("chat.update") == []


@pytest.mark.parametrize("value", ["", "findes-ikke", "'; DROP TABLE nudges;--", "x" * 3_000])
def test_a_forged_button_is_refused_politely(
    service: Service, slack: Recorder, posted: dict[str, Any], value: str
) -> None:
    deliver(service, press("nudge_done", value, ts=posted["ts"]))
    settle(service)
    assert len(slack.whispers) == 1
    assert slack.of("chat.update") == []


def test_a_card_that_could_not_be_changed_is_changed_later(
    service: Service, slack: Recorder, clock: Clock, posted: dict[str, Any]
) -> None:
    slack.next["chat.update"] = [Answer(429, headers={"Retry-After": "7"})]
    push(service, posted)
    assert len(slack.of("chat.update")) == 1
    clock.forward(seconds=8)
    settle(service)
    assert len(slack.of("chat.update")) == 2


def test_a_card_that_is_gone_is_given_up(
    service: Service, slack: Recorder, clock: Clock, posted: dict[str, Any]
) -> None:
    slack.next["chat.update"] = [refusal("message_not_found")]
    push(service, posted)
    clock.forward(hours=1)
    settle(service)
    assert len(slack.of("chat.update")) == 1
