"""One income in the household beside two: pay, typed benefits and childcare, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from messages.childcare import Childcare, ChildcareCost, work_out_childcare
from messages.errors import MessagesError
from messages.payslip import Payslip
from messages.rates import Rates
from messages.tables import H_

ZERO = Decimal(0)
MONTHS = 12

NOT_COUNTED = (
    H_("Boligstøtte, børnetilskud og andre ydelser, som der ikke er skrevet et beløb for."),
    H_("Udgifter, der følger med et job: transport, tøj, fagforening og a-kasse."),
    H_("Skat, der skal betales eller gives tilbage, når året er slut."),
    H_("Pension, som arbejdsgiveren betaler ind, og feriepenge."),
)


@dataclass(frozen=True)
class Benefit:
    """A benefit as somebody typed it: net kroner a month, and before tax where it is taxed.

    The amount before tax counts in the income that the price of childcare follows; a benefit free
    of tax, such as child benefit, has 0 there.
    """

    name: str
    net: Decimal
    before_tax: Decimal = ZERO


@dataclass(frozen=True)
class Household:
    """A month in a household: payslips of a whole month each, typed benefits, places in care."""

    payslips: tuple[Payslip, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    prices: tuple[Decimal, ...] = ()
    children_under_18: int | None = None
    single_parent: bool = False


@dataclass(frozen=True)
class Month:
    """What a month holds, in net kroner: pay and benefits in, childcare out, and what is left.

    `income` is the yearly household income that the price of childcare follows.
    """

    pay: Decimal
    benefits: Decimal
    childcare: Decimal
    left: Decimal
    income: Decimal
    cost: ChildcareCost | None = None


@dataclass(frozen=True)
class Comparison:
    """The household now and then; `difference` is what is left then, less what is left now."""

    now: Month
    then: Month
    difference: Decimal
    not_counted: tuple[str, ...] = NOT_COUNTED


def compare(now: Household, then: Household, rates: Rates) -> Comparison:
    """Two months side by side. Raises MessagesError for input that cannot be."""
    first, second = month_of(now, rates), month_of(then, rates)
    return Comparison(first, second, second.left - first.left)


def month_of(household: Household, rates: Rates) -> Month:
    """One month of a household: A-income and taxed benefits of twelve such months set the price.

    Household income is personal income after AM-bidrag and ATP, times 12
    (dagtilbudsbekendtgørelsen §§ 27 and 28).
    """
    for benefit in household.benefits:
        if not (benefit.net.is_finite() and benefit.before_tax.is_finite()) or benefit.net < 0:
            raise MessagesError(
                "Ydelsen {name} skal være et beløb på nul eller mere. Skriv f.eks. 4500.",
                name=benefit.name,
            )
    pay = sum((slip.net for slip in household.payslips), ZERO)
    benefits = sum((benefit.net for benefit in household.benefits), ZERO)
    monthly = sum((slip.a_income for slip in household.payslips), ZERO)
    monthly += sum((benefit.before_tax for benefit in household.benefits), ZERO)
    income = monthly * MONTHS
    cost = None
    if household.prices:
        asked = Childcare(
            income, household.prices, household.children_under_18, household.single_parent
        )
        cost = work_out_childcare(asked, rates)
    childcare = cost.total if cost else ZERO
    return Month(pay, benefits, childcare, pay + benefits - childcare, income, cost)
