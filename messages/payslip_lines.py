"""The lines of a payslip: each knows its Danish term, how it was reached, and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from messages.rates import Figure
from messages.rounding import RULES, Rounding
from messages.tables import H_

_SKAT = (
    "https://skat.dk/en-us/individuals/cross-border-tax-matters/first-steps/see-example-of-payslip"
)
_GUIDE = "https://skat.dk/data.aspx?oid=121281"
_CARD = "https://skat.dk/en-us/individuals/tax-card"

TERMS = {
    "gross": (H_("Bruttoløn"), H_("Løn for arbejdet, før noget er trukket fra."), _SKAT),
    "benefits": (
        H_("Skattepligtige goder"),
        H_("Goder fra arbejdsgiveren. Du betaler skat af dem, men får dem ikke i penge."),
        _SKAT,
    ),
    "atp": (H_("ATP"), H_("Din egen del af ATP, efter hvor mange timer du arbejder."), ""),
    "pension": (H_("Egen pension"), H_("Din egen del af pensionen."), _SKAT),
    "am_income": (
        H_("AM-indkomst"),
        H_("Bruttoløn plus skattepligtige goder minus ATP minus egen pension."),
        _GUIDE,
    ),
    "am_bidrag": (H_("AM-bidrag"), H_("AM-indkomst gange AM-bidragets procent."), ""),
    "a_income": (H_("A-indkomst"), H_("AM-indkomst minus AM-bidrag."), _GUIDE),
    "deduction": (H_("Fradrag"), H_("Det fradrag, der står på skattekortet."), _CARD),
    "tax_base": (H_("Grundlag for A-skat"), H_("A-indkomst minus fradrag."), ""),
    "a_tax": (H_("A-skat"), H_("Grundlaget for A-skat gange trækprocenten."), ""),
    "tax_free": (
        H_("Skattefri beløb"),
        H_("Penge, som du får uden skat, for eksempel kørepenge."),
        _SKAT,
    ),
    "after_tax": (H_("Træk efter skat"), H_("Beløb, der trækkes, når skatten er trukket."), _SKAT),
    "net": (
        H_("Udbetalt løn"),
        H_("Det beløb, der kommer ind på din konto."),
        _SKAT,
    ),
}

# A line is left out of a sheet where it says nothing.
_WHEN_NOT_ZERO = {"benefits", "pension", "tax_free", "after_tax", "deduction"}

_PART = H_("Fradraget på skattekortet, for den del af lønperioden, du har arbejdet.")
_ESTIMATED = H_("Et anslået fradrag. Det rigtige står på skattekortet.")
_EXEMPT = H_("Med frikort trækkes der ingen A-skat.")
_NO_CARD = H_("Uden skattekort er der intet fradrag, og trækprocenten er høj.")


@dataclass(frozen=True)
class Line:
    """One line of the payslip: Danish term, kroner, how it was reached in words, and its source.

    Amounts are not negative; the key tells whether a line is added or taken. `percent` is set where
    the line is a percentage; `carried_year` where it rests on a figure last read for an earlier
    year, which a sheet must print.
    """

    key: str
    term: str
    amount: Decimal
    formula: str
    source: str
    percent: Decimal | None = None
    carried_year: int | None = None


@dataclass(frozen=True)
class Grounds:
    """What the lines rest on: figures by line, and how the card was come by.

    `card` is `given`, `estimated`, `part` (in proportion), `exempt` or `none`.
    """

    figures: Mapping[str, Figure]
    percents: Mapping[str, Decimal]
    card: str
    rounding: Rounding


def lines_of(amounts: Mapping[str, Decimal], grounds: Grounds) -> tuple[Line, ...]:
    """The payslip's lines in the order of the law, without those that are zero and say nothing."""
    return tuple(
        _line(key, amounts[key], grounds)
        for key in TERMS
        if amounts[key] or key not in _WHEN_NOT_ZERO
    )


def _line(key: str, amount: Decimal, grounds: Grounds) -> Line:
    term, formula, source = TERMS[key]
    figure = grounds.figures.get(key)
    if key == "deduction":
        formula = {"part": _PART, "estimated": _ESTIMATED}.get(grounds.card, formula)
    if key == "a_tax":
        formula = {"exempt": _EXEMPT, "none": _NO_CARD}.get(grounds.card, formula)
    return Line(
        key=key,
        term=term,
        amount=amount,
        formula=formula,
        source=source or (figure.source if figure else RULES[grounds.rounding].source),
        percent=grounds.percents.get(key),
        carried_year=figure.carried_year if figure else None,
    )
