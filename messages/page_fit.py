"""How large the pictures and the gaps of an A4 sheet can be, judged from its words.

Letting Typst measure every size made a page take ten times as long. The judgement here is quick
and a little too careful; where it is wrong, the page is set again one size smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from messages.document import Document, Line, Said, Step, Text, plain

ROOM, WIDTH, CODE, MONTH = 271.0, 184.0, 19.0, 50.0
SMALLEST, LARGEST = 18, 34
SMALLEST_LARGE, LARGEST_LARGE = 26, 42
SMALLEST_SCRIPT = 14
SIZE, SIZE_LARGE, SIZE_LEAST_LARGE = 14.0, 19.0, 15.5
# Between two lines, in em; Arabic and Ethiopic letters reach further up and down.
LEADING = {"Noto Sans": 0.38, "Noto Sans Arabic": 0.5, "Noto Sans Ethiopic": 0.46}
_POINT = 0.3528
_LINE = 0.96
_BESIDE = 0.76
_OWN_SHARE = 1.4 / 2.4
_MOST_AIR = 5.5
_FILLED = 0.6
_DANISH = 0.475
# Width of a letter with its share of the spaces, in em, as measured on the shipped fonts.
_LETTER = {"Noto Sans": 0.475, "Noto Sans Arabic": 0.43, "Noto Sans Ethiopic": 0.72}


@dataclass(frozen=True, slots=True)
class Fit:
    """Side of a picture and gap between two rows, in millimetres; `pages` it should take, and
    whether what follows the steps starts on a page of its own; `size` is that of the words, in
    points."""

    side: float
    gap: float
    pages: int = 1
    turn: bool = False
    size: float = 14


def fits(document: Document) -> Iterator[Fit]:
    """The sizes to try: on one page, what the words leave room for, a little less, the smallest;
    then all steps on the first page and the rest on its back; then as it comes."""
    size = SIZE_LARGE if document.large else SIZE
    for fit in _fits(document):
        yield replace(fit, size=size)
    if document.large:
        yield Fit(SMALLEST - 2, _gap(SMALLEST), pages=2, size=SIZE_LEAST_LARGE)


def _fits(document: Document) -> Iterator[Fit]:
    low, high = (SMALLEST_LARGE, LARGEST_LARGE) if document.large else (SMALLEST, LARGEST)
    low = SMALLEST_SCRIPT if document.script else low
    rows = len(document.steps) + 2
    judge = _Judge(document)
    for side in range(high, low, -1):
        spare = ROOM - judge.height(side)
        if spare >= 0:
            yield Fit(side, _gap(side) + min(_FILLED * spare / rows, _MOST_AIR))
            yield Fit(max(side - 2, low), _gap(low))
            break
    if judge.height(low) < ROOM * 1.08:
        yield Fit(low, _gap(low))
    for side in range(high, low - 1, -1):
        spare = ROOM - judge.steps_page(side)
        if spare >= 0:
            yield Fit(side, _gap(side) + min(spare / rows, _MOST_AIR), pages=2, turn=True)
            yield Fit(max(side - 3, low), _gap(low), pages=2, turn=True)
            break
    yield Fit(high - 6, 4, pages=2)
    yield Fit(low, _gap(low), pages=2)


def _gap(side: float) -> float:
    return 1.6 + 0.1 * max(side - SMALLEST, 0)


class _Judge:
    """The heights of one document's parts, in millimetres."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.em = (SIZE_LARGE if document.large else SIZE) * _POINT
        font = document.language.fonts[0]
        self.letter = _LETTER.get(font, _DANISH)
        self.leading = LEADING.get(font, 0.38)

    def height(self, side: float) -> float:
        """The whole sheet."""
        sheet, em, gap = self.document, self.em, _gap(side)
        terms = sum(self._pair(term.meaning, WIDTH, em * 0.9, 14) + 1.2 for term in sheet.terms)
        fields = sum(em * _LINE + 5 + 7 * place.lines for place in sheet.fields)
        asked = sum(self._pair(said, WIDTH - 26, em) + 3 for said in (sheet.do, sheet.ask) if said)
        foot = max(asked, 16) + 7 + self._small() + (3 if terms else 0)
        return self.steps_page(side) + terms + fields + foot + gap + 2

    def steps_page(self, side: float) -> float:
        """The head, the money bar and all steps."""
        bar = self.em * _LINE + 14 * 1.27 + 9.5 if self.document.bar else 0
        if self.document.calendar is not None:
            bar += self.em * _LINE + 1.6 + MONTH + 2.5
        steps = sum(self._step(step, side) + _gap(side) for step in self.document.steps)
        return self._head() + bar + steps + 2 * _gap(side) + 2

    def _head(self) -> float:
        sheet, em = self.document, self.em
        head = 1.7 * em * _LINE + (em * 0.95 + 1 if sheet.title.beside else 0)
        if sheet.lead:
            head += self._pair(sheet.lead, WIDTH - 30, em) + 1.5
        if sheet.script:
            head += em * 2.4 + ceil(len(sheet.goal) / 75) * em + 2
        stamp = em * (2.2 if sheet.title.beside else 1.1) + 4 if sheet.marks.example else 0
        return max(head, stamp)

    def _small(self) -> float:
        """The notices in one paragraph, the Danish in another, and the line of sources."""
        notices, size = self.document.notices, self.em * 0.68
        coded = self.document.code is not None
        width = WIDTH - CODE - 4 if coded else WIDTH
        own = tuple(run for notice in notices for run in notice.text)
        height = self._lines(own, width, size * self.letter) * size * 1.26
        danish = tuple(run for notice in notices for run in notice.beside or ())
        if danish:
            height += self._lines(danish, width, size * 0.43) * size * 1.15 + 1
        return max(height + 5 + (3 if coded else 0), CODE if coded else 0)

    def _step(self, step: Step, side: float) -> float:
        column = WIDTH - 14.6 - side
        two = step.said.beside is not None
        parts = [self._pair(step.said, column, self.em, lines=step.lines)]
        if self.document.script and step.check:
            parts.append(self._pair(step.check, column - 4, self.em, 8) + 4)
        if step.lines and not two:
            parts.append(len(step.lines) * (self.em * 0.86 * _LINE + 0.6) + 1.8)
        return max(side, sum(parts) + 1.8 * (len(parts) - 1))

    def _pair(
        self, said: Said, width: float, em: float, before: int = 0, lines: tuple[Line, ...] = ()
    ) -> float:
        """The height of a sentence after `before` letters, or of the Danish beside it with the
        payslip's lines under it."""
        letter, small = em * self.letter, em * _BESIDE
        if said.beside is None:
            return self._tall(self._lines(said.text, width, letter, before), em, self.leading)
        own = self._lines(said.text, (width - 4) * _OWN_SHARE, letter, before)
        danish = self._lines(said.beside, (width - 4) * (1 - _OWN_SHARE), small * _DANISH)
        narrow = (width - 4) * (1 - _OWN_SHARE) - 10
        rows = sum(1 + ceil(len(" · ".join(line.also)) * em * 0.3 / narrow) for line in lines)
        slip = rows * (em * 0.72 * _LINE + 0.6) + 3.2 if lines else 0
        return max(self._tall(own, em, self.leading), self._tall(danish, small, 0.36) + slip)

    def _tall(self, lines: int, em: float, leading: float) -> float:
        return (lines * (_LINE + leading) - leading) * em

    def _lines(self, text: Text, width: float, letter: float, before: int = 0) -> int:
        return max(1, ceil((len(plain(text)) + before) * letter / width + 0.1))
