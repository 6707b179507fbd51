"""A real payslip as somebody typed it: known lines get their explanation, the others are “andet”.

After payday a sheet shows these lines and works nothing out: the payslip in the hand is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from messages.errors import MessagesError
from messages.formatting import danish_number
from messages.payslip_lines import TERMS, Line
from messages.tables import H_

OTHER = "other"
MOST_OTHERS = 12
TOLERANCE = Decimal(1)
_OTHER_FORMULA = H_("Andet: spørg din arbejdsgiver, hvad denne linje er.")
_TYPED = "Din egen lønseddel"

# Words that payroll systems print, and the line they mean; longest first wins.
_KNOWN = {
    "bruttoløn": "gross",
    "løn i alt": "gross",
    "timeløn": "gross",
    "månedsløn": "gross",
    "løn": "gross",
    "atp": "atp",
    "pension": "pension",
    "pensionsbidrag": "pension",
    "egen pension": "pension",
    "amp": "pension",
    "arbejdsmarkedspension": "pension",
    "am-indkomst": "am_income",
    "am-grundlag": "am_income",
    "arbejdsmarkedsbidrag": "am_bidrag",
    "am-bidrag": "am_bidrag",
    "a-indkomst": "a_income",
    "grundlag for a-skat": "tax_base",
    "træk efter skat": "after_tax",
    "fradrag efter skat": "after_tax",
    "fradrag efter skattekort": "deduction",
    "skattefradrag": "deduction",
    "fradrag": "deduction",
    "a-skat": "a_tax",
    "kørepenge": "tax_free",
    "kørselsgodtgørelse": "tax_free",
    "løn efter skat": "net",
    "til udbetaling": "net",
    "udbetalt løn": "net",
    "udbetalt": "net",
    "udbetaling": "net",
    "nettoløn": "net",
}
# With more words after them these mean something else: “Udbetaling af feriepenge”.
_ALONE = {"fradrag", "udbetalt", "udbetaling"}
# What the employer pays on top is not the reader's money, whatever else the line is called.
_EMPLOYERS = ("arbejdsgiver", "firma", "virksomhed")
_WHOLE_PAY = ("bruttoløn", "løn i alt")
_TAKEN = {"atp", "pension", "am_bidrag", "a_tax", "after_tax"}


def typed_lines(rows: Sequence[tuple[str, Decimal]]) -> tuple[Line, ...]:
    """The payslip's lines of (words, kroner), in their order and words.

    Whether a known line is taken is known, with or without a minus; any other is as typed.
    Raises MessagesError naming the line that cannot be under zero, or too many unknown ones.
    """
    lines = tuple(_line(words, amount) for words, amount in rows)
    others = sum(line.key == OTHER for line in lines)
    if others > MOST_OTHERS:
        raise MessagesError(
            "Arket kender ikke {count} af linjerne, og der er plads til {most}. "
            "Skriv de vigtigste, f.eks. Kantine -150.",
            count=others,
            most=MOST_OTHERS,
        )
    return lines


def line_meant_by(words: str) -> str:
    """The key of the payslip line that `words` name, or `other`."""
    said = " ".join(words.casefold().split())
    if any(employer in said for employer in _EMPLOYERS):
        return OTHER
    for known in sorted(_KNOWN, key=len, reverse=True):
        if _starts_with(said, known):
            return _KNOWN[known]
    return OTHER


def amounts_of(lines: Sequence[Line]) -> Mapping[str, Decimal]:
    """The kroner of each known line; what stands on several lines is added up.

    Where a line gives the whole pay, the kinds of pay above it are its parts.
    """
    whole = [line for line in lines if line.term.casefold().startswith(_WHOLE_PAY)]
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.key == OTHER or (line.key == "gross" and whole and line is not whole[-1]):
            continue
        found[line.key] = found.get(line.key, Decimal(0)) + line.amount
    return found


def add_up(rest: Decimal, lines: Sequence[Line]) -> bool:
    """Whether some of the unknown lines explain `rest`, the kroner that are missing in the net.

    Nobody but the employer knows which of them move money, so every choice of them is tried:
    holiday pay and the employer's own pension stand on a payslip without being paid out.
    """
    sums = {Decimal(0)}
    for line in lines:
        if line.key == OTHER:
            sums |= {one - line.amount for one in sums}
    return any(abs(rest - one) <= TOLERANCE for one in sums)


def _starts_with(said: str, known: str) -> bool:
    rest = said.removeprefix(known)
    if known in _ALONE and any(sign.isalpha() for sign in rest):
        return False
    return said.startswith(known) and not rest[:1].isalpha()


def _line(words: str, amount: Decimal) -> Line:
    key = line_meant_by(words)
    if key == OTHER:
        return Line(OTHER, words.strip(), amount, _OTHER_FORMULA, _TYPED)
    if amount < 0 and key not in _TAKEN:
        raise MessagesError(
            "Linjen “{line}” kan ikke være under nul. Skriv f.eks. {line} {amount}.",
            line=words.strip(),
            amount=danish_number(-amount, 2),
        )
    formula = TERMS[key][1]
    return Line(key, words.strip(), abs(amount), formula, _TYPED)
