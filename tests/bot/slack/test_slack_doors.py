"""What knocks at the door: signatures, strangers, buttons of another time, a store that is away."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.payloads import ANE, command, direct, press, signed
from tests.bot.slack.recorder import Answer, Recorder
from tests.bot.slack.talk import QUESTION, deliver, settle

VIEW = {"type": "modal", "callback_id": "x", "state": {"values": {}}}


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({}, 200),
        ({"age": 290}, 200),
        ({"age": -290}, 200),
        ({"age": 310}, 401),
        ({"age": -310}, 401),
        ({"secret": "another"}, 401),
        ({"secret": ""}, 401),
        ({"x_slack_signature": ""}, 401),
        ({"x_slack_signature": "v0=" + "0" * 64}, 401),
    ],
)
def test_only_a_fresh_request_signed_by_slack_is_heard(
    service: Service, slack: Recorder, how: dict[str, Any], status: int
) -> None:
    assert service.bolt.dispatch(signed(direct(QUESTION), **how)).status == status
    settle(service)
    assert len(slack.posts) == (status == 200)


def test_without_a_signing_secret_no_http_request_is_heard(
    start: Callable[..., Service], slack: Recorder
) -> None:
    bolt = start(secret=None).bolt
    for secret in ("", "None"):
        assert bolt.dispatch(signed(direct(QUESTION), secret=secret)).status == 401


@pytest.mark.parametrize("action_id", ["from_an_older_version", "nudge_done_", ""])
def test_an_unknown_button_is_met_with_a_polite_private_word(
    service: Service, slack: Recorder, action_id: str
) -> None:
    assert deliver(service, press(action_id, "x", ts="1.1")) == 200
    settle(service)
    [word] = slack.whispers
    assert word["user"] == ANE
    assert "ældre udgave" in word["text"]


def test_an_unknown_command_is_answered_with_what_can_be_done(service: Service) -> None:
    response = service.bolt.dispatch(signed(command("/findes-ikke", "010180-1234")))
    assert response.status == 200
    assert "Nævn mig" in response.body
    assert "1234" not in response.body


@pytest.mark.parametrize(
    "body",
    [
        {"type": "shortcut", "callback_id": "x", "trigger_id": "1", "user": {"id": ANE}},
        {"type": "message_action", "callback_id": "x", "trigger_id": "1", "user": {"id": ANE}},
        {"type": "view_submission", "user": {"id": ANE}, "view": VIEW},
        {"type": "view_closed", "user": {"id": ANE}, "view": VIEW},
        {"type": "block_suggestion", "action_id": "x", "value": "y", "user": {"id": ANE}},
    ],
    ids=lambda body: str(body["type"]),
)
def test_what_we_do_not_have_yet_is_acknowledged(service: Service, body: dict[str, Any]) -> None:
    team = {"team": {"id": "T0TEAM"}, "container": {}, "channel": None}
    assert deliver(service, team | body) == 200


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/", "https://hooks.slack.com.evil.dk/x", "file:///etc/passwd"],
)
def test_an_address_to_answer_at_is_never_called(
    service: Service, slack: Recorder, address: str
) -> None:
    for body in (press("x", "y", ts="1.1"), command("/spoerg", QUESTION), command("/x")):
        assert deliver(service, body | {"response_url": address}) == 200
    settle(service)
    sources = (file.read_text() for file in (Path(__file__).parents[3] / "bot").rglob("*.py"))
    assert not any("response_url" in source for source in sources)


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "\udfff x"])
def test_signs_that_no_database_takes_hold_up_nobody(
    service: Service, slack: Recorder, sign: str
) -> None:
    body = direct(f"{QUESTION} {sign}")
    request = BoltRequest(body=body, mode="socket_mode")
    assert service.bolt.dispatch(request).status == 200
    settle(service)
    assert len(slack.posts) == 1


def test_an_event_of_another_kind_is_acknowledged_and_left(
    service: Service, slack: Recorder
) -> None:
    body = direct(QUESTION, type="reaction_added", item={}, reaction="eyes")
    assert deliver(service, body) == 200
    settle(service)
    assert slack.posts == []


def test_slack_is_not_told_that_it_arrived_when_it_could_not_be_written(
    service: Service, slack: Recorder, store: Path
) -> None:
    body = direct(QUESTION)
    aside = store.with_suffix(".aside")
    store.rename(aside)
    assert deliver(service, body) == 500
    aside.rename(store)
    assert deliver(service, body) == 200
    settle(service)
    assert len(slack.posts) == 1


def test_what_arrived_before_a_kill_is_answered_after_the_restart(
    start: Callable[[], Service], slack: Recorder
) -> None:
    deliver(start(), direct(QUESTION))
    settle(start())
    assert len(slack.posts) == 1


def test_what_was_under_way_at_a_kill_is_taken_up_when_its_lease_ends(
    start: Callable[[], Service], slack: Recorder, store: Path, clock: Clock
) -> None:
    deliver(start(), direct(QUESTION))
    with sqlite3.connect(store) as killed:
        soon = round(clock.now.timestamp() * 1000) + 60_000
        killed.execute("UPDATE inbox SET attempt = 1, ready = ?", (soon,))
    killed.close()
    again = start()
    settle(again)
    assert slack.posts == []
    clock.forward(seconds=61)
    settle(again)
    assert len(slack.posts) == 1


def test_two_processes_over_one_store_answer_once(
    start: Callable[[], Service], slack: Recorder
) -> None:
    one, other = start(), start()
    body = direct(QUESTION)
    deliver(one, body)
    deliver(other, body)
    for service in (one, other, one, other):
        settle(service)
    assert len(slack.posts) == 1


def test_an_answer_whose_delivery_is_unsure_is_looked_for_before_it_is_sent_again(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    slack.next["chat.postMessage"] = [Answer(keep=True, hang_up=True)]
    deliver(service, direct(QUESTION))
    settle(service)
    clock.forward(minutes=5)
    settle(service)
    assert len(slack.posts) == 1
    assert len(slack.messages) == 1
