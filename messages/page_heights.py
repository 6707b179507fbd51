"""How much room the parts of a printed sheet take, judged from their words, in millimetres.

Letting Typst measure every size made a page take ten times as long. The judgement is quick and a
little too careful. It follows the measures in `templates/page.typ` and `parts.typ`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import ceil

from messages.document import Document, Field, Said, Step, Text, plain
from messages.draft_notice import draft_notice, small_print

ROOM, WIDTH, CODE, MONTH = 271.0, 184.0, 19.0, 50.0
# Between two lines, in em; Arabic and Ethiopic letters reach further up and down.
LEADING = {"Noto Sans": 0.38, "Noto Sans Arabic": 0.5, "Noto Sans Ethiopic": 0.46}
_POINT = 0.3528
_LINE = 0.96
_OWN_SHARE = 1.4 / 2.4
_DANISH = 0.475
# Width of a letter with its share of the spaces, in em, as measured on the shipped fonts; and what
# is left over at the end of a line, in letters: half a word.
_LETTER = {"Noto Sans": 0.475, "Noto Sans Arabic": 0.43, "Noto Sans Ethiopic": 0.57}
_LETTER_OF = {"uk": 0.515, "so": 0.496}
_LEFT_OVER = 3.0


def gap_for(side: float) -> float:
    """The least gap between two rows with pictures `side` wide."""
    return 1.6 + 0.1 * max(side - 18, 0)


class Heights:
    """The heights of one document's parts with words of `size` points."""

    def __init__(self, document: Document, size: float) -> None:
        self.document = document
        self.em = size * _POINT
        font = document.language.fonts[0]
        self.letter = _LETTER_OF.get(document.language.code, _LETTER.get(font, _DANISH))
        self.leading = LEADING.get(font, 0.38)
        large = document.large
        # In large print the Danish stands under the words, on a normal sheet beside them.
        self.stacked = large
        self.danish, self.slip, self.small = (0.8, 0.9, 0.89) if large else (0.76, 0.86, 0.68)

    def sheet(self, side: float) -> float:
        """All of it in one piece."""
        return self.steps_page(side) + self.foot + gap_for(side) + 2

    def steps_page(self, side: float) -> float:
        """The head, the money bar and all steps."""
        gap = gap_for(side)
        return self.head + sum(self._steps(side)) + len(self.document.steps) * gap + 2 * gap + 2

    def pages(self, side: float, room: float = ROOM) -> int:
        """The pages it takes where no part is cut by the end of a page."""
        pages, used = 1, self.head + gap_for(side)
        for part in (*self._steps(side), *self._foot):
            height = part + gap_for(side)
            if used + height > room:
                pages, used = pages + 1, 0.0
            used += height
        return pages

    def _steps(self, side: float) -> Iterator[float]:
        return (self._step(step, side) for step in self.document.steps)

    @cached_property
    def head(self) -> float:
        sheet, em = self.document, self.em
        stamped = WIDTH - (34 if sheet.marks.example else 0)
        title = em * (1.7 if sheet.large else 2.1)
        lines = self._lines(sheet.title.text, stamped, title * self.letter * 1.1)
        head = self._tall(lines, title, self.leading)
        head += em * 0.95 + 2 if sheet.title.beside else 0
        if sheet.lead:
            head += self._pair(sheet.lead, WIDTH - 30, em) + 1.5
        if sheet.script:
            head += em * 2.4 + ceil(len(sheet.goal) / 75) * em + 2
        stamp = em * (2.2 if sheet.title.beside else 1.1) + 4 if sheet.marks.example else 0
        height = max(head, stamp) + self._draft()
        if sheet.bar:
            height += self.em * _LINE + 14 * 1.27 + 9.5
        if sheet.calendar is not None:
            height += self.em * _LINE + 1.6 + MONTH + 2.5
        return height

    def _draft(self) -> float:
        notice = draft_notice(self.document)
        if notice is None:
            return 0.0
        small, width = self.em * (0.89 if self.document.large else 0.84), WIDTH - 8
        own = len(plain(notice.text)) * small * self.letter
        danish = len(plain(notice.beside or ())) * small * 0.74 * _DANISH
        lines = 1 if own + danish < width else ceil(own / width) + 1
        return lines * small * 1.31 + 6.6

    @cached_property
    def _foot(self) -> tuple[float, ...]:
        """The heights of what follows the steps: words, lines to write on, the box, small print."""
        sheet, em = self.document, self.em
        terms = [
            self._pair(term.meaning, WIDTH, em * 0.9, round(len(term.word) * 1.3) + 2)
            + (1.2 if term.meaning.beside is None else 1.9)
            for term in sheet.terms
        ]
        fields = [self._field(place) for place in sheet.fields]
        asked = sum(
            self._pair(said, WIDTH - 26, em) + (4.4 if sheet.large else 3.2)
            for said in (sheet.do, sheet.ask)
            if said
        )
        return (*terms, *fields, max(asked, 16) + 8.8 + (3 if terms else 0), self._small())

    def _field(self, place: Field) -> float:
        """A label, what is filled in after it, and the lines to write on."""
        own, danish = plain((*place.label.text, *place.filled)), plain(place.label.beside or ())
        letters = len(own) * self.letter + (len(danish) + 3) * self.danish * _DANISH
        lines = ceil(letters * self.em / WIDTH)
        return self._tall(lines, self.em, self.leading) + 5 + (7 + 0.35 * self.em) * place.lines

    @cached_property
    def foot(self) -> float:
        return sum(self._foot)

    def _small(self) -> float:
        """The notices in one paragraph, the Danish in another, and the line of sources."""
        notices, size = small_print(self.document), self.em * self.small
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
        beside = step.said.beside is not None and not self.stacked
        words = self._pair(step.said, column, self.em)
        parts = [words]
        if step.lines and beside:
            parts = [max(words, self._danish_column(step, column))]
        if self.document.script and step.check:
            parts.append(self._pair(step.check, column - 4, self.em, 8) + 4)
        if step.lines and not beside:
            parts.append(self._slip(step, column))
        return max(side, sum(parts) + 1.8 * (len(parts) - 1))

    def _slip(self, step: Step, column: float) -> float:
        """The payslip's lines across the column; other names run on under a long one."""
        em = self.em * self.slip
        rows = 0
        for line in step.lines:
            fixed = (len(line.term) + len(plain(line.amount))) * 0.56 * em + 12
            also = len(" · ".join(line.also)) * _DANISH * 0.95 * em
            rows += 1 if fixed + also < column else 1 + ceil(also / max(column - fixed, 20.0))
        return rows * (em * _LINE + 0.6) + 2.4

    def _danish_column(self, step: Step, column: float) -> float:
        """The Danish with the payslip's lines under it."""
        small, width = self.em * self.danish, (column - 4) * (1 - _OWN_SHARE)
        rows = sum(
            1 + ceil(len(" · ".join(line.also)) * self.em * 0.3 / (width - 10))
            for line in step.lines
        )
        lines = self._lines(step.said.beside or (), width, small * _DANISH)
        return self._tall(lines, small, 0.36) + rows * (self.em * 0.72 * _LINE + 0.6) + 3.2

    def _pair(self, said: Said, width: float, em: float, before: int = 0) -> float:
        """The height of a sentence after `before` letters, with the Danish beside it or under."""
        letter, small = em * self.letter, em * self.danish
        if said.beside is None:
            return self._tall(self._lines(said.text, width, letter, before), em, self.leading)
        if self.stacked:
            own = self._lines(said.text, width, letter, before)
            danish = self._lines(said.beside, width, small * _DANISH)
            return self._tall(own, em, self.leading) + 1.8 + self._tall(danish, small, 0.36)
        own = self._lines(said.text, (width - 4) * _OWN_SHARE, letter, before)
        danish = self._lines(said.beside, (width - 4) * (1 - _OWN_SHARE), small * _DANISH)
        return max(self._tall(own, em, self.leading), self._tall(danish, small, 0.36))

    def _tall(self, lines: int, em: float, leading: float) -> float:
        return (lines * (_LINE + leading) - leading) * em

    def _lines(self, text: Text, width: float, letter: float, before: int = 0) -> int:
        letters = before
        for run in text:
            letters += len(run.text)
        if letters * letter < width:
            return 1
        return max(2, ceil(letters * letter / (width - _LEFT_OVER * letter)))
