"""Everything that must be right for the parts that `[serve]` names, one finding after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.desk.settings import SignIn
from bot.examination.content import look_at_content
from bot.examination.desk import look_at_desk
from bot.examination.finding import Finding
from bot.examination.store import look_at_store
from bot.slack.connection import Access, build_client
from bot.slack.examination import look_at_slack
from messages.errors import Problem
from messages.tables import N_

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.app import App

_SLACK_ON = N_("Slack er slået til: botten svarer herfra.")
_SLACK_OFF = N_("Slack er slået fra (slack = false under [serve]): ingen nøgler til Slack kræves.")
_SENDS = N_("Det, der skal ud, sendes herfra, og det, der er gemt længe nok, slettes.")
_CLEARS = N_("Det, der er gemt længe nok, slettes herfra. Uden Slack sendes intet ud.")
_NO_TICK = N_("Intet sendes eller slettes herfra (tick = false under [serve]): en anden skal gøre "
              "det.")  # fmt: skip
_DESK_ON = N_("Skrivebordet vises herfra på {host}, port {port}.")
_DESK_OFF = N_("Skrivebordet er slået fra under [serve] eller [desk].")


def examine(
    app: App,
    environment: Mapping[str, str],
    now: datetime,
    *,
    connect: Callable[[Access], WebClient] = build_client,
) -> Iterator[Finding]:
    """Each finding as it is made. `now` is aware UTC."""
    serve, desk = app.config.serve, app.config.desk
    yield from _parts(app)
    if serve.slack:
        yield from look_at_slack(app, environment, now, connect)
    if serve.desk or desk.sign_in is not SignIn.NONE:
        yield from look_at_desk(app, environment, now)
    yield from look_at_store(app, now)
    yield from look_at_content(app, now)


def _parts(app: App) -> Iterator[Finding]:
    """Which parts run here, and whether any does."""
    serve, desk = app.config.serve, app.config.desk
    if not (serve.slack or serve.desk):
        yield Finding(
            False,
            Problem(N_("Der er intet at køre: både slack og desk er slået fra under [serve].")),
            Problem(N_("Skriv slack = true, eller sign_in under [desk], i config.toml.")),
        )
    yield Finding(True, Problem(_SLACK_ON if serve.slack else _SLACK_OFF))
    if serve.tick:
        yield Finding(True, Problem(_SENDS if serve.slack else _CLEARS))
    else:
        yield Finding(True, Problem(_NO_TICK))
    shown = Problem(_DESK_ON, host=desk.host, port=desk.port)
    yield Finding(True, shown if serve.desk else Problem(_DESK_OFF))
