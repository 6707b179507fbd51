"""What a colleague may choose for herself: quiet hours, time off, language, gathered or not.

Nobody sees or changes what another chose, a leader neither. Only an administrator may, by naming
the person: somebody must enter the time off of a colleague who is ill. The audit says who did.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor, Role
from bot.stores import preferences
from bot.stores.preferences import Preferences
from messages.tables import did_you_mean
from scheduler.audit import record
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

LANGUAGES = ("da", "en")
LONGEST_AWAY = 366


class Kind(StrEnum):
    """What there is to choose; the values are the names in `Preferences`."""

    QUIET = "quiet"
    AWAY = "away"
    LANGUAGE = "language"
    GATHERED = "gathered"


def settings_of(actor: Actor, app: App, *, person: str = "") -> Preferences:
    """What the actor, or `person`, has chosen."""
    whose = _whose(actor, person, app)
    with app.database.read() as tx:
        return preferences.read(tx, whose)


def choose(
    actor: Actor, wanted: Preferences, kinds: Collection[Kind], app: App, now: datetime
) -> Preferences:
    """Keep the `kinds` of choices that `wanted` holds, all or none of them; None is the
    municipality's choice, or for time off back again. Other choices stay. `wanted.person` is
    whose they are, the actor's own when empty.

    Raises Refused for quiet hours that leave no office hour, for time off that is over or longer
    than a year, and for a language that the bot does not speak to staff.
    """
    whose = _whose(actor, wanted.person, app)
    _check_quiet(wanted.quiet, app)
    _check_away(wanted.away, now.astimezone(COPENHAGEN).date())
    _check_language(wanted.language)
    changes = {kind.value: getattr(wanted, kind) for kind in kinds}
    with app.database.write() as tx:
        chosen = replace(preferences.read(tx, whose), **changes)
        preferences.save(tx, chosen)
        for kind in kinds:
            record(tx, actor.id, f"settings.{kind}", whose, to_ms(now))
    return chosen


def _check_quiet(quiet: tuple[time, time] | None, app: App) -> None:
    opens, closes = app.config.hours.opens, app.config.hours.closes
    if quiet is not None and not _leaves_time(*quiet, opens, closes):
        raise Refused(
            "Så er der ingen tid tilbage mellem {opens} og {closes}. Skriv f.eks. 12:00-13:00.",
            opens=f"{opens:%H:%M}",
            closes=f"{closes:%H:%M}",
        )


def _check_away(away: tuple[date, date] | None, today: date) -> None:
    if away is None:
        return
    first, last = away
    if last < first or last < today or (last - first).days > LONGEST_AWAY:
        raise Refused(
            "Fraværet fra {first} til {last} kan ikke bruges: det skal slutte i dag eller "
            "senere og vare højst et år. Skriv f.eks. 2026-07-06 til 2026-07-24.",
            first=first.isoformat(),
            last=last.isoformat(),
        )


def _check_language(language: str | None) -> None:
    if language is not None and language not in LANGUAGES:
        raise Refused(
            "Sproget “{language}” kan botten ikke tale med medarbejdere{hint}",
            language=language[:20],
            hint=did_you_mean(language[:20], LANGUAGES),
        )


def _leaves_time(start: time, end: time, opens: time, closes: time) -> bool:
    """Whether quiet from `start` to `end` leaves a minute between `opens` and `closes`."""
    if start < end:
        return opens < start or end < closes
    return start != end and max(end, opens) < min(start, closes)


def _whose(actor: Actor, person: str, app: App) -> str:
    """Whose settings are meant: the actor's own, or those of the named person."""
    people = app.config.people
    whose = person.strip() or actor.id
    if whose != actor.id and not actor.may(Role.ADMINISTRATOR):
        raise Refused("Indstillinger er personlige. Du kan kun se og ændre dine egne.")
    if whose in people:
        return whose
    if whose != actor.id:
        raise Refused(
            "“{id}” er ikke blandt [people] i config.toml{hint}",
            id=whose[:40],
            hint=did_you_mean(whose[:40], people.ids),
        )
    raise Refused(
        "Kun medarbejdere, der står under [people] i config.toml, har indstillinger. Bed din "
        "administrator om at tilføje dig."
    )
