"""Our posts about erased cases leave Slack; what Slack refuses to give back is told."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from bot.arrivals.recipients import Recipients
from bot.people import Role
from messages.tables import N_
from scheduler import store_endings
from scheduler.errors import PostFailed
from scheduler.outbox import Channel, Outbox, Outgoing, Posted
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

log = logging.getLogger(__name__)
KIND = "erasure"
REFUSED = N_(
    "En besked om en slettet sag står stadig i Slack, og botten må ikke fjerne den: {problem} "
    "Fjern den selv: kanal {channel}, besked {ts}."
)


def remove_erased(
    app: App, channel: Channel, recipients: Recipients, now: datetime, limit: int = 20
) -> int:
    """Take away our posts about erased cases; how many went. What fails is tried again later, and
    what Slack refuses for good is told to the administrators once."""
    now_ms = to_ms(now)
    with app.database.read() as tx:
        posts = store_endings.to_remove(tx, now_ms, limit)
    removed = 0
    for posted in posts:
        try:
            channel.remove(posted)
        except PostFailed as failure:
            log.warning("a post about an erased case still stands: %s", failure)
            _keep(app, recipients, posted, failure, now_ms)
            if not failure.permanent and not failure.unsure:
                break  # Slack is away, or asks us to wait
        else:
            with app.database.write() as tx:
                store_endings.was_removed(tx, posted)
            removed += 1
    return removed


def _keep(
    app: App, recipients: Recipients, posted: Posted, failure: PostFailed, now_ms: int
) -> None:
    problem = app.words(app.config.language).problem(failure) if failure.permanent else None
    with app.database.write() as tx:
        if not store_endings.still_stands(tx, posted, now_ms, problem):
            return
        for person in recipients.holding(Role.ADMINISTRATOR):
            words = app.words(recipients.language(person, app.config.language))
            said = words(REFUSED, problem=problem, channel=posted.channel, ts=posted.ts)
            key = f"{KIND}:{posted.channel}:{posted.ts}:{person.id}"
            Outbox().put(tx, Outgoing(key, KIND, person.slack, said))
