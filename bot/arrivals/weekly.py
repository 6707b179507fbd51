"""What comes once a week: the leader's digest and the list of openings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.actions.overview import look
from bot.arrivals.digest import digest_card
from bot.arrivals.posts import openings_card
from bot.arrivals.recipients import Recipients
from bot.clock import COPENHAGEN
from bot.config import Weekly
from bot.people import Role
from bot.slack.cards.blocks import Card
from scheduler import openings
from scheduler.due import instant
from scheduler.outbox import Outbox, Outgoing
from scheduler.store_outbox import is_there
from scheduler.workdays import WorkCalendar

if TYPE_CHECKING:
    from bot.app import App

LATEST = timedelta(days=2)
"""A week's post that could not go out within two days does not come at all."""


def this_weeks(weekly: Weekly, calendar: WorkCalendar, now: datetime) -> datetime:
    """When this week's post is due (aware UTC): on its day, or the workday after it."""
    today = now.astimezone(COPENHAGEN).date()
    day = today - timedelta(days=today.weekday()) + timedelta(days=weekly.weekday)
    return instant(calendar.on_a_workday(day), weekly.at)


def queue_weekly(app: App, recipients: Recipients, now: datetime) -> int:
    """Put what this week still lacks into the outbox; how many posts."""
    queued = 0
    for outgoing in _due(app, recipients, now):
        with app.database.write() as tx:
            queued += Outbox().put(tx, outgoing)
    return queued


def _due(app: App, recipients: Recipients, now: datetime) -> Iterator[Outgoing]:
    chosen = app.config.followups
    digest_at = this_weeks(chosen.digest, app.calendar, now)
    leaders = recipients.holding(Role.LEADER)
    if leaders and digest_at <= now < digest_at + LATEST:
        wanted = [(f"digest:{one.id}:{_week(digest_at)}", one) for one in leaders]
        missing = [(key, one) for key, one in wanted if not _put_before(app, key)]
        figures = look(app, now) if missing else None
        for key, leader in missing:
            language = recipients.language(leader, app.config.language)
            if figures is not None:
                card = digest_card(figures, app.words(language))
                yield _post(key, "digest", leader.slack, card)
    openings_at = this_weeks(chosen.openings, app.calendar, now)
    key = f"openings:{_week(openings_at)}"
    open_now = openings_at <= now < openings_at + LATEST
    if chosen.openings_channel and open_now and not _put_before(app, key):
        with app.database.read() as tx:
            standing = openings.standing(tx, now.astimezone(COPENHAGEN).date())
        if standing:
            words = app.words(app.config.language)
            card = openings_card(standing, words, app.config.people.name_of)
            yield _post(key, "openings", chosen.openings_channel, card)


def _week(moment: datetime) -> str:
    year, week, _ = moment.astimezone(COPENHAGEN).isocalendar()
    return f"{year}-{week:02d}"


def _put_before(app: App, key: str) -> bool:
    with app.database.read() as tx:
        return is_there(tx, key)


def _post(key: str, kind: str, to: str, card: Card) -> Outgoing:
    return Outgoing(key=key, kind=kind, to=to, text=card.text, blocks=card.json)
