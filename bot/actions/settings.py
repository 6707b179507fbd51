"""What a colleague may choose for herself: quiet hours, time off, language, gathered or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor
from bot.stores import preferences
from bot.stores.preferences import Preferences
from messages.tables import did_you_mean
from scheduler.audit import record
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

LANGUAGES = ("da", "en")
LONGEST_AWAY = 366


def settings_of(actor: Actor, app: App) -> Preferences:
    """What the actor has chosen."""
    _must_be_known(actor, app)
    with app.database.read() as tx:
        return preferences.read(tx, actor.id)


def set_quiet_hours(
    actor: Actor, quiet: tuple[time, time] | None, app: App, now: datetime
) -> Preferences:
    """No messages between two local times (past midnight when the second is earlier), or None for
    no quiet hours. Raises Refused when no office hour would be left."""
    if quiet is not None:
        opens, closes = app.config.hours.opens, app.config.hours.closes
        if not _leaves_time(*quiet, opens, closes):
            raise Refused(
                "Så er der ingen tid tilbage mellem {opens} og {closes}. Skriv f.eks. 12:00-13:00.",
                opens=f"{opens:%H:%M}",
                closes=f"{closes:%H:%M}",
            )
    return _choose(actor, app, now, quiet=quiet)


def set_away(actor: Actor, away: tuple[date, date] | None, app: App, now: datetime) -> Preferences:
    """Time off, first and last day; the backup receives meanwhile. None for back again."""
    if away is not None:
        first, last = away
        today = now.astimezone(COPENHAGEN).date()
        if last < first or last < today or (last - first).days > LONGEST_AWAY:
            raise Refused(
                "Fraværet fra {first} til {last} kan ikke bruges: det skal slutte i dag eller "
                "senere og vare højst et år. Skriv f.eks. 2026-07-06 til 2026-07-24.",
                first=first.isoformat(),
                last=last.isoformat(),
            )
    return _choose(actor, app, now, away=away)


def set_language(actor: Actor, language: str | None, app: App, now: datetime) -> Preferences:
    """The language that the bot speaks to the actor; None for the municipality's."""
    if language is not None and language not in LANGUAGES:
        raise Refused(
            "Sproget “{language}” kan botten ikke tale med medarbejdere{hint}",
            language=language[:20],
            hint=did_you_mean(language[:20], LANGUAGES),
        )
    return _choose(actor, app, now, language=language)


def set_gathered(actor: Actor, gathered: bool | None, app: App, now: datetime) -> Preferences:
    """One morning message (True) or each step by itself (False); None for the municipality's."""
    return _choose(actor, app, now, gathered=gathered)


def _choose(actor: Actor, app: App, now: datetime, **changes: object) -> Preferences:
    _must_be_known(actor, app)
    with app.database.write() as tx:
        chosen: Preferences = replace(preferences.read(tx, actor.id), **changes)  # type: ignore[arg-type]
        preferences.save(tx, chosen)
        record(tx, actor.id, f"settings.{next(iter(changes))}", actor.id, to_ms(now))
    return chosen


def _leaves_time(start: time, end: time, opens: time, closes: time) -> bool:
    """Whether quiet from `start` to `end` leaves a minute between `opens` and `closes`."""
    if start < end:
        return opens < start or end < closes
    return start != end and max(end, opens) < min(start, closes)


def _must_be_known(actor: Actor, app: App) -> None:
    if actor.id not in app.config.people:
        raise Refused(
            "Kun medarbejdere, der står under [people] i config.toml, har indstillinger. Bed din "
            "administrator om at tilføje dig."
        )
