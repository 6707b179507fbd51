"""The sums of one person's pay as a sheet needs them: payslip, tax card, ATP, holiday pay."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from messages.atp import Period, own_atp
from messages.formatting import Value, ValueKind, amount, percent
from messages.holiday_pay import set_aside
from messages.payslip import Card, Pay, Payslip, work_out
from messages.rates import Rates
from messages.reckoned import ZERO, Reckoned, number, parts_of
from messages.reckoned_typed import TAKEN, TYPED_LINES, typed_payslip

MONTHS = 12


def payslip(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """A month's pay: the typed lines of a real payslip where they are given, else worked out."""
    if any(key in facts for key in ("lines", *TYPED_LINES)):
        return typed_payslip(facts)
    return _worked_out(facts, _slip(facts, rates, Card.MAIN))


def taxcard(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """A month's tax with the main card, and what it would be without any card."""
    found = _worked_out(facts, _slip(facts, rates, Card.MAIN))
    without = _slip(facts, rates, Card.NONE)
    values = {
        **found.values,
        "no_card_tax": amount(without.a_tax, about=True),
        "no_card_net": amount(without.net, about=True),
    }
    return Reckoned(values, found.parts, found.carried, about=True)


def atp(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """Own ATP by hours, or as typed; the employer's is twice as much (ATP-bekendtgørelsen § 2)."""
    own = number(facts, "atp")
    carried: dict[str, int] = {}
    if own is None:
        own, figure = own_atp(number(facts, "hours"), Period.MONTH, rates)
        carried = {"ATP": figure.carried_year} if figure.carried_year else {}
    values = {**facts, "atp": amount(own), "atp_employer": amount(own * 2)}
    return Reckoned(values, carried=carried)


def holiday(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """Holiday pay set aside each month, after tax, and the days earned in a whole year."""
    aside = set_aside(facts["gross"].number, facts["percent"].number, rates)
    days = (rates.value("holiday.days_per_month") * MONTHS).quantize(Decimal(1), ROUND_HALF_UP)
    values = {
        **facts,
        "holiday_net": amount(aside.net, about=True),
        "holiday_gross": amount(aside.allowance, about=True),
        "holiday_days": Value(ValueKind.COUNT, days),
    }
    return Reckoned(values, about=True)


def _slip(facts: Mapping[str, Value], rates: Rates, card: Card) -> Payslip:
    main = card is Card.MAIN
    return work_out(
        Pay(
            gross=facts["gross"].number,
            hours=number(facts, "hours"),
            atp=number(facts, "atp"),
            pension=number(facts, "pension"),
            pension_percent=number(facts, "pension_percent"),
            card=card,
            deduction=number(facts, "deduction") if main else None,
            percent=number(facts, "percent") if main else None,
            municipality=facts["municipality"].words if main and "municipality" in facts else None,
            after_tax=number(facts, "after_tax") or ZERO,
        ),
        rates,
    )


def _worked_out(facts: Mapping[str, Value], slip: Payslip) -> Reckoned:
    values = {
        **facts,
        "gross": amount(slip.gross),
        "atp": amount(slip.atp),
        "am_bidrag": amount(slip.am_bidrag, about=True),
        "a_tax": amount(slip.a_tax, about=True),
        "net": amount(slip.net, about=True),
        "deduction": amount(slip.deduction),
        "percent": percent(slip.percent),
        **_pension(slip.pension),
    }
    taken = (slip.pension, slip.atp, slip.am_bidrag, slip.a_tax, slip.after_tax)
    carried = {line.term: line.carried_year for line in slip.lines if line.carried_year}
    parts = parts_of(zip((*TAKEN, "net"), (*taken, slip.net), strict=True))
    return Reckoned(values, parts, carried, about=True)


def _pension(kroner: Decimal) -> dict[str, Value]:
    return {"pension": amount(kroner)} if kroner else {}
