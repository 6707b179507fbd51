"""Which days an office is open in Denmark, and how dates move on to one."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from scheduler.errors import SchedulerError
from scheduler.plans import Moves, Unit

# Days on which public offices are closed without being holidays by law: Christmas Eve, New
# Year's Eve and Constitution Day (Grundlovsdag), as month-day.
OFFICE_CLOSED = ("12-24", "12-31", "06-05")
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True)
class WorkCalendar:
    """Workdays: no weekend, no Danish holiday, none of `closed_days` (month-day, each year)."""

    closed_days: tuple[str, ...] = OFFICE_CLOSED

    def is_workday(self, day: date) -> bool:
        return (
            day.weekday() < 5
            and f"{day:%m-%d}" not in self.closed_days
            and day not in _holidays(day.year)
        )

    def on_a_workday(self, day: date, moves: Moves = Moves.FORWARD) -> date:
        """`day`, or the nearest workday after it (before it, when it moves back)."""
        one = timedelta(days=1 if moves is Moves.FORWARD else -1)
        while not self.is_workday(day):
            day = _moved(day, one)
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The workday `count` workdays after `day` (before it, when below zero); 0 is `day`."""
        one = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day = _moved(day, one)
            left -= self.is_workday(day)
        return day

    def offset(self, day: date, count: int, unit: Unit) -> date:
        """`day` moved by `count` of `unit`; a month's last days stay its last (31 → 28)."""
        match unit:
            case Unit.DAYS:
                return _moved(day, timedelta(days=count))
            case Unit.WEEKS:
                return _moved(day, timedelta(weeks=count))
            case Unit.WORKDAYS:
                return self.add_workdays(day, count)
            case Unit.MONTHS:
                months = day.year * 12 + day.month - 1 + count
                year, month = months // 12, months % 12 + 1
                return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _moved(day: date, by: timedelta) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise SchedulerError(
            "{day} ligger uden for kalenderen. Skriv en dato som 2026-03-02.", day=day.isoformat()
        )
    return day + by


@cache
def _holidays(year: int) -> frozenset[date]:
    """The holidays by law (Store bededag until 2023), as the `holidays` library knows them."""
    return frozenset(holidays.country_holidays("DK", years=year))
