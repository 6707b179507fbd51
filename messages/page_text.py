"""Document → plain text, and the short text for an SMS with its parts counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from messages.document import Document, Kind, Run, Text, plain
from messages.errors import MessagesError
from messages.languages import Direction

if TYPE_CHECKING:
    from messages.library import Library

_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_BLANK = "..."  # the one sign GSM lacks is “…”
_COLON = {".": ":", "።": "፦"}
_ENDED = re.compile(r"(?<=[.!?؟።])\s+(?=\S)")
_EDGES = " \u00a0.,;:،؛።፣-–"
# The letters of one GSM 03.38 unit, and those that take two.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = frozenset("^{}\\[~]|€")


def isolated(text: Text, page: Direction) -> str:
    """The text with each value and Danish term isolated, so that none shows backwards.

    In a page that runs left to right only what runs the other way needs it.
    """
    return "".join(
        run.text
        if run.kind is Kind.WORDS or (page == "ltr" and run.direction == "ltr")
        else f"{_LRI if run.direction == 'ltr' else _RLI}{run.text}{_PDI}"
        for run in text
    )


def text(document: Document, library: Library) -> str:
    """The whole sheet as plain text; lines of Danish stand under the reader's."""
    page = document.language.direction
    show = partial(_shown, page=page)
    return library.templates.render(
        "sheet.txt.j2",
        sheet=document,
        t=show,
        own=partial(isolated, page=page),
        danish=partial(_danish_word, page=page),
    )


def _shown(text: Text, page: Direction) -> str:
    """A run of Danish alone stands on a line of its own: that line's direction is left to right."""
    alone = all(run.lang in {"da", ""} and run.direction == "ltr" for run in text)
    return isolated(text, "ltr" if alone else page)


def _danish_word(word: str, page: Direction) -> str:
    return word if page == "ltr" else f"{_LRI}{word}{_PDI}"


@dataclass(frozen=True)
class Sms:
    """A message for a phone: its text, how many parts it is sent as, and letters in a part."""

    text: str
    parts: int
    part_length: int


def sms(document: Document) -> Sms:
    """The title, the steps marked short and whom to ask, with numbers on lines of their own.

    An SMS has no isolates that every phone knows; a number alone on its line cannot turn round.
    Raises MessagesError for a sheet that nobody has checked: nothing beside it would say so.
    """
    if document.beside is not None and document.marks.draft:
        raise MessagesError(
            "Ingen har tjekket {topic} på {language} endnu, så den kan ikke sendes som sms. "
            "Lav den som PDF.",
            terminal="--allow-draft",
            topic=document.topic,
            language=document.language.name_da,
        )
    short = [step.said.text for step in document.steps if step.short]
    chosen = short or [step.said.text for step in document.steps]
    lines = [*_lines(document.title.text)]
    for sentence in (*chosen, document.ask.text):
        lines.append("")
        lines.extend(_lines(sentence))
    return counted("\n".join(lines))


def _lines(text: Text) -> Iterator[str]:
    """The text with every value on a line of its own, and no sentence broken by one.

    A value that ends its sentence stands under it. One in the middle leaves dots in its place and
    follows the sentence.
    """
    line = ""
    for sentence in _sentences(text):
        values = [run.text for run in sentence if run.kind is Kind.VALUE]
        if not values:
            line += plain(sentence)
            continue
        *before, last = [run for run in sentence if plain((run,)).strip(_EDGES)]
        ends = last.kind is Kind.VALUE and len(values) == 1
        said = before if ends else sentence
        line += "".join(_BLANK if run.kind is Kind.VALUE else run.text for run in said)
        line = line.strip()
        yield from filter(None, [line if ends else _leading(line)])
        yield from values
        line = ""
    yield from filter(None, [line.strip()])


def _leading(sentence: str) -> str:
    """The sentence with a colon at its end, for what stands under it."""
    if sentence.endswith(_BLANK):
        return f"{sentence}:"
    return sentence[:-1] + _COLON.get(sentence[-1:], sentence[-1:])


def _sentences(text: Text) -> Iterator[Text]:
    """The sentences of a text as runs; “24.500 kr.” before a capital letter ends one too."""
    runs: list[Run] = []
    for place, run in enumerate(text):
        follows = text[place + 1 : place + 2]
        if run.kind is not Kind.WORDS:
            runs.append(run)
            after = plain(follows).lstrip()[:1]
            if run.text.endswith(".") and after.isupper() and follows[0].kind is Kind.WORDS:
                yield tuple(runs)
                runs = []
            continue
        *whole, rest = _ENDED.split(run.text)
        for piece in whole:
            yield (*runs, replace(run, text=f"{piece} "))
            runs = []
        if rest:
            runs.append(replace(run, text=rest))
    if runs:
        yield tuple(runs)


def counted(text: str) -> Sms:
    """The message with its parts: 160 letters, or 153 of each part; 70 or 67 past GSM's letters."""
    text = re.sub("\u00a0", " ", text)
    if all(letter in _GSM or letter in _GSM_TWO for letter in text):
        units = sum(2 if letter in _GSM_TWO else 1 for letter in text)
        one, many = 160, 153
    else:
        units = len(text.encode("utf-16-le")) // 2
        one, many = 70, 67
    return Sms(text, 1, one) if units <= one else Sms(text, -(-units // many), many)
