"""Payloads handed to the bot as Slack hands them, and what is said after."""

from __future__ import annotations

import json
from typing import Any

from bot.slack.service import Service
from tests.bot.slack.payloads import (
    ANE,
    command,
    press,
    signed,
)

QUESTION = "Hvor lang tid varer et praktikforløb i gennemsnit?"


def deliver(service: Service, body: dict[str, Any], **headers: Any) -> int:
    """What Slack is told when it delivers `body`."""
    return service.bolt.dispatch(signed(body, **headers)).status


def settle(service: Service) -> None:
    """Everything that is waiting is handled and sent."""
    service.worker.work_off()
    service.send()


def said(post: dict[str, Any]) -> str:
    return json.dumps([post["text"], post["blocks"]], ensure_ascii=False)


def button_of(post: dict[str, Any], action_id: str = "nudge_done") -> dict[str, Any]:
    """The first element of that kind in the message."""
    found = [
        element
        for block in post["blocks"]
        for element in [*block.get("elements", []), block.get("accessory", {})]
        if element.get("action_id", "").partition(":")[0] == action_id
    ]
    return dict(found[0])


def push(service: Service, post: dict[str, Any], user: str = ANE) -> None:
    button = button_of(post)
    deliver(service, press(button["action_id"], button["value"], ts=post["ts"], user=user))
    settle(service)


def asked(service: Service, text: str, name: str = "/spoerg", user: str = ANE) -> dict[str, Any]:
    answer = service.bolt.dispatch(signed(command(name, text, user=user)))
    assert answer.status == 200
    body: dict[str, Any] = json.loads(answer.body)
    return body


def thumb(post: dict[str, Any], which: str) -> dict[str, Any]:
    [element] = [
        one
        for block in post["blocks"]
        if block["type"] == "context_actions"
        for one in block["elements"]
    ]
    body = press("answer_opinion", element[which]["value"], ts="5.5")
    body["actions"][0]["type"] = "feedback_buttons"
    return body


def words_of(view: dict[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False)
