"""A pay period, and the employee's own share of ATP (lovpligtig tillægspension) in it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from messages.rates import Figure, Rates

BANDS = ("full", "two_thirds", "one_third")


class Period(StrEnum):
    """How often pay comes: a month, a fortnight (14-dages løn) or a week."""

    MONTH = "month"
    FORTNIGHT = "fortnight"
    WEEK = "week"

    @property
    def a_year(self) -> int:
        """How many of them the tax card counts in a year."""
        return {"month": 12, "fortnight": 26, "week": 52}[self.value]

    @property
    def most_days(self) -> int:
        """The calendar days in the longest such period."""
        return {"month": 31, "fortnight": 14, "week": 7}[self.value]

    @property
    def most_hours(self) -> int:
        """The hours there are in the longest such period, night and day."""
        return self.most_days * 24


def own_atp(hours: Decimal | None, period: Period, rates: Rates) -> tuple[Decimal, Figure]:
    """The employee's ATP in kroner for `hours` worked in `period`, and the figure it rests on.

    Without hours, full-time work is assumed. Below the lowest limit nothing is paid. A-satser;
    ATP-bekendtgørelsen § 3 and annex 1.
    """
    if hours is None:
        figure = rates.figure(f"atp.{period}_full")
        return figure.value, figure
    for band in BANDS:
        figure = rates.figure(f"atp.{period}_{band}")
        if hours >= rates.value(f"atp.{period}_{band}_hours"):
            return figure.value, figure
    return Decimal(0), rates.figure(f"atp.{period}_one_third_hours")
