"""A real payslip as somebody typed it: known lines get their explanation, the others are “andet”.

After payday a sheet shows these lines and works nothing out: the payslip in the hand is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from messages.errors import MessagesError
from messages.payslip_lines import TERMS, Line
from messages.tables import H_

OTHER = "other"
_OTHER_FORMULA = H_("Andet: spørg din arbejdsgiver, hvad denne linje er.")
_REST = H_("Andet")
_TYPED = H_("Din egen lønseddel")

# Words that payroll systems print, and the line they mean; longest first wins.
_KNOWN = {
    "bruttoløn": "gross",
    "timeløn": "gross",
    "månedsløn": "gross",
    "løn": "gross",
    "atp": "atp",
    "pension": "pension",
    "amp": "pension",
    "arbejdsmarkedspension": "pension",
    "am-indkomst": "am_income",
    "am-grundlag": "am_income",
    "arbejdsmarkedsbidrag": "am_bidrag",
    "am-bidrag": "am_bidrag",
    "a-indkomst": "a_income",
    "fradrag efter skat": "after_tax",
    "skattefradrag": "deduction",
    "fradrag": "deduction",
    "a-skat": "a_tax",
    "kørepenge": "tax_free",
    "kørselsgodtgørelse": "tax_free",
    "til udbetaling": "net",
    "udbetalt": "net",
    "udbetaling": "net",
    "nettoløn": "net",
}
_TAKEN = {"atp", "pension", "am_bidrag", "a_tax", "after_tax"}
_SAID = {"am_income", "a_income", "deduction", "tax_base", "net"}  # sums that move no money


@dataclass(frozen=True)
class TypedPayslip:
    """The lines as typed, in their order, and what is paid out; both in kroner.

    A difference between the lines and the net stands as a last line of its own, so that the sum on
    the sheet is the sum on the payslip. Amounts that are taken are negative in `other` lines only.
    """

    lines: tuple[Line, ...]
    net: Decimal


def read_typed(rows: Sequence[tuple[str, Decimal]], net: Decimal) -> TypedPayslip:
    """The payslip whose lines are `rows` of (words, amount) and whose payout is `net`.

    Whether a known line is taken is known, with or without a minus; any other is as typed.
    Raises MessagesError when there are no lines.
    """
    if not rows:
        raise MessagesError(
            "Skriv mindst én linje fra lønsedlen, f.eks. Bruttoløn 24500, og det udbetalte beløb."
        )
    lines = tuple(_line(words, amount) for words, amount in rows)
    rest = net - sum((_moved(line) for line in lines), Decimal(0))
    if rest:
        lines += (Line(OTHER, _REST, rest, _OTHER_FORMULA, _TYPED),)
    return TypedPayslip(lines, net)


def line_meant_by(words: str) -> str:
    """The key of the payslip line that `words` name, or `other`."""
    said = " ".join(words.casefold().split())
    for known in sorted(_KNOWN, key=len, reverse=True):
        if _starts_with(said, known):
            return _KNOWN[known]
    return OTHER


def _starts_with(said: str, known: str) -> bool:
    rest = said.removeprefix(known)
    return said.startswith(known) and not rest[:1].isalpha()


def _line(words: str, amount: Decimal) -> Line:
    key = line_meant_by(words)
    if key == OTHER:
        return Line(OTHER, words.strip(), amount, _OTHER_FORMULA, _TYPED)
    formula = _formulas()[key]
    shown = abs(amount) if key in _TAKEN | _SAID else amount
    return Line(key, words.strip(), shown, formula, _TYPED)


def _formulas() -> Mapping[str, str]:
    return {key: formula for key, (_, formula, _) in TERMS.items()}


def _moved(line: Line) -> Decimal:
    """What the line adds to the payout; known sums add nothing."""
    if line.key in _SAID:
        return Decimal(0)
    return -line.amount if line.key in _TAKEN else line.amount
