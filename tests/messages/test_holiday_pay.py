"""Holiday allowance: 12.5 percent, after AM-bidrag and tax; published examples."""

from __future__ import annotations

import pytest

from messages.errors import MessagesError
from messages.holiday_pay import set_aside
from messages.rounding import Rounding
from tests.messages.packaged_rates import kr, packaged

RATES = packaged(2026)


def test_the_tax_agencys_example_of_october_2020() -> None:
    # https://skat.dk/en-us/individuals/cross-border-tax-matters/first-steps/see-example-of-payslip
    aside = set_aside(
        kr(25552) + kr(3400),
        kr(45),
        RATES,
        deduction=kr("3.25") * 210,
        rounding=Rounding.EXACT,
    )
    assert aside.allowance == kr("3619.00")
    assert aside.am_bidrag == kr("289.52")
    assert aside.a_tax == kr("1191.14")
    assert aside.net == kr("2138.34")


def test_the_payroll_vendors_example() -> None:
    # bluegarden.dk, “Sådan læser du din lønseddel”, point 10: 978,93 gives AM-bidrag 78 and tax 333
    aside = set_aside(kr("978.93") * 8, kr(37), RATES)
    assert aside.allowance == kr("978.93")
    assert aside.am_bidrag == 78
    assert aside.a_tax == 333


def test_on_an_exemption_card_only_am_bidrag_is_taken() -> None:
    aside = set_aside(kr(8000), kr(0), RATES)
    assert [aside.allowance, aside.am_bidrag, aside.a_tax] == [kr(1000), kr(80), kr(0)]
    assert aside.net == 920


@pytest.mark.parametrize(("pay", "percent"), [("-1", "38"), ("NaN", "38"), ("1000", "101")])
def test_what_cannot_be_is_refused(pay: str, percent: str) -> None:
    with pytest.raises(MessagesError, match="gross 24500 og percent 38"):
        set_aside(kr(pay), kr(percent), RATES)
