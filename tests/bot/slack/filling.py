"""Forms opened, filled in and sent, each view checked against Slack's limits."""

from __future__ import annotations

import json
from typing import Any

from bot.slack.cards.limits import check_view
from bot.slack.service import Service
from tests.bot.slack.payloads import (
    ANE,
    chosen,
    command,
    filled,
    signed,
)
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import deliver

Values = dict[str, str | list[str]]
SHEET: Values = {"topic": "loenseddel", "language": "ar", "f.gross": "24.531,17"}
CASE: Values = {
    "reference": "INT-2001",
    "plan": "virksomhedspraktik",
    "start": "2027-01-11",
    "end": "2027-04-09",
}
OPENING: Values = {
    "company": "Café Nord",
    "place": "Vejle",
    "trade": "køkken",
    "places": "2",
    "until": "2027-02-01",
}


def opened(service: Service, slack: Recorder, body: dict[str, Any]) -> dict[str, Any]:
    """The form that `body` opens, checked against Slack's limits."""
    assert deliver(service, body) == 200
    view: dict[str, Any] = slack.of("views.open")[-1]["view"]
    assert check_view(view) == ()
    return view


def sent(service: Service, view: dict[str, Any], values: Values, user: str = ANE) -> dict[str, Any]:
    """What Slack is told when the form is sent."""
    response = service.bolt.dispatch(signed(filled(view, values, user=user)))
    assert response.status == 200
    answer: dict[str, Any] = json.loads(response.body)
    if "view" in answer:
        assert check_view(answer["view"]) == ()
    return answer


def with_topic(service: Service, slack: Recorder, view: dict[str, Any], values: Values) -> Any:
    """The form after its topic and language were chosen."""
    deliver(service, chosen(view, "topic", values))
    changed = slack.of("views.update")[-1]
    assert check_view(changed["view"]) == ()
    return changed["view"]


def sheet(service: Service, slack: Recorder, **more: str) -> dict[str, Any]:
    view = opened(service, slack, command("/forklar"))
    values: Values = {**SHEET, **more}
    return sent(service, with_topic(service, slack, view, values), values)


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
