"""One income beside two: pay, typed benefits and childcare, month against month."""

from __future__ import annotations

from decimal import Decimal

import pytest

from messages.errors import MessagesError
from messages.payslip import Pay, Payslip, work_out
from messages.two_incomes import Benefit, Household, compare, month_of
from tests.messages.packaged_rates import packaged

RATES = packaged(2026)
PRICES = (Decimal(3500), Decimal(2400))


def pay(gross: int) -> Payslip:
    return work_out(Pay(gross=Decimal(gross), municipality="Vejle"), RATES)


def test_a_second_pay_raises_the_price_of_childcare() -> None:
    now = Household((pay(24500),), (Benefit("Ydelse", Decimal(8000), Decimal(9500)),), PRICES)
    then = Household((pay(24500), pay(23000)), (), PRICES)
    found = compare(now, then, RATES)
    assert found.now.income == (Decimal(22449) + 9500) * 12
    assert found.then.income == (pay(24500).a_income + pay(23000).a_income) * 12
    assert found.then.childcare > found.now.childcare
    assert found.difference == found.then.left - found.now.left
    assert found.now.left == Decimal(16786) + 8000 - found.now.childcare


def test_a_benefit_free_of_tax_does_not_raise_the_price_of_childcare() -> None:
    plain = Household((pay(24500),), (), PRICES)
    child = Household((pay(24500),), (Benefit("Børneydelse", Decimal(1790)),), PRICES)
    assert month_of(child, RATES).childcare == month_of(plain, RATES).childcare
    assert month_of(child, RATES).left == month_of(plain, RATES).left + 1790


def test_a_household_without_places_pays_nothing_for_them() -> None:
    month = month_of(Household((pay(24500),)), RATES)
    assert month.childcare == 0
    assert month.cost is None


def test_no_benefit_is_ever_assumed_and_what_is_not_counted_is_said() -> None:
    found = compare(Household(), Household((pay(24500),)), RATES)
    assert found.now.left == 0
    assert any("skrevet et beløb" in said for said in found.not_counted)


@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity"])
def test_a_benefit_that_cannot_be_is_refused(wrong: str) -> None:
    with pytest.raises(MessagesError, match="Ydelsen Hjælp skal være"):
        month_of(Household(benefits=(Benefit("Hjælp", Decimal(wrong)),)), RATES)
