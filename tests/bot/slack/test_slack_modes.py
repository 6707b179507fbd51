"""The same scenarios over Socket Mode and over HTTP, each through a real line."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.config import Slack
from bot.slack.connection import Access
from bot.slack.running import online
from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.payloads import (
    ANE,
    BO,
    CHANNEL,
    EVA,
    EXPERTS,
    SECRET,
    STRANGER,
    choose,
    chosen,
    command,
    direct,
    event,
    filled,
    home_press,
    mention,
    opened,
    overheard,
    press,
    shortcut,
)
from tests.bot.slack.recorder import TEAM, Recorder
from tests.bot.slack.socket_server import SocketServer, socket_serving
from tests.bot.slack.talk import QUESTION, button_of, said, settle, thumb

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


def option_of(post: dict[str, Any], action_id: str, begins: str) -> str:
    """The value of a choice in a menu of `post`."""
    return next(
        str(option["value"])
        for block in post["blocks"]
        for element in [*block.get("elements", []), block.get("accessory", {})]
        if element.get("action_id", "").partition(":")[0] == action_id
        for option in element["options"]
        if option["value"].startswith(begins)
    )


def pressed(
    tell: Tell, service: Service, post: dict[str, Any], action_id: str, **more: str
) -> None:
    """The first button of that kind in `post` is pressed; Slack is told at once, and no more."""
    button = button_of(post, action_id)
    where = {"ts": "5.5", "channel": post["channel"]} | more
    assert tell(press(button["action_id"], button["value"], **where)) is None
    settle(service)


def view_of(tell: Tell, slack: Recorder, body: dict[str, Any]) -> dict[str, Any]:
    """The form that `body` opens."""
    assert tell(body) is None
    view: dict[str, Any] = slack.of("views.open")[-1]["view"]
    return view


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"slack": Slack(experts=EXPERTS)}


def test_questions_are_answered_where_they_are_asked(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    """Direct, mentioned, sent twice, gone on with in the thread, not known, much too long."""
    asked = mention(QUESTION)
    for _ in range(2):
        assert tell(asked) is None
    settle(service)
    assert tell(direct(QUESTION)) is None
    ts = asked["event"]["ts"]
    assert tell(overheard("Og hvor ofte følger vi op?", thread_ts=ts)) is None
    settle(service)
    assert [post["thread_ts"] == ts for post in slack.posts] == [True, False, True]
    for text in ("Hvad koster en elbil i leasing?", "praktik " * 5_000):
        assert tell(direct(text)) is None
        settle(service)
    assert len(slack.posts) == 5
    assert "2.000" in said(slack.posts[-1])


def test_what_is_personal_bots_and_strangers_are_met_alike(
    tell: Tell, service: Service, slack: Recorder, store: Path
) -> None:
    slack.users[STRANGER] = {"team_id": TEAM, "is_restricted": True}
    assert tell(direct("Hun har 010180-1234")) is None
    assert tell(mention(QUESTION, user=STRANGER)) is None
    for more in ({"bot_id": "B1"}, {"subtype": "message_changed"}, {"edited": {"user": ANE}}):
        assert tell(direct(QUESTION, **more)) is None
    settle(service)
    assert ["CPR" in slack.whispers[0]["text"], "gæster" in slack.whispers[1]["text"]] == [True] * 2
    assert slack.posts == []
    assert b"1234" not in store.read_bytes()


def test_a_private_answer_is_given_shared_and_gone_on_from(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    alone = tell(command("/spoerg", QUESTION))
    assert alone["response_type"] == "ephemeral"
    assert "uger" in said(alone)
    share = press("answer_share", button_of(alone, "answer_share")["value"], ts="9.9")
    share["container"] |= {"is_ephemeral": True, "channel_id": CHANNEL}
    assert tell(share) is None
    settle(service)
    assert "Ane spurgte" in said(slack.posts[0])
    pressed(tell, service, slack.posts[0], "answer_again")
    assert len(slack.posts) == 2
    assert tell(shortcut("look_up", text=QUESTION)) is None
    settle(service)
    assert "uger" in said(slack.whispers[-1])


def test_an_opinion_is_kept_and_an_expert_is_asked(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    assert tell(direct("Hvad koster en elbil i leasing?")) is None
    settle(service)
    view = view_of(tell, slack, thumb(slack.posts[0], "negative_button"))
    assert tell(filled(view, {"reason": "wrong"}))["response_action"] == "update"
    closed = filled(view, {}) | {"type": "view_closed", "is_cleared": False}
    assert tell(closed) is None
    pressed(tell, service, slack.posts[0], "answer_expert")
    assert slack.posts[1]["channel"] == EXPERTS
    pressed(tell, service, slack.posts[1], "expert_claim", user=EVA)
    reply = button_of(slack.posts[1], "expert_reply")["value"]
    view = view_of(tell, slack, press("expert_reply", reply, ts="6.6", channel=EXPERTS, user=EVA))
    assert tell(filled(view, {"answer": ""}, user=EVA))["response_action"] == "errors"
    assert tell(filled(view, {"answer": "Spørg økonomi."}, user=EVA))["response_action"] == "update"
    settle(service)
    assert "Spørg økonomi." in said(slack.posts[-1])


def test_a_follow_up_is_put_off_handed_a_sheet_and_done(
    tell: Tell, service: Service, slack: Recorder, posted: dict[str, Any], clock: Clock
) -> None:
    for kind, begins in (("nudge_later", "tomorrow"), ("nudge_more", "problem")):
        body = choose(kind, option_of(posted, kind, begins), ts=posted["ts"])
        assert tell(body) is None
        settle(service)
    assert "Udsat til" in said(slack.of("chat.update")[-1])
    view = slack.of("views.open")[-1]["view"]
    assert tell(filled(view, {"category": "loen"}))["response_action"] == "update"
    pressed(tell, service, posted, "nudge_done", ts=posted["ts"], user=BO)
    pressed(tell, service, posted, "nudge_done", ts=posted["ts"], user=ANE)
    assert "Udført af Bo" in said(slack.of("chat.update")[-1])
    assert "Bo har allerede" in slack.whispers[-1]["text"]


def test_cases_openings_and_settings_show_mistakes_at_their_field(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    view = view_of(tell, slack, command("/praktik"))
    wrong = tell(filled(view, {"reference": "Amina", "start": "2027-01-11"}))
    assert list(wrong["errors"]) == ["reference"]
    right = tell(filled(view, {"reference": "INT-7001", "start": "2027-01-11"}))
    assert right["response_action"] == "update"
    view = view_of(tell, slack, command("/praktik", "INT-7001"))
    assert tell(filled(view, {}))["response_action"] == "errors"
    view = view_of(tell, slack, command("/aabning"))
    assert "errors" in tell(filled(view, {"company": "Café Nord", "places": "mange"}))
    view = view_of(tell, slack, home_press("home_choose", "mine"))
    assert tell(filled(view, {"language": "en"}))["response_action"] == "update"
    assert tell(filled(view, {"quiet_from": "12:00"}))["response_action"] == "errors"


def test_a_sheet_changes_with_its_topic_and_arrives(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    view_of(tell, slack, shortcut("make_sheet"))
    view = view_of(tell, slack, command("/forklar", "loenseddel"))
    made = tell(filled(view, {"language": "ar", "f.gross": "24.500"}))
    assert made["response_action"] == "update"
    assert len(slack.files) == 2
    assert tell(chosen(view, "topic", {"topic": "skattekort"})) is None
    assert len(slack.of("views.update")) == 1


def test_the_home_and_the_suggestions_are_shown(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    for tab in ("home", "messages"):
        assert tell(opened(tab)) is None
        settle(service)
    assert slack.of("views.publish")[-1]["user_id"] == ANE
    assert len(slack.of("assistant.threads.setSuggestedPrompts")[-1]["prompts"]) >= 3


def test_what_nobody_knows_is_met_with_words_or_left(
    tell: Tell, service: Service, slack: Recorder
) -> None:
    assert "Nævn mig" in tell(command("/findes-ikke"))["text"]
    for body in (press("fra_en_anden_udgave", "x", ts="1.1"), shortcut("findes_ikke", text="x")):
        assert tell(body) is None
    suggestion = {"type": "block_suggestion", "action_id": "x", "value": "y", "user": {"id": ANE}}
    assert tell(suggestion | {"team": {"id": TEAM}, "container": {}, "channel": None}) is None
    view = {"type": "modal", "callback_id": "findes_ikke", "private_metadata": "{", "blocks": []}
    assert tell(filled(view, {}))["response_action"] == "update"
    assert tell(event("reaction_added", "", user=ANE, channel=CHANNEL)) is None
    settle(service)
    assert [bool(word["text"]) for word in slack.whispers] == [True, True]
    assert slack.posts == []
