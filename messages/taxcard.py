"""A year's tax (årsopgørelse in advance) and the tax card (skattekort) that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from messages.amounts import LARGEST
from messages.errors import MessagesError
from messages.rates import Rates
from messages.rounding import cut_to_øre, down_to_krone, to_øre

ZERO = Decimal(0)
MONTHS = 12
HUNDREDTH = Decimal("0.01")  # kildeskattebekendtgørelsen: the percentages have two decimals
STEPS = (1, 2, 3)  # mellemskat, topskat and toptopskat; before 2026 topskat alone


@dataclass(frozen=True)
class Income:
    """What the year's tax is computed from, in kroner a year.

    `am_income` is pay after own ATP and own pension; `atp` and `pension` enter only the base of the
    deductions for being in work. `single_parent` needs the extra child allowance (ekstra
    børnetilskud). `church` adds the municipality's church tax.
    """

    am_income: Decimal
    atp: Decimal = ZERO
    pension: Decimal = ZERO
    church: bool = False
    single_parent: bool = False


@dataclass(frozen=True)
class TaxYear:
    """The year's tax in kroner to the øre, and the card: whole percent, whole kroner a month.

    `raw_percent` is the withholding percent before it is rounded up; `yearly_deduction` the
    deduction before it is divided by the periods of the year.
    """

    am_bidrag: Decimal
    personal_income: Decimal
    employment_deduction: Decimal
    job_deduction: Decimal
    single_parent_deduction: Decimal
    bottom_tax: Decimal
    municipal_tax: Decimal
    church_tax: Decimal
    top_taxes: Decimal
    ceiling_relief: Decimal
    income_tax: Decimal
    total_tax: Decimal
    net: Decimal
    withholding_percent: Decimal
    monthly_deduction: Decimal
    raw_percent: Decimal
    yearly_deduction: Decimal
    municipality: str
    year: int


def work_out_year(income: Income, municipality: str, rates: Rates) -> TaxYear:
    """The tax of a year's pay in `municipality`, and the main card that fits it.

    The deductions for being in work lower municipal and church tax only; their base is income
    before AM-bidrag with ATP and pension (ligningsloven §§ 9 J, 9 K; personskatteloven §§ 6–19).
    Raises MessagesError for an unknown municipality, a missing rate or no income.
    """
    _check(income)
    place = rates.municipality(municipality)
    am_bidrag = to_øre(_percent(income.am_income, rates.value("pay.am_percent")))
    personal = income.am_income - am_bidrag
    employment, job, single = _deductions(income, rates)
    steps, relief = _top_taxes(personal, place.municipal.value, rates)
    taxable = personal - employment - job - single
    percents = (place.municipal.value, place.church.value if income.church else ZERO)
    bottom, municipal, church_tax = _proportional(personal, taxable, percents, rates)
    income_tax = bottom + municipal + church_tax + steps - relief
    lowest = rates.value("tax.bottom_percent") + sum(percents)
    card = card_for(personal, income_tax, lowest, steps - relief, personal)
    return TaxYear(
        am_bidrag=am_bidrag,
        personal_income=personal,
        employment_deduction=employment,
        job_deduction=job,
        single_parent_deduction=single,
        bottom_tax=bottom,
        municipal_tax=municipal,
        church_tax=church_tax,
        top_taxes=steps,
        ceiling_relief=relief,
        income_tax=income_tax,
        total_tax=income_tax + am_bidrag,
        net=personal - income_tax,
        withholding_percent=card.percent,
        monthly_deduction=deduction_for(card.yearly_deduction, MONTHS),
        raw_percent=card.raw_percent,
        yearly_deduction=card.yearly_deduction,
        municipality=place.name,
        year=rates.year,
    )


@dataclass(frozen=True)
class MainCard:
    """Withholding percent before and after it is rounded up, and the deduction of a whole year."""

    raw_percent: Decimal
    percent: Decimal
    yearly_deduction: Decimal


def card_for(
    a_income: Decimal, tax: Decimal, lowest: Decimal, top_tax: Decimal, top_base: Decimal
) -> MainCard:
    """The main card by which `tax` (without AM-bidrag) is just withheld from `a_income`.

    The percent is the lowest one (bottom, municipal and church tax) and the top tax as a percent of
    its base, with two decimals, and is rounded up on the card; the deduction rests on the percent
    before that, and is never negative (kildeskattebekendtgørelsen §§ 9 and 12).
    """
    raw = lowest
    if top_tax and top_base:
        raw += (top_tax * 100 / top_base).quantize(HUNDREDTH, ROUND_HALF_UP)
    return MainCard(
        raw_percent=raw,
        percent=raw.quantize(Decimal(1), ROUND_CEILING),
        yearly_deduction=max(a_income - cut_to_øre(tax * 100 / raw), ZERO),
    )


def deduction_for(yearly: Decimal, periods: int) -> Decimal:
    """The deduction of one of the year's `periods`, cut to whole kroner (kildeskattebek. § 9)."""
    return down_to_krone(yearly / periods)


def _check(income: Income) -> None:
    for amount in (income.am_income, income.atp, income.pension):
        if not (amount.is_finite() and 0 <= amount <= LARGEST) or income.am_income == 0:
            raise MessagesError(
                "Årets løn skal være over nul, og ATP og pension ikke under nul: {amount} kan ikke "
                "bruges. Skriv lønnen f.eks. som 294000.",
                amount=amount,
            )


def _percent(amount: Decimal, percent: Decimal) -> Decimal:
    return amount * percent / 100


def _deductions(income: Income, rates: Rates) -> tuple[Decimal, Decimal, Decimal]:
    """Beskæftigelsesfradrag, jobfradrag and the single parent's extra deduction."""
    base = income.am_income + income.atp + income.pension
    over = max(base - rates.value("tax.job_over"), ZERO)
    single = (
        _capped(base, rates, "tax.single_parent_percent", "tax.single_parent_max")
        if income.single_parent
        else ZERO
    )
    return (
        _capped(base, rates, "tax.employment_percent", "tax.employment_max"),
        _capped(over, rates, "tax.job_percent", "tax.job_max"),
        single,
    )


def _capped(base: Decimal, rates: Rates, percent: str, most: str) -> Decimal:
    return min(to_øre(_percent(base, rates.value(percent))), rates.value(most))


def _proportional(
    personal: Decimal, taxable: Decimal, percents: tuple[Decimal, Decimal], rates: Rates
) -> tuple[Decimal, Decimal, Decimal]:
    """Bottom, municipal and church tax after the personal allowance; the last two by `percents`.

    The allowance is given as its value in tax; what one tax cannot use lowers the next
    (personskatteloven §§ 9 and 12), so no tax is negative and none is paid below the allowance.
    """
    allowance = rates.value("tax.personal_allowance")
    bottom = rates.value("tax.bottom_percent")
    taxes = [
        to_øre(_percent(personal - allowance, bottom)),
        *(to_øre(_percent(taxable - allowance, percent)) for percent in percents),
    ]
    unused = -sum((tax for tax in taxes if tax < 0), ZERO)
    for number, tax in enumerate(taxes):
        used = min(unused, max(tax, ZERO))
        unused -= used
        taxes[number] = max(tax, ZERO) - used
    return taxes[0], taxes[1], taxes[2]


def _top_taxes(personal: Decimal, municipal: Decimal, rates: Rates) -> tuple[Decimal, Decimal]:
    """The state's steps, and the relief of the tax ceiling (skatteloft) on the first of them.

    The ceilings above the first rise by just the percent of each step, so what the first relief
    takes away is all there is to take (personskatteloven § 19).
    """
    total = relief = ZERO
    for step in STEPS:
        if f"tax.step_{step}_over" not in rates:
            continue
        base = max(personal - rates.value(f"tax.step_{step}_over"), ZERO)
        percent = rates.value(f"tax.step_{step}_percent")
        total += to_øre(_percent(base, percent))
        if step == 1:
            together = rates.value("tax.bottom_percent") + percent + municipal
            excess = max(together - rates.value("tax.ceiling_percent"), ZERO)
            relief = to_øre(_percent(base, excess))
    return total, relief
