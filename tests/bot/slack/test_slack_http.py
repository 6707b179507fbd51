"""HTTP mode: what the guard turns away before Bolt sees it, and `/health`."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.config import Slack
from bot.slack.connection import Access
from bot.slack.guard import LARGEST
from bot.slack.http_mode import Health, build_site
from bot.slack.running import online
from bot.slack.service import Service
from tests.bot.slack.payloads import SECRET, direct
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import QUESTION, settle

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Send = Callable[..., tuple[int, bytes]]


@pytest.fixture
def send(service: Service) -> Send:
    """Send a request to the site; headers replace those of a right one, None leaves one out."""
    site = TestClient(build_site(service.bolt, SECRET, lambda: Health(True, {})))

    def sent(
        body: bytes | Iterator[bytes],
        kind: str = JSON,
        path: str = "/slack/events",
        **headers: str | bytes | None,
    ) -> tuple[int, bytes]:
        stamp = str(headers.get("x_slack_request_timestamp") or int(time.time()))
        signed = body if isinstance(body, bytes) else b""
        mine = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + signed, hashlib.sha256)
        asked: dict[str, str | bytes | None] = {
            "content-type": kind,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={mine.hexdigest()}",
        }
        asked |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in asked.items() if value is not None}
        answer = site.post(path, content=body, headers=kept)  # type: ignore[arg-type]
        return answer.status_code, answer.content

    return sent


def raw(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


def test_a_signed_event_is_taken_in_and_answered(
    send: Send, service: Service, slack: Recorder
) -> None:
    assert send(raw(direct(QUESTION)))[0] == 200
    settle(service)
    assert len(slack.posts) == 1


@pytest.mark.parametrize("age", [-290, 290])
def test_a_clock_that_is_a_little_off_does_no_harm(send: Send, age: int) -> None:
    stamp = str(int(time.time()) + age)
    assert send(raw(direct(QUESTION)), x_slack_request_timestamp=stamp)[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"x_slack_signature": None}, 401),
        ({"x_slack_signature": ""}, 401),
        ({"x_slack_signature": "v0=" + "0" * 64}, 401),
        ({"x_slack_signature": ("v0=" + "é" * 64).encode()}, 401),
        ({"x_slack_signature": "v1=" + "0" * 64}, 401),
        ({"x_slack_request_timestamp": "abc"}, 401),
        ({"x_slack_request_timestamp": ""}, 401),
        ({"x_slack_request_timestamp": "1e9"}, 401),
        ({"x_slack_request_timestamp": "9" * 400}, 401),
        ({"x_slack_request_timestamp": "٠١٢٣٤٥٦٧٨٩".encode()}, 401),
        ({"x_slack_request_timestamp": str(int(time.time()) - 301)}, 401),
        ({"x_slack_request_timestamp": str(int(time.time()) + 4_000)}, 401),
    ],
)
def test_what_is_not_signed_by_slack_now_is_turned_away(
    send: Send,
    service: Service,
    slack: Recorder,
    headers: dict[str, str | bytes | None],
    status: int,
) -> None:
    assert send(raw(direct(QUESTION)), **headers)[0] == status
    settle(service)
    assert len(slack.posts) == (status == 200)


def test_a_missing_timestamp_is_turned_away(send: Send) -> None:
    line = {"x_slack_request_timestamp": None}
    assert send(raw(direct(QUESTION)), **line)[0] == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"type":', JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b"", JSON),
        (b"\xff\xfe", JSON),
        (b"7", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 100_000, JSON),
        (b'{"a":' + b"[" * 70 + b"]" * 70 + b"}", JSON),
        (b"payload=%7B", FORM),
        (b"payload=null", FORM),
        (b"payload=" + b"%5B" * 1_000, FORM),
        (b"", FORM),
        (b"a=1", FORM),
        (b"&".join(b"a%d=1" % number for number in range(500)), FORM),
    ],
    ids=lambda part: str(part[:20]),
)
def test_a_signed_body_that_is_no_payload_is_refused_without_a_fault(
    send: Send, body: bytes, kind: str
) -> None:
    assert send(body, kind)[0] == 400


def test_a_body_too_large_is_refused_before_it_is_read(send: Send) -> None:
    length = str(50 * 1024 * 1024)
    assert send(b"{}", content_length=length)[0] == 413


def test_a_body_that_hides_its_size_is_refused_while_it_is_read(send: Send) -> None:
    chunks = iter([b"x" * 65_536] * (LARGEST // 65_536 + 2))
    assert send(chunks)[0] == 413


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/install", "/slack/oauth_redirect", "/x"])
def test_no_other_door_is_open(send: Send, path: str) -> None:
    assert send(b"{}", path=path)[0] == 404


def test_health_says_whether_each_part_is_well(
    service: Service, slack: Recorder, store: Any
) -> None:
    with online(service, Access("xoxb-1", signing_secret=SECRET), Slack(mode="http")) as port:
        assert isinstance(port, int)

        def asked() -> tuple[int, dict[str, Any]]:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            line.request("GET", "/health")
            answer = line.getresponse()
            body: dict[str, Any] = json.loads(answer.read())
            line.close()
            return answer.status, body

        assert asked() == (200, {"ok": True, "parts": {"store": True, "sender": True}})
        store.rename(store.with_suffix(".aside"))
        status, body = asked()
        assert status == 503
        assert body["parts"]["store"] is False


def test_slacks_first_greeting_is_returned(send: Send) -> None:
    status, body = send(raw({"type": "url_verification", "challenge": "abc", "token": "x"}))
    assert status == 200
    assert b"abc" in body
