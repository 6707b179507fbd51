"""Whatever comes in, broken or forged: no fault, no trace, and the next question is answered."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.config import Slack
from bot.slack.connection import Access
from bot.slack.guard import LARGEST, PASSED, announced
from bot.slack.http_mode import EVENTS_PATH, Health, build_site
from bot.slack.running import online
from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.payloads import (
    SECRET,
    choose,
    command,
    direct,
    filled,
    home_press,
    mention,
    on_the_wire,
    opened,
    press,
    shortcut,
    signed,
)
from tests.bot.slack.recorder import Recorder, refusal
from tests.bot.slack.socket_server import socket_serving
from tests.bot.slack.talk import QUESTION, deliver, settle

FORM = {
    "type": "modal",
    "callback_id": "plan_start",
    "private_metadata": "{}",
    "blocks": [
        {
            "type": "input",
            "block_id": name,
            "element": {"type": "plain_text_input", "action_id": name},
        }
        for name in ("plan", "reference", "start")
    ],
}
PAYLOADS = {
    "message": lambda: direct(QUESTION),
    "mention": lambda: mention(QUESTION),
    "opened": lambda: opened("home"),
    "done": lambda: press("nudge_done", "n1", ts="1.1"),
    "again": lambda: press("answer_again:1", QUESTION, ts="1.1"),
    "share": lambda: press("answer_share", QUESTION, ts="1.1"),
    "later": lambda: choose("nudge_later", "tomorrow|n1", ts="1.1"),
    "home": lambda: home_press("home_choose", "mine"),
    "look_up": lambda: shortcut("look_up", text=QUESTION),
    "make_sheet": lambda: shortcut("make_sheet"),
    "form": lambda: filled(FORM, {"reference": "INT-1042", "start": "2027-01-11"}),
    "ask": lambda: command("/spoerg", QUESTION),
    "plan": lambda: command("/praktik", "INT-1042"),
}
ACTIONS = (
    "nudge_done",
    "nudge_later",
    "nudge_more",
    "answer_share",
    "answer_expert",
    "answer_opinion",
    "expert_claim",
    "expert_reply",
    "problem_take",
    "home_choose",
    "home_answer",
)
JUNK: tuple[object, ...] = (None, 7, "", "x" * 300, [], [None], {}, {"x": 1}, True)


def places(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a payload."""
    held = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in list(held):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def broken(body: dict[str, Any], path: tuple[Any, ...], junk: object) -> dict[str, Any]:
    made = copy.deepcopy(body)
    inside: Any = made
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = junk
    return made


@pytest.fixture
def hand_in(service: Service) -> Callable[[dict[str, Any]], int]:
    """Hand a payload in at the HTTP door, signed as Slack does; the status."""
    site = TestClient(build_site(service.bolt, SECRET, lambda: Health(True, {})))

    def handed(body: dict[str, Any]) -> int:
        raw, headers = on_the_wire(body)
        return site.post(EVENTS_PATH, content=raw, headers=headers).status_code

    return handed


@pytest.mark.parametrize("kind", sorted(PAYLOADS))
def test_no_piece_of_a_payload_that_is_of_a_wrong_kind_makes_a_fault(
    service: Service,
    hand_in: Callable[[dict[str, Any]], int],
    caplog: pytest.LogCaptureFixture,
    kind: str,
) -> None:
    caplog.set_level(logging.ERROR)
    body = PAYLOADS[kind]()
    faults = []
    for number, path in enumerate(places(body)):
        for junk in JUNK[number % 4 :: 4]:
            status = hand_in(broken(body, path, junk))
            if status >= 500:
                faults.append((path, junk, status))
    settle(service)
    assert faults == []
    assert [record.getMessage() for record in caplog.records] == []


FRAMES = [
    "",
    "{",
    "[]",
    "null",
    "7",
    '"tekst"',
    "{" * 50_000,
    '{"a":' * 50_000,
    json.dumps({"type": "hello"}),
    json.dumps({"type": "events_api"}),
    json.dumps({"type": "events_api", "envelope_id": "x", "payload": None}),
    json.dumps({"type": "events_api", "envelope_id": "x", "payload": []}),
    json.dumps({"type": "events_api", "envelope_id": "x", "payload": {"event": 7}}),
    json.dumps({"type": "interactive", "envelope_id": "x", "payload": {"user": 7}}),
    json.dumps({"type": "slash_commands", "envelope_id": 7, "payload": {"command": []}}),
    json.dumps({"type": "of_next_year", "envelope_id": "x", "payload": {}}),
    json.dumps({"type": "disconnect", "reason": "warning"}),
]


def test_whatever_comes_over_the_line_the_next_question_is_answered(
    service: Service, slack: Recorder
) -> None:
    with socket_serving() as line:
        slack.socket_url = line.url
        with online(service, Access("xoxb-1", "xapp-1"), Slack()):
            assert line.connected.acquire(timeout=10)
            for frame in FRAMES:
                line.say(frame)
            assert line.connected.acquire(timeout=10)  # the last one asked for a new line
            line.deliver("e1", direct(QUESTION))
            while line.answers.get(timeout=10)["envelope_id"] != "e1":
                pass
    settle(service)
    assert len(slack.posts) == 1


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("0", 200),
        (str(LARGEST), 200),
        (str(LARGEST + 1), 413),
        ("9" * 11, 413),
        ("9" * 400, 400),
        ("-1", 400),
        ("1e3", 400),
        ("abc", 400),
        ("١٢", 400),
        ("+5", 400),
    ],
)
def test_a_length_that_is_none_or_too_large_is_seen_before_the_body(
    length: str, status: int
) -> None:
    right = {
        "x-slack-request-timestamp": "1764000000",
        "x-slack-signature": "v0=" + "0" * 64,
    }
    verdict = announced(right | {"content-length": length})
    assert (verdict is PASSED, verdict.status) == (status == 200, status)


@pytest.mark.parametrize("retry", ["1", "2", "3", "-1", "x", ""])
def test_an_event_that_slack_sends_again_is_answered_once(
    service: Service, slack: Recorder, retry: str
) -> None:
    body = direct(QUESTION)
    deliver(service, body)
    deliver(service, body, x_slack_retry_num=retry, x_slack_retry_reason="http_timeout")
    settle(service)
    deliver(service, body, x_slack_retry_num=retry)
    settle(service)
    assert len(slack.posts) == 1


@pytest.mark.parametrize(
    "error", ["expired_trigger_id", "invalid_trigger_id", "exchanged_trigger_id"]
)
@pytest.mark.parametrize("name", ["/forklar", "/praktik", "/aabning"])
def test_a_trigger_that_is_spent_is_told_to_the_one_who_waits(
    service: Service, slack: Recorder, error: str, name: str
) -> None:
    slack.next["views.open"] = [refusal(error)]
    answer = service.bolt.dispatch(signed(command(name)))
    assert answer.status == 200
    assert "igen" in answer.body
    assert error not in answer.body


@pytest.mark.parametrize(
    "value",
    [
        "",
        "findes-ikke",
        "'; DROP TABLE nudge;--",
        "../../etc/passwd",
        "x" * 5_000,
        "<!channel>",
        "{}",
        "tomorrow|",
        "day|findes-ikke",
        "problem|findes-ikke",
        "|" * 50,
        "\x00",
        "010180-1234",
    ],
)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_value_that_was_forged_is_met_with_words_and_does_nothing(
    service: Service,
    slack: Recorder,
    store: Any,
    action: str,
    value: str,
) -> None:
    for body in (press(action, value, ts="1.1"), choose(action, value, ts="1.1")):
        assert deliver(service, body) == 200
    settle(service)
    assert not any("gik galt" in json.dumps(call.arguments) for call in slack.calls)
    assert slack.of("chat.update") == []
    assert b"1234" not in store.read_bytes()
    assert not any("<!channel>" in json.dumps(call.arguments) for call in slack.calls)


def test_a_key_that_is_taken_back_stops_the_posts_and_loses_none(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    slack.next["chat.postMessage"] = [refusal("token_revoked")]
    for _ in range(3):
        deliver(service, direct(QUESTION))
    service.worker.work_off()
    report = service.send()
    assert report.halted is not None
    assert len(slack.posts) == 1
    clock.forward(minutes=20)
    settle(service)
    assert len(slack.messages) == 3
