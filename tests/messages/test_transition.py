"""From benefit to pay: the weeks of the gap, paydays off closed days, and what is not counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.atp import Period
from messages.errors import MessagesError
from messages.transition import Change, Incoming, lay_out_gap, paydays

CHANGE = Change(
    last_benefit=date(2026, 2, 27),
    first_workday=date(2026, 3, 2),
    first_payday=date(2026, 3, 31),
    pay_amount=Decimal(16786),
)


def test_monthly_pay_in_arrears_leaves_four_weeks_with_nothing() -> None:
    found = lay_out_gap(CHANGE)
    assert found.gap_days == 32
    assert found.paydays == (date(2026, 3, 31), date(2026, 4, 30))
    assert [week.number for week in found.weeks] == list(range(9, 19))
    assert [week.number for week in found.weeks if week.in_gap] == [10, 11, 12, 13]
    assert found.weeks_without == 4


def test_fortnightly_pay_makes_the_gap_shorter() -> None:
    change = replace(CHANGE, period=Period.FORTNIGHT, first_payday=date(2026, 3, 19))
    found = lay_out_gap(change)
    assert found.paydays == (date(2026, 3, 19), date(2026, 4, 2))
    assert [week.number for week in found.weeks if week.in_gap] == [10, 11]


def test_an_amount_that_nobody_typed_is_a_date_without_an_amount() -> None:
    incoming = [money for week in lay_out_gap(CHANGE).weeks for money in week.incoming]
    assert [(money.kind, money.amount) for money in incoming] == [
        ("benefit", None),
        ("pay", Decimal(16786)),
        ("pay", Decimal(16786)),
    ]


def test_child_benefit_in_the_gap_is_shown_but_the_gap_stays_a_gap() -> None:
    other = Incoming(date(2026, 3, 20), "other", "Børne- og ungeydelse", Decimal(5370))
    found = lay_out_gap(replace(CHANGE, others=(other,)))
    week = next(week for week in found.weeks if week.number == 12)
    assert week.incoming == (other,)
    assert week.in_gap
    assert found.weeks_without == 3


def test_whom_to_tell_and_what_is_not_counted_is_said() -> None:
    found = lay_out_gap(CHANGE)
    assert [who for who, _ in found.tell][:2] == ["Kommunen", "Skattestyrelsen"]
    assert len(found.not_counted) >= 3


def test_the_last_workday_of_the_month_stays_the_last_workday() -> None:
    assert paydays(date(2026, 1, 30), Period.MONTH, 4) == (
        date(2026, 1, 30),
        date(2026, 2, 27),
        date(2026, 3, 31),
        date(2026, 4, 30),
    )


def test_the_15th_stays_the_15th_but_for_weekends() -> None:
    assert paydays(date(2026, 1, 15), Period.MONTH, 3) == (
        date(2026, 1, 15),
        date(2026, 2, 13),
        date(2026, 3, 13),
    )


def test_paydays_cross_the_year() -> None:
    assert paydays(date(2026, 11, 30), Period.MONTH, 3)[-1] == date(2027, 1, 29)


def test_a_closed_day_of_the_bank_moves_pay_to_the_workday_before() -> None:
    good_friday = date(2026, 4, 3)

    def is_workday(day: date) -> bool:
        return day.weekday() < 5 and day not in {good_friday, date(2026, 4, 2)}

    days = paydays(date(2026, 3, 20), Period.FORTNIGHT, 2, is_workday)
    assert days == (date(2026, 3, 20), date(2026, 4, 1))


@given(st.dates(date(2025, 1, 1), date(2035, 1, 1)), st.sampled_from(Period), st.integers(1, 14))
def test_paydays_rise_and_fall_on_weekdays(first: date, period: Period, count: int) -> None:
    days = paydays(first, period, count)
    assert len(days) == count
    assert all(day.weekday() < 5 for day in days)
    assert all(earlier < later for earlier, later in pairwise(days))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first_payday": date(2026, 3, 1)}, "Løn kommer bagud"),
        ({"first_workday": date(2026, 3, 31)}, "Løn kommer bagud"),
        ({"last_benefit": date(2026, 4, 30)}, "ligge efter sidste ydelse"),
        ({"last_benefit": date(2025, 2, 27)}, "højst 26 uger senere"),
        ({"pay_amount": Decimal("NaN")}, "Et beløb skal være fra 0"),
        ({"last_benefit_amount": Decimal(-1)}, "Et beløb skal være fra 0"),
    ],
)
def test_dates_and_amounts_that_cannot_be_are_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(MessagesError, match=said) as caught:
        lay_out_gap(replace(CHANGE, **change))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
