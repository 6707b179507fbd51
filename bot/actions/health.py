"""How the running side does, for an administrator: what waits, what it answers from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor, Role
from bot.stores.inbox import Inbox
from scheduler import store_outbox
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Health:
    """Counts. arrived: events that nobody has taken up yet; ready: posts that could have gone out
    by now; passages: of the guidelines; missing_rates: years; unreachable: names of people without
    Slack.
    """

    arrived: int
    ready: int
    passages: int
    missing_rates: tuple[int, ...]
    unreachable: tuple[str, ...]


def health(actor: Actor, app: App, now: datetime) -> Health:
    """Raises Refused for who is no administrator."""
    from messages.rates import missing_rates

    if not actor.may(Role.ADMINISTRATOR):
        raise Refused("Kun en administrator kan se, hvordan systemet har det.")
    with app.database.read() as tx:
        ready = store_outbox.waiting(tx, to_ms(now))
    return Health(
        arrived=Inbox(app.database).waiting(to_ms(now)),
        ready=ready,
        passages=app.answers.size,
        missing_rates=missing_rates(app.library.rates, now.astimezone(COPENHAGEN).date()),
        unreachable=tuple(person.name for person in app.config.people if not person.slack),
    )
