"""Whole payloads as Slack sends them, signed over the raw bytes."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest

from tests.bot.slack.recorder import BOT_USER, TEAM

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ANE = "U000000ANE"
BO = "U0000000BO"
EVA = "U0000000EVA"
STRANGER = "U0STRANGER"
CHANNEL = "C0PRAKTIK"
EXPERTS = "C0EXPERTS"
DIRECT = "D00000ANE"

_numbers = itertools.count(1)


def mention(text: str, *, user: str = ANE, **more: Any) -> dict[str, Any]:
    """`@Brobygger text` in a channel."""
    return event("app_mention", f"<@{BOT_USER}> {text}", user=user, channel=CHANNEL, **more)


def direct(text: str, *, user: str = ANE, **more: Any) -> dict[str, Any]:
    """A message in the app's own messages tab."""
    return event("message", text, user=user, channel=DIRECT, **{"channel_type": "im"} | more)


def overheard(text: str, *, user: str = ANE, **more: Any) -> dict[str, Any]:
    """A message in a channel that the bot is in."""
    return event("message", text, user=user, channel=CHANNEL, channel_type="channel", **more)


def event(kind: str, text: str, *, user: str, channel: str, **more: Any) -> dict[str, Any]:
    number = next(_numbers)
    ts = more.pop("ts", f"1763800000.{number:06d}")
    inner = {
        "type": kind,
        "user": user,
        "text": text,
        "ts": ts,
        "client_msg_id": f"4d1c1c2e-0000-4000-8000-{number:012d}",
        "team": TEAM,
        "channel": channel,
        "event_ts": ts,
        "blocks": [
            {
                "type": "rich_text",
                "block_id": f"b{number}",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
                ],
            }
        ],
    }
    return {
        "token": "verification",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": "A0APP",
        "event": inner | more,
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": 1763800000 + number,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
        ],
        "is_ext_shared_channel": False,
    }


def press(
    action_id: str, value: str, *, ts: str, user: str = ANE, channel: str = DIRECT
) -> dict[str, Any]:
    """A press of a button in the message `ts`."""
    number = next(_numbers)
    return {
        "type": "block_actions",
        "user": {"id": user, "username": "navn", "name": "navn", "team_id": TEAM},
        "api_app_id": "A0APP",
        "token": "verification",
        "container": {
            "type": "message",
            "message_ts": ts,
            "channel_id": channel,
            "is_ephemeral": False,
        },
        "trigger_id": f"13345224609.738474920.{number:032x}",
        "team": {"id": TEAM, "domain": "kommunen"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", "user": BOT_USER, "ts": ts, "text": "…", "blocks": []},
        "state": {"values": {}},
        "response_url": "https://hooks.slack.com/actions/T0TEAM/1/x",
        "actions": [
            {
                "action_id": action_id,
                "block_id": "ending",
                "text": {"type": "plain_text", "text": "Udført", "emoji": True},
                "value": value,
                "style": "primary",
                "type": "button",
                "action_ts": f"1763900000.{number:06d}",
            }
        ],
    }


def choose(
    action_id: str, value: str, *, ts: str, user: str = ANE, channel: str = DIRECT
) -> dict[str, Any]:
    """A choice from a menu or an overflow in the message `ts`."""
    body = press(action_id, "", ts=ts, user=user, channel=channel)
    [action] = body["actions"]
    del action["value"], action["style"]
    chosen = {"text": {"type": "plain_text", "text": "x", "emoji": True}, "value": value}
    action |= {"type": "static_select", "selected_option": chosen}
    return body


def home_press(action_id: str, value: str, *, user: str = ANE) -> dict[str, Any]:
    """A press of a button on the App Home."""
    body = press(action_id, value, ts="0", user=user)
    for name in ("message", "channel", "response_url"):
        del body[name]
    body["container"] = {"type": "view", "view_id": "V0HOME"}
    body["view"] = {"id": "V0HOME", "type": "home", "callback_id": "", "state": {"values": {}}}
    return body


def opened(tab: str, *, user: str = ANE) -> dict[str, Any]:
    """Somebody opened the app, on that tab."""
    return event("app_home_opened", "", user=user, channel=DIRECT, tab=tab)


def shortcut(callback_id: str, *, text: str | None = None, user: str = ANE) -> dict[str, Any]:
    """A shortcut: on a message that says `text`, or from anywhere."""
    number = next(_numbers)
    body: dict[str, Any] = {
        "type": "shortcut",
        "token": "verification",
        "action_ts": f"1763900000.{number:06d}",
        "team": {"id": TEAM, "domain": "kommunen"},
        "user": {"id": user, "username": "navn", "team_id": TEAM},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "trigger_id": f"13345224609.738474920.{number:032x}",
    }
    if text is None:
        return body
    ts = f"1763800000.{number:06d}"
    return body | {
        "type": "message_action",
        "message_ts": ts,
        "channel": {"id": CHANNEL, "name": "praktik"},
        "message": {"type": "message", "user": BO, "ts": ts, "text": text, "team": TEAM},
        "response_url": "https://hooks.slack.com/app/T0TEAM/1/x",
    }


def filled(
    view: dict[str, Any], values: dict[str, str | list[str]], *, user: str = ANE
) -> dict[str, Any]:
    """The form `view`, as it comes back with `values` by field."""
    number = next(_numbers)
    kept = {name: view.get(name) for name in ("type", "callback_id", "private_metadata", "blocks")}
    state = {
        block["block_id"]: {block["block_id"]: _element(block["element"], values)}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "kommunen"},
        "user": {"id": user, "username": "navn", "name": "navn", "team_id": TEAM},
        "api_app_id": "A0APP",
        "token": "verification",
        "trigger_id": f"13345224609.738474920.{number:032x}",
        "view": kept | {"id": f"V{number:06d}", "hash": "1.x", "state": {"values": state}},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def chosen(
    view: dict[str, Any], name: str, values: dict[str, str | list[str]], *, user: str = ANE
) -> dict[str, Any]:
    """A choice in an open form that we hear of at once."""
    body = filled(view, values, user=user) | {"type": "block_actions"}
    element = body["view"]["state"]["values"][name][name]
    return body | {
        "container": {"type": "view", "view_id": body["view"]["id"]},
        "actions": [element | {"action_id": name, "block_id": name, "action_ts": "1.1"}],
    }


def _element(element: dict[str, Any], values: dict[str, str | list[str]]) -> dict[str, Any]:
    """An element's state: what was chosen, else what stood there."""
    kind, value = element["type"], values.get(element["action_id"])
    made: dict[str, Any] = {"type": kind}
    if kind in ("datepicker", "timepicker"):
        key = kind.removesuffix("picker")
        return made | {f"selected_{key}": value or element.get(f"initial_{key}")}
    if kind == "file_input":
        id_, name = value or ("", "")
        return made | {"files": [{"id": id_, "name": name}] if id_ else []}
    if kind == "checkboxes":
        return made | {"selected_options": [{"value": one} for one in value or []]}
    if kind in ("static_select", "radio_buttons"):
        first = element.get("initial_option")
        return made | {"selected_option": {"value": value} if value else first}
    return made | {"value": value or element.get("initial_value")}


def command(name: str, text: str = "", *, user: str = ANE) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "kommunen",
        "channel_id": CHANNEL,
        "channel_name": "praktik",
        "user_id": user,
        "user_name": "navn",
        "command": name,
        "text": text,
        "api_app_id": "A0APP",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0TEAM/1/x",
        "trigger_id": f"13345224609.738474920.{number:032x}",
    }


def signed(
    body: dict[str, Any], *, secret: str = SECRET, age: int = 0, **headers: str
) -> BoltRequest:
    """The request as it comes over HTTP, `age` seconds old; `headers` replace or add."""
    raw, sent = on_the_wire(body, secret=secret, age=age)
    replaced = {name.replace("_", "-"): value for name, value in headers.items()}
    both: dict[str, str | Sequence[str]] = {**sent, **replaced}
    return BoltRequest(body=raw, headers=both)


def on_the_wire(
    body: dict[str, Any], *, secret: str = SECRET, age: int = 0
) -> tuple[str, dict[str, str]]:
    """The same as text and headers, before anybody has read it."""
    if "event" in body:
        raw, kind = json.dumps(body, ensure_ascii=False), "application/json"
    else:
        form = body if "command" in body else {"payload": json.dumps(body, ensure_ascii=False)}
        raw, kind = urlencode(form), "application/x-www-form-urlencoded"
    timestamp = str(int(time.time()) - age)
    sign = hmac.new(secret.encode(), f"v0:{timestamp}:{raw}".encode(), hashlib.sha256).hexdigest()
    return raw, {
        "content-type": kind,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": f"v0={sign}",
    }
