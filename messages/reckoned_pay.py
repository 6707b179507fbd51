"""The sums of one person's pay as a sheet needs them: payslip, tax card, ATP, holiday pay."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from messages.atp import Period, own_atp
from messages.errors import MessagesError
from messages.formatting import Value, ValueKind, amount, danish_number, percent
from messages.holiday_pay import set_aside
from messages.payslip import Card, Pay, Payslip, work_out
from messages.rates import Rates
from messages.reckoned import ZERO, Reckoned, number

TYPED_LINES = ("am_bidrag", "a_tax", "net")
TAKEN = ("pension", "atp", "am_bidrag", "a_tax", "after_tax")
_TOLERANCE = Decimal(1)
_ØRE = Decimal("0.01")
MONTHS = 12


def payslip(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """A month's pay: the typed lines of a real payslip where they are given, else worked out."""
    typed = [key for key in TYPED_LINES if key in facts]
    if typed and len(typed) < len(TYPED_LINES):
        raise MessagesError(
            "Skriv alle tre linjer fra lønsedlen: am_bidrag, a_tax og net. {missing} mangler, "
            "f.eks. --set {missing}=1.952.",
            missing=next(key for key in TYPED_LINES if key not in facts),
        )
    return _typed(facts) if typed else _worked_out(facts, _slip(facts, rates, Card.MAIN))


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
    return Reckoned(values, _parts(taken, slip.net), carried, about=True)


def _typed(facts: Mapping[str, Value]) -> Reckoned:
    """The lines as they stand on the payslip: they must fill the pay, or one of them is wrong."""
    gross, net = facts["gross"].number, facts["net"].number
    taken = {key: number(facts, key) or ZERO for key in TAKEN}
    if not taken["pension"]:
        share = number(facts, "pension_percent") or ZERO
        taken["pension"] = (gross * share / 100).quantize(_ØRE, ROUND_HALF_UP)
    rest = gross - sum(taken.values())
    if abs(rest - net) > _TOLERANCE:
        raise MessagesError(
            "Linjerne passer ikke: løn minus det, der er trukket, er {rest} kr., men net er "
            "{net} kr. Ret et tal, eller skriv resten som after_tax, f.eks. --set after_tax=450.",
            rest=danish_number(rest, 2),
            net=danish_number(net, 2),
        )
    values = {
        **facts,
        "gross": amount(gross),
        "net": amount(net),
        **{key: amount(taken[key]) for key in ("atp", "am_bidrag", "a_tax")},
        **_pension(taken["pension"]),
    }
    return Reckoned(values, _parts(tuple(taken.values()), net))


def _pension(kroner: Decimal) -> dict[str, Value]:
    return {"pension": amount(kroner)} if kroner else {}


def _parts(taken: tuple[Decimal, ...], net: Decimal) -> tuple[tuple[str, Decimal], ...]:
    named = zip((*TAKEN, "net"), (*taken, net), strict=True)
    return tuple((key, kroner) for key, kroner in named if kroner > 0)
