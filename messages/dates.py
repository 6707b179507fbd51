"""Dates as people type them in Denmark: 2026-03-02, 2.3.2026, 02/03/2026 or 2-3-2026.

The day stands before the month, as on a Danish payslip and in every letter from a municipality;
a date is never read the American way.
"""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DANISH = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})", re.ASCII)


class NotADate(ValueError):
    """Not written as a date at all."""


class NoSuchDay(ValueError):
    """Written as a date, but the calendar has no such day: 30 February."""


def parse_date(text: str) -> date:
    """The day that `text` says. Raises NoSuchDay, or NotADate."""
    typed = text.strip()
    if found := _ISO.fullmatch(typed):
        year, month, day = found[1], found[2], found[3]
    elif found := _DANISH.fullmatch(typed):
        year, month, day = found[4], found[3], found[1]
    else:
        raise NotADate(typed[:20])
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise NoSuchDay(typed[:20]) from error
