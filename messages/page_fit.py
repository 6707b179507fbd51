"""How large the pictures and the gaps of an A4 sheet can be, judged from its words.

Letting Typst measure every size made a page take ten times as long. The judgement here is quick
and a little too careful; where it is wrong, the page is set again one size smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from messages.document import Document, Said, Step, Text, plain

ROOM = 273.0
WIDTH = 184.0
_POINT = 0.3528
_LINE = 1.34
_BESIDE = 0.76
_MOST_AIR = 5.5
# Width of a letter with its share of space, in em: measured on the shipped fonts, a little high.
_LETTER = {"Noto Sans": 0.475, "Noto Sans Arabic": 0.43, "Noto Sans Ethiopic": 0.72}


@dataclass(frozen=True, slots=True)
class Fit:
    """Side of a picture and gap between two rows, in millimetres; `pages` it should take."""

    side: float
    gap: float
    pages: int = 1


SMALLEST, LARGEST = 18, 34
SMALLEST_LARGE, LARGEST_LARGE = 26, 42


def fits(document: Document) -> Iterator[Fit]:
    """The sizes to try: what the words leave room for, that and a little less, the smallest, and
    the comfortable one of a sheet that takes two pages."""
    low, high = (SMALLEST_LARGE, LARGEST_LARGE) if document.large else (SMALLEST, LARGEST)
    rows = len(document.steps) + 2
    for side in range(high, low - 1, -1):
        spare = ROOM - _height(document, side)
        if spare >= 0:
            air = min(spare / rows, _MOST_AIR)
            yield Fit(side, _gap(side) + air)
            if side > low:
                yield Fit(max(side - 3, low), _gap(low))
            break
    yield Fit(low, _gap(low))
    yield Fit(high - 8, 4, pages=2)


def _gap(side: float) -> float:
    return 1.6 + 0.1 * max(side - SMALLEST, 0)


def _height(document: Document, side: float) -> float:
    size = 19 if document.large else 14
    em = size * _POINT
    gap = _gap(side)
    head = 1.85 * em * 0.72 + (em * 0.7 + 2.5 if document.title.beside else 0)
    head += _block(document, document.lead, WIDTH, em) + 2.5 if document.lead else 0
    head = max(head, 13.0) if document.marks.example else head
    bar = em * 0.72 + 14 * 1.27 + 7 + 2.5 + 4 if document.bar else 0
    steps = sum(_step(document, step, side, em) + gap for step in document.steps)
    terms = sum(_block(document, term.meaning, WIDTH - 20, em * 0.9) + 1.9 for term in document.terms)
    terms += 4 if document.terms else 0
    fields = sum(em * _LINE + 5 + 7 * place.lines for place in document.fields)
    asked = sum(_block(document, said, WIDTH - 30, em) + 2 for said in (document.do, document.ask) if said)
    return head + bar + steps + terms + fields + max(asked + 4, 20) + 3 + _small(document) + 3 * gap - 2


def _small(document: Document) -> float:
    """The notices in one paragraph, the Danish in another, and the line of sources."""
    size = 9.5 * _POINT
    own = [run for notice in document.notices for run in notice.text]
    letter = _LETTER.get(document.language.fonts[0], 0.5)
    height = _lines(tuple(own), WIDTH, size * letter) * size * 1.22
    if document.beside:
        danish = [run for notice in document.notices for run in notice.beside or ()]
        height += _lines(tuple(danish), WIDTH, size * 0.45) * size * 1.15
    return height + 5


def _step(document: Document, step: Step, side: float, em: float) -> float:
    column = WIDTH - 14.6 - side
    words = _block(document, step.said, column, em, side_by_side=True)
    if document.script and step.check:
        words += _block(document, step.check, column, em) + 6
    slip = len(step.lines) * em * 0.86 * 0.95 + max(len(step.lines) - 1, 0) * 1.9 + 4
    return max(side, words + (slip + 2.6 if step.lines else 0))


def _block(
    document: Document, said: Said, width: float, em: float, *, side_by_side: bool = False
) -> float:
    """The height of a sentence, with the Danish under it or, in a step, beside it."""
    letter = em * _LETTER.get(document.language.fonts[0], 0.5)
    small = em * _BESIDE
    if said.beside is None:
        return _tall(_lines(said.text, width, letter), em)
    if side_by_side:
        own = _tall(_lines(said.text, (width - 5) * 0.618, letter), em)
        return max(own, _tall(_lines(said.beside, (width - 5) * 0.382, small * 0.475), small))
    own = _tall(_lines(said.text, width, letter), em)
    return own + _tall(_lines(said.beside, width, small * 0.475), small) + 2.8


def _tall(lines: int, em: float) -> float:
    """Lines from the top of the first capital to the last baseline."""
    return (lines * _LINE - 0.62) * em


def _lines(text: Text, width: float, letter: float) -> int:
    return max(1, ceil(len(plain(text)) * letter / width + 0.1))
