"""Which sum works out a topic's figures: one function a sum, from facts to values and bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from messages.errors import MessagesError
from messages.formatting import Value, ValueKind, amount, danish_number, percent
from messages.payslip import Card, Pay, work_out
from messages.rates import Rates

ZERO = Decimal(0)
_TOLERANCE = Decimal(1)
TYPED_LINES = ("am_bidrag", "a_tax", "net")


@dataclass(frozen=True)
class Reckoned:
    """Values by figure, the parts of the bar in payslip order, and years of carried figures.

    `about` is true when the values were worked out and only nearly match the real payslip.
    """

    values: Mapping[str, Value]
    parts: tuple[tuple[str, Decimal], ...] = ()
    carried: Mapping[str, int] | None = None
    about: bool = False


def payslip(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """A month's pay: the typed lines of a real payslip where they are given, else worked out."""
    typed = [key for key in TYPED_LINES if key in facts]
    if typed and len(typed) < len(TYPED_LINES):
        missing = next(key for key in TYPED_LINES if key not in facts)
        raise MessagesError(
            "Skriv alle tre linjer fra lønsedlen: am_bidrag, a_tax og net. {missing} mangler.",
            missing=missing,
        )
    return _typed(facts) if typed else _worked_out(facts, rates)


def _worked_out(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    def number(key: str) -> Decimal | None:
        return facts[key].number if key in facts else None

    slip = work_out(
        Pay(
            gross=facts["gross"].number,
            hours=number("hours"),
            atp=number("atp"),
            pension=number("pension"),
            pension_percent=number("pension_percent"),
            card=Card.MAIN,
            deduction=number("deduction"),
            percent=number("percent"),
            municipality=facts["municipality"].words if "municipality" in facts else None,
            after_tax=number("after_tax") or ZERO,
        ),
        rates,
    )
    values = {
        "gross": amount(slip.gross),
        "atp": amount(slip.atp),
        "am_bidrag": amount(slip.am_bidrag, about=True),
        "a_tax": amount(slip.a_tax, about=True),
        "net": amount(slip.net, about=True),
        "deduction": amount(slip.deduction),
        "percent": percent(slip.percent),
    }
    values |= _pension(slip.pension)
    parts = _parts(slip.pension, slip.atp, slip.am_bidrag, slip.a_tax, slip.after_tax, slip.net)
    carried = {line.term: line.carried_year for line in slip.lines if line.carried_year}
    return Reckoned(values, parts, carried, about=True)


def _typed(facts: Mapping[str, Value]) -> Reckoned:
    """The lines as they stand on the payslip: they must fill the pay, or one of them is wrong."""
    numbers = {key: facts[key].number if key in facts else ZERO for key in _LINES}
    gross, net = facts["gross"].number, facts["net"].number
    if numbers["pension"] == 0 and "pension_percent" in facts:
        numbers["pension"] = (gross * facts["pension_percent"].number / 100).quantize(Decimal("0.01"))
    rest = gross - sum(numbers.values())
    if abs(rest - net) > _TOLERANCE:
        raise MessagesError(
            "Linjerne passer ikke: løn minus det, der er trukket, er {rest} kr., men net er "
            "{net} kr. Ret et tal, eller skriv resten som after_tax, f.eks. --set after_tax=450.",
            rest=danish_number(rest, 2),
            net=danish_number(net, 2),
        )
    values = {"gross": amount(gross), "net": amount(net)}
    values |= {key: amount(numbers[key]) for key in ("atp", "am_bidrag", "a_tax")}
    values |= {key: facts[key] for key in ("deduction", "percent") if key in facts}
    values |= _pension(numbers["pension"])
    return Reckoned(values, _parts(*(numbers[key] for key in _LINES), net))


_LINES = ("pension", "atp", "am_bidrag", "a_tax", "after_tax")


def _pension(kroner: Decimal) -> dict[str, Value]:
    return {"pension": amount(kroner)} if kroner else {}


def _parts(*kroner: Decimal) -> tuple[tuple[str, Decimal], ...]:
    named = zip((*_LINES, "net"), kroner, strict=True)
    return tuple((key, number) for key, number in named if number > 0)


Sum = Callable[[Mapping[str, Value], Rates], Reckoned]
SUMS: Mapping[str, Sum] = {"payslip": payslip}


def reckon(name: str, facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """The figures of a topic whose `sum` is `name`; a topic without a sum has just its facts."""
    if not name:
        return Reckoned(dict(facts))
    found = SUMS[name](facts, rates)
    dated = {key: value for key, value in facts.items() if value.kind is not ValueKind.AMOUNT}
    return Reckoned({**dated, **found.values}, found.parts, found.carried, found.about)
