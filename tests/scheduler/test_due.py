"""From a date in Denmark to one instant, through both changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.due import COPENHAGEN, instant, lay_out, with_the_middle
from scheduler.plans import Anchor, Plan
from scheduler.workdays import WorkCalendar

SPRING, AUTUMNS = date(2027, 3, 28), (date(2026, 10, 25), date(2027, 10, 31))
MINUTES = [time(minute // 60, minute % 60) for minute in range(1440)]


@pytest.mark.parametrize("day", [SPRING, *AUTUMNS])
def test_every_minute_of_the_day_is_one_existing_instant(day: date) -> None:
    """The wall clock that the instant shows is the wanted one, or the first after the gap."""
    for at in MINUTES:
        shown = instant(day, at).astimezone(COPENHAGEN)
        skipped = day == SPRING and at.hour == 2
        assert shown.date() == day
        assert shown.time() == (time(3, 0) if skipped else at), at


@pytest.mark.parametrize("day", AUTUMNS)
def test_of_a_time_that_comes_twice_the_first_counts(day: date) -> None:
    for at in MINUTES:
        first = instant(day, at)
        before = (first - timedelta(hours=1)).astimezone(COPENHAGEN)
        assert (before.date(), before.time()) != (day, at)
    assert instant(day, time(2, 30)) == datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)


def test_a_skipped_time_becomes_the_first_minute_after_the_gap() -> None:
    for minute in range(60):
        assert instant(SPRING, time(2, minute)) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_nine_in_the_morning_is_another_instant_in_summer() -> None:
    assert instant(date(2027, 3, 26), time(9)) == datetime(2027, 3, 26, 8, tzinfo=UTC)
    assert instant(date(2027, 3, 30), time(9)) == datetime(2027, 3, 30, 7, tzinfo=UTC)


def test_a_nudge_on_easter_monday_moves_to_tuesday(plan: Plan) -> None:
    laid = lay_out(plan, {Anchor.START: date(2027, 3, 29)}, WorkCalendar(), without=("foer",))
    assert laid[0].day == date(2027, 3, 30)
    assert laid[0].due == datetime(2027, 3, 30, 7, tzinfo=UTC)


def test_steps_stand_by_time_and_those_that_wait_come_last(plan: Plan) -> None:
    laid = lay_out(plan, {Anchor.START: date(2027, 3, 1)}, WorkCalendar())
    assert [one.step.id for one in laid] == ["foer", "start", "valgfri", "loen"]
    assert laid[-1].due is None
    assert laid[-1].day is None


def test_a_step_left_out_is_not_laid_out(plan: Plan) -> None:
    laid = lay_out(plan, {Anchor.START: date(2027, 3, 1)}, WorkCalendar(), without=("valgfri",))
    assert "valgfri" not in [one.step.id for one in laid]


def test_the_middle_is_known_once_start_and_end_are() -> None:
    start, end = date(2027, 3, 1), date(2027, 5, 28)
    assert Anchor.MIDDLE not in with_the_middle({Anchor.START: start})
    assert with_the_middle({Anchor.START: start, Anchor.END: end})[Anchor.MIDDLE] == date(
        2027, 4, 14
    )


def test_the_municipality_chooses_its_morning(plan: Plan) -> None:
    laid = lay_out(plan, {Anchor.START: date(2027, 3, 1)}, WorkCalendar(), morning=time(8, 15))
    assert laid[0].due == datetime(2027, 2, 22, 7, 15, tzinfo=UTC)
