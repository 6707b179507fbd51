"""Who gets what, and when: owners and backups, leaders, quiet hours, time off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from bot.clock import COPENHAGEN
from bot.config import Hours
from bot.errors import BotError
from bot.people import People, Person, Role
from bot.stores.preferences import Preferences
from scheduler.due import instant
from scheduler.nudges import Nudge
from scheduler.plans import Who
from scheduler.workdays import WorkCalendar

_TRIES = 40


class Recipients:
    """The people at one moment: `now` is aware; `chosen` is what each chose for herself."""

    def __init__(
        self,
        people: People,
        chosen: Mapping[str, Preferences],
        calendar: WorkCalendar,
        hours: Hours,
        now: datetime,
    ) -> None:
        self._people = people
        self._chosen = chosen
        self._calendar = calendar
        self._hours = hours
        self._now = now
        self._today = now.astimezone(COPENHAGEN).date()

    def of(self, nudge: Nudge) -> Person:
        """Whose direct messages get it: the owner, else the backup, else a leader of the team.

        Who is away is passed over while somebody else is there; so is an owner that a first try
        did not reach. What is for the leader, or was raised because nobody answered, goes to a
        leader first. Raises BotError when none of them is in Slack.
        """
        owner = self._people.get(nudge.owner)
        leaders = self.leaders(nudge.owner)
        backup = self._backup(owner)
        first: list[Person | None] = [owner, backup, *leaders]
        if nudge.who is Who.LEADER or nudge.raised:
            first = [*leaders, owner, backup]
        elif nudge.detour:
            first = [backup, *leaders, owner]
        found = self._reachable(first)
        if not found:
            raise BotError(
                "Opfølgningen på {case} har ingen modtager i Slack: sæt slack på {owner} under "
                "[people].",
                case=nudge.case,
                owner=nudge.owner,
            )
        return found[0]

    def alarmed(self, owner_id: str) -> tuple[Person, ...]:
        """Who hears of trouble at once: the owner and the backup, else a leader."""
        owner = self._people.get(owner_id)
        both = [one for one in (owner, self._backup(owner)) if one is not None and one.slack]
        return tuple(both) or self._reachable(self.leaders(owner_id))[:1]

    def leaders(self, owner_id: str) -> tuple[Person, ...]:
        """The leaders, those of the owner's team first."""
        owner = self._people.get(owner_id)
        found = [person for person in self._people if Role.LEADER in person.roles]
        return tuple(sorted(found, key=lambda one: owner is None or one.team != owner.team))

    def holding(self, role: Role) -> tuple[Person, ...]:
        """Everybody in Slack who holds the role."""
        return tuple(person for person in self._people if role in person.roles and person.slack)

    def opens(self, person: Person) -> datetime | None:
        """From when on a message may come to `person` (aware UTC), or None for now: within
        office hours on a workday, outside the person's own quiet hours."""
        quiet = self._chosen.get(person.id, Preferences(person.id)).quiet
        moment = self._now
        for _ in range(_TRIES):
            later = self._office_opens(moment) or _quiet_ends(moment, quiet)
            if later is None:
                return None if moment == self._now else moment
            moment = later
        return None  # no hour is left in which it may come: better at an odd hour than never

    def gathers(self, person: Person) -> bool:
        wanted = self._chosen.get(person.id, Preferences(person.id)).gathered
        return self._hours.gathered if wanted is None else wanted

    def language(self, person: Person, default: str) -> str:
        return self._chosen.get(person.id, Preferences(person.id)).language or default

    def _backup(self, owner: Person | None) -> Person | None:
        return self._people.get(owner.backup) if owner else None

    def _reachable(self, people: Iterable[Person | None]) -> tuple[Person, ...]:
        """Those in Slack, who is away last."""
        found = [person for person in people if person is not None and person.slack]
        return tuple(sorted(found, key=self._is_away))

    def _is_away(self, person: Person) -> bool:
        return self._chosen.get(person.id, Preferences(person.id)).is_away(self._today)

    def _office_opens(self, moment: datetime) -> datetime | None:
        local = moment.astimezone(COPENHAGEN)
        day, opens = local.date(), self._hours.opens
        if self._calendar.is_workday(day) and opens <= local.time() < self._hours.closes:
            return None
        if not self._calendar.is_workday(day) or local.time() >= opens:
            day = self._calendar.on_a_workday(day + timedelta(days=1))
        return instant(day, opens)


def _quiet_ends(moment: datetime, quiet: tuple[time, time] | None) -> datetime | None:
    """When the quiet hours around `moment` end, or None outside them."""
    if quiet is None:
        return None
    start, end = quiet
    local = moment.astimezone(COPENHAGEN)
    at = local.time()
    inside = start <= at < end if start <= end else (at >= start or at < end)
    if not inside:
        return None
    tomorrow = start > end and at >= start
    return instant(local.date() + timedelta(days=1 if tomorrow else 0), end)
