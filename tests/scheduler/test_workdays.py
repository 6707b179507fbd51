"""Which days are workdays in Denmark, and where a date goes that is none."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.errors import SchedulerError
from scheduler.plans import Moves, Unit
from scheduler.workdays import WorkCalendar

OFFICE = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 3, 25), "Maundy Thursday"),
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 5, 6), "Ascension Day"),
        (date(2027, 5, 17), "Whit Monday"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2027, 1, 1), "New Year's Day"),
        (date(2026, 12, 24), "Christmas Eve: offices are closed"),
        (date(2026, 12, 31), "New Year's Eve: offices are closed"),
        (date(2026, 6, 5), "Constitution Day: offices are closed"),
        (date(2026, 11, 21), "a Saturday"),
        (date(2026, 11, 22), "a Sunday"),
    ],
)
def test_a_closed_day_is_no_workday(day: date, why: str) -> None:
    assert not OFFICE.is_workday(day), why


def test_great_prayer_day_is_a_workday_since_it_was_abolished() -> None:
    assert OFFICE.is_workday(date(2027, 4, 23))
    assert not OFFICE.is_workday(date(2023, 5, 5))


def test_each_closed_office_day_can_be_switched_off() -> None:
    open_on_constitution_day = WorkCalendar(closed_days=("12-24", "12-31"))
    assert open_on_constitution_day.is_workday(date(2026, 6, 5))
    assert not open_on_constitution_day.is_workday(date(2026, 12, 24))


def test_a_date_on_easter_monday_moves_to_tuesday() -> None:
    assert OFFICE.on_a_workday(date(2027, 3, 29)) == date(2027, 3, 30)


def test_a_step_that_must_come_before_moves_back_over_the_whole_of_easter() -> None:
    assert OFFICE.on_a_workday(date(2027, 3, 29), Moves.BACK) == date(2027, 3, 24)


def test_christmas_eve_moves_over_the_holidays_and_the_weekend() -> None:
    assert OFFICE.on_a_workday(date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("count", "unit", "then"),
    [
        (0, Unit.DAYS, date(2026, 12, 23)),
        (3, Unit.WORKDAYS, date(2026, 12, 30)),
        (-2, Unit.WORKDAYS, date(2026, 12, 21)),
        (2, Unit.WEEKS, date(2027, 1, 6)),
        (-1, Unit.DAYS, date(2026, 12, 22)),
        (2, Unit.MONTHS, date(2027, 2, 23)),
    ],
)
def test_an_offset_counts_its_own_unit(count: int, unit: Unit, then: date) -> None:
    assert OFFICE.offset(date(2026, 12, 23), count, unit) == then


def test_a_month_after_the_31st_of_january_is_the_last_of_february() -> None:
    assert OFFICE.offset(date(2027, 1, 31), 1, Unit.MONTHS) == date(2027, 2, 28)


def test_a_date_beyond_the_calendar_is_refused_with_an_example() -> None:
    with pytest.raises(SchedulerError, match="2026-03-02"):
        OFFICE.offset(date(9999, 12, 31), 1, Unit.WEEKS)
