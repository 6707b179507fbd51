"""Holiday allowance (feriegodtgørelse): what is set aside for holidays, after AM-bidrag and tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from messages.errors import MessagesError
from messages.rates import Rates
from messages.rounding import RULES, Rounding, to_øre

ZERO = Decimal(0)


@dataclass(frozen=True)
class HolidayAllowance:
    """Kroner to the øre: set aside before tax, taken in AM-bidrag and A-skat, sent to FerieKonto.

    `carried_year` is the year of the percent where it was last read for an earlier one.
    """

    qualifying_pay: Decimal
    allowance: Decimal
    am_bidrag: Decimal
    a_tax: Decimal
    net: Decimal
    carried_year: int | None = None


def set_aside(
    qualifying_pay: Decimal,
    tax_percent: Decimal,
    rates: Rates,
    *,
    deduction: Decimal = ZERO,
    rounding: Rounding = Rounding.PAYROLL,
) -> HolidayAllowance:
    """The holiday allowance of `qualifying_pay`: pay and taxed benefits, before ATP and pension.

    AM-bidrag and A-skat are taken first, and the rest is sent to FerieKonto or the holiday fund
    (virk.dk, timelønnede). The card's deduction has as a rule been used on the pay itself, so it is
    0 unless given. A person on an exemption card has `tax_percent` 0.

    Raises MessagesError for pay below zero or a missing rate.
    """
    if not qualifying_pay.is_finite() or qualifying_pay < 0 or not 0 <= tax_percent <= 100:
        raise MessagesError(
            "Feriegodtgørelse kan kun beregnes af en løn, der ikke er under nul, og en trækprocent "
            "fra 0 til 100. Skriv f.eks. gross 24500 og percent 38."
        )
    rule = RULES[rounding]
    percent = rates.figure("holiday.allowance_percent")
    allowance = to_øre(qualifying_pay * percent.value / 100)
    am_base = rule.am_base(allowance)
    am_bidrag = rule.am_bidrag(am_base * rates.value("pay.am_percent") / 100)
    base = rule.tax_base(max(allowance - am_bidrag - deduction, ZERO))
    a_tax = rule.a_tax(base * tax_percent / 100)
    return HolidayAllowance(
        qualifying_pay=to_øre(qualifying_pay),
        allowance=allowance,
        am_bidrag=to_øre(am_bidrag),
        a_tax=to_øre(a_tax),
        net=to_øre(allowance - am_bidrag - a_tax),
        carried_year=percent.carried_year,
    )
