"""One process of the product: its parts opened in order, watched, and closed in reverse order."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot import clock
from bot.answers.renewal import LOOK_SECONDS, Renewal
from bot.arrivals.guidelines import tell_administrators
from bot.arrivals.retention import clearing
from bot.desk.opening import open_desk
from bot.desk.settings import SECRET
from bot.errors import BotError
from bot.slack.connection import TOKENS, Access, build_client, read_access
from bot.slack.http_mode import Health, build_site, serving
from bot.slack.running import online
from bot.slack.service import Service
from bot.web import Alive, beside, configured, listen
from messages.errors import Problem
from messages.tables import N_
from scheduler.clock import Ticking, start_ticking

if TYPE_CHECKING:
    import uvicorn

    from bot.app import App

_SLACK_SAID = N_("Slack: @{bot} i {team}, {count} afsnit at svare ud fra.")
_DESK_SAID = N_("Skrivebordet: {address}")
_NO_DESK_SAID = N_("Skrivebordet er slået fra: skriv sign_in under [desk] for at åbne det.")


@dataclass
class Running:
    """What runs: each part, and whether it still does; and what to say about it at the start."""

    alive: dict[str, Alive] = field(default_factory=dict)
    said: list[Problem] = field(default_factory=list)

    def check(self) -> None:
        """Raise BotError when a part has ended by itself: a new process is better than a half."""
        for name, alive in self.alive.items():
            if not alive():
                raise BotError(
                    "Delen {part} er gået i stå, så alt stopper. Start brobygger serve igen.",
                    part=name,
                )


@contextmanager
def running(app: App, environment: MutableMapping[str, str]) -> Iterator[Running]:
    """The parts that `[serve]` names, until the block ends; the keys are taken from `environment`.

    What can be wrong is looked at before anything is begun. Raises Problem: a key is missing, the
    desk would stand open, a port is taken, the store or Slack cannot be reached.
    """
    chosen = app.config.serve
    if not (chosen.slack or chosen.desk):
        raise BotError(
            "Der er intet at køre: både slack og desk er slået fra under [serve]. Skriv f.eks. "
            "slack = true."
        )
    access = read_access(environment, app.config.slack) if chosen.slack else None
    with ExitStack() as stack:
        stack.callback(app.database.close)
        desk = _desk(app, environment, stack) if chosen.desk else None
        for name in (*TOKENS, SECRET):
            environment.pop(name, None)  # no process that we start inherits them
        parts = Running()
        _guidelines(app, stack, parts)
        if access:
            _slack(app, access, stack, parts)
        else:
            _without_slack(app, stack, parts)
        if desk:
            parts.alive["desk"] = stack.enter_context(beside(*desk))
            parts.said.append(Problem(_DESK_SAID, address=app.config.desk.address))
        else:
            parts.said.append(Problem(_NO_DESK_SAID))
        yield parts


def _desk(
    app: App, environment: MutableMapping[str, str], stack: ExitStack
) -> tuple[uvicorn.Config, socket.socket]:
    settings = app.config.desk
    site = open_desk(app, settings, environment, settings.host)
    config = configured(site, settings.certificate, settings.key)
    return config, stack.enter_context(listen(settings.host, settings.port, "[desk] port = {}"))


def _guidelines(app: App, stack: ExitStack, parts: Running) -> None:
    watching = stack.enter_context(guidelines_watched(app))
    parts.alive["guidelines"] = lambda: watching.alive


@contextmanager
def guidelines_watched(app: App) -> Iterator[Ticking]:
    """Answers open, and opened anew within seconds of a change, until the block ends."""

    def take(answers: object) -> None:
        vars(app)["answers"] = answers

    renewal = Renewal(app.config, take, partial(tell_administrators, app, clock.now))
    renewal.open()
    with _ticking(renewal.look, LOOK_SECONDS) as watching:
        app.renew = watching.wake
        yield watching
        app.renew = None


def _slack(app: App, access: Access, stack: ExitStack, parts: Running) -> None:
    slack = app.config.slack
    secret = access.signing_secret if slack.mode == "http" else None
    service = Service(app, build_client(access), signing_secret=secret)
    stack.callback(service.stop)
    service.start(sends=app.config.serve.tick)
    parts.alive |= service.alive
    stack.enter_context(online(service, access, slack, parts.alive))
    ourselves = service.ourselves
    parts.said.append(
        Problem(_SLACK_SAID, bot=ourselves.name, team=ourselves.team, count=app.answers.size)
    )


def _without_slack(app: App, stack: ExitStack, parts: Running) -> None:
    """What Slack's tick does besides sending: erase what was kept long enough; and `/health`."""
    if app.config.serve.tick:
        cleaner = stack.enter_context(clearing(app))
        parts.alive["clearing"] = lambda: cleaner.alive
    slack = app.config.slack
    if slack.port:

        def health() -> Health:
            found = {name: alive() for name, alive in parts.alive.items()}
            return Health(all(found.values()), found)

        _, alive = stack.enter_context(
            serving(build_site(None, "", health), slack.host, slack.port)
        )
        parts.alive["health"] = alive


@contextmanager
def _ticking(function: Callable[[], object], seconds: float) -> Iterator[Ticking]:
    ticking = start_ticking(function, seconds)
    try:
        yield ticking
    finally:
        ticking.stop()
