"""Dates as people type them: the day before the month, or the year first."""

from __future__ import annotations

from datetime import date

import pytest

from messages.dates import NoSuchDay, NotADate, parse_date


@pytest.mark.parametrize(
    "typed",
    ["2026-03-02", "2.3.2026", "02.03.2026", "2/3/2026", "2-3-2026", " 2. 3. 2026 ", "02-03-2026"],
)
def test_a_date_is_read_as_danes_write_it(typed: str) -> None:
    assert parse_date(typed) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed", ["30.2.2026", "2026-02-30", "2026-13-01", "3/31/2026", "0.1.2026"]
)
def test_a_day_that_the_calendar_lacks_is_told_apart(typed: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_date(typed)


@pytest.mark.parametrize(
    "typed", ["", "i morgen", "2.3.26", "20260302", "2.3/2026", "٢.٣.٢٠٢٦", "2026-3-2", "1.1.2026x"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        parse_date(typed)
