"""The same scenarios over Socket Mode and over HTTP, each through a real line."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.config import Slack
from bot.slack.connection import Access
from bot.slack.running import online
from bot.slack.service import Service
from tests.bot.slack.payloads import SECRET, command, direct, filled, mention, press, shortcut
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.socket_server import SocketServer, socket_serving
from tests.bot.slack.test_slack_questions import QUESTION, said, settle

Tell = Callable[[dict[str, Any]], Any]
"""Hand a payload over; what Slack is told: None, a text, or a table."""


def over_socket(line: SocketServer) -> Tell:
    numbers = iter(range(1_000))

    def tell(body: dict[str, Any]) -> Any:
        envelope = f"e{next(numbers)}"
        kind = "events_api" if "event" in body else "interactive"
        line.deliver(envelope, body, "slash_commands" if "command" in body else kind)
        answer = line.answers.get(timeout=10)
        assert answer["envelope_id"] == envelope
        return answer.get("payload")

    return tell


def over_http(port: int) -> Tell:
    def tell(body: dict[str, Any]) -> Any:
        kind = "application/json" if "event" in body else "application/x-www-form-urlencoded"
        form = body if "command" in body else {"payload": json.dumps(body)}
        raw = json.dumps(body).encode() if "event" in body else urlencode(form).encode()
        stamp = str(int(time.time()))
        sign = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={sign.hexdigest()}",
        }
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        line.request("POST", "/slack/events", raw, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        assert answer.status == 200
        return json.loads(text) if text.startswith("{") else {"text": text} if text else None

    return tell


@pytest.fixture(params=["socket", "http"])
def tell(request: pytest.FixtureRequest, service: Service, slack: Recorder) -> Iterator[Tell]:
    with ExitStack() as stack:
        access = Access("xoxb-1", "xapp-1", signing_secret=SECRET)
        if request.param == "http":
            port = stack.enter_context(online(service, access, Slack(mode="http")))
            assert port is not None
            yield over_http(port)
            return
        line = stack.enter_context(socket_serving())
        slack.socket_url = line.url
        stack.enter_context(online(service, access, Slack()))
        assert line.connected.acquire(timeout=10)
        yield over_socket(line)


def test_one_scenario_over_both_ways(tell: Tell, service: Service, slack: Recorder) -> None:
    """Asked, asked again, looked up alone, shared, judged; a plan begun, a sheet made."""
    body = mention(QUESTION)
    for _ in range(2):
        assert tell(body) is None
    assert tell(direct(QUESTION)) is None
    settle(service)
    assert len(slack.posts) == 2

    alone = tell(command("/spoerg", QUESTION))
    assert alone["response_type"] == "ephemeral"
    assert "uger" in said(alone)
    assert "Nævn mig" in tell(command("/findes-ikke"))["text"]

    assert tell(shortcut("look_up", text=QUESTION)) is None
    assert tell(press("fra_en_anden_udgave", "x", ts="1.1")) is None
    settle(service)
    assert [bool(word["text"]) for word in slack.whispers] == [True, True]

    assert tell(command("/praktik")) is None
    view = slack.of("views.open")[-1]["view"]
    wrong = tell(filled(view, {"reference": "Amina", "start": "2027-01-11"}))
    assert list(wrong["errors"]) == ["reference"]
    right = tell(filled(view, {"reference": "INT-7001", "start": "2027-01-11"}))
    assert right["response_action"] == "update"

    assert tell(command("/forklar", "loenseddel")) is None
    view = slack.of("views.open")[-1]["view"]
    made = tell(filled(view, {"language": "ar", "f.gross": "24.500"}))
    assert made["response_action"] == "update"
    assert len(slack.files) == 2
