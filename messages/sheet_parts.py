"""The parts of a sheet that follow what was typed: payslip lines, words, places to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from messages import payslip_lines
from messages.document import Field, Kind, Line, Run, Term, Text, plain
from messages.formatting import NBSP, Value, amount
from messages.reckoned import Reckoned
from messages.topics import PayslipLine, Topic, TopicField, TopicStep
from messages.typed_payslip import OTHER
from messages.wording import Wording, placeholders

# Lines that no step tells about: their own explanation stands among the words.
EXPLAINED = ("am_income", "a_income", "tax_base", "tax_free", "after_tax")
_PAID = "other_paid"
EXPLANATIONS = tuple(payslip_lines.TERMS[key][1] for key in EXPLAINED)


def lines_of(step: TopicStep, reckoned: Reckoned, wording: Wording) -> Iterator[Line]:
    """The lines to find on the payslip: as they were typed, or as payslips print them."""
    for line in step.lines:
        typed = reckoned.lines.get(line.figure, ())
        yield from (_as_typed(one, line, reckoned, wording) for one in typed)
        if not typed and line.figure in reckoned.values:
            yield _as_printed(line, reckoned, wording)


def _as_typed(
    typed: payslip_lines.Line, place: PayslipLine, reckoned: Reckoned, wording: Wording
) -> Line:
    """The line in its own words, and the word of our sentences where it is another."""
    shown = wording.shown(amount(typed.amount), wording.danish)
    term = typed.term.replace(" %", f"{NBSP}%")
    if typed.key == OTHER:
        # Only what is taken has a part of its own in the money bar.
        return Line(OTHER if typed.amount < 0 else _PAID, term, (), shown)
    known = payslip_lines.TERMS[typed.key][0]
    beside = reckoned.lines[place.figure]
    said = any(_same_words(known, line.term) for line in beside)
    also: tuple[str, ...] = () if said else (known,)
    if typed.key == place.figure and all(line.key != "deduction" for line in beside):
        also += _details(place, reckoned, wording)
    return Line(typed.key, term, also, shown)


def _same_words(known: str, typed: str) -> bool:
    """“Udbetalt” and “Pension egen 4 %” need no “Udbetalt løn” and “Egen pension” beside them."""
    ours, theirs = set(known.casefold().split()), set(typed.casefold().split())
    return ours <= theirs or theirs <= ours


def _as_printed(line: PayslipLine, reckoned: Reckoned, wording: Wording) -> Line:
    shown = wording.shown(reckoned.values[line.figure], wording.danish)
    also = (*line.also, *_details(line, reckoned, wording))
    return Line(line.figure, line.term, also, shown)


def _details(line: PayslipLine, reckoned: Reckoned, wording: Wording) -> tuple[str, ...]:
    return tuple(
        plain(wording.in_danish(detail)).replace(" ", NBSP)
        for detail in line.details
        if placeholders(detail) <= reckoned.values.keys()
    )


def text_of(step: TopicStep, values: Mapping[str, Value]) -> str:
    """The step's sentence: the first variant whose figure is known, else its text."""
    return next((text for given, text in step.variants if given in values), step.text)


def terms_of(
    topic: Topic, steps: Iterable[TopicStep], reckoned: Reckoned, wording: Wording
) -> Iterator[Term]:
    """The Danish words that the reader meets in `steps`, and those of this very payslip.

    A word that only sentences left out of this sheet would have used is left out too.
    """
    labels = (place.label for place in topic.fields)
    shown = [topic.title, topic.lead, topic.do, *labels]
    shown += [text_of(step, reckoned.values) for step in steps]
    every = [sentence for sentence, where in topic.sentences() if not where.startswith("term-")]
    for word, meaning in topic.terms:
        if _met(word, shown) or not _met(word, every):
            yield Term(word, wording.said(meaning))
    figures = {line.figure for step in topic.steps for line in step.lines}
    typed = {line.key: line.term for lines in reckoned.lines.values() for line in lines}
    for key in EXPLAINED:
        term, meaning, _ = payslip_lines.TERMS[key]
        if key in typed or (key in figures and key in reckoned.values):
            yield Term(typed.get(key, term), wording.said(meaning))


def _met(word: str, sentences: Iterable[str]) -> bool:
    found = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
    return any(found.search(sentence) for sentence in sentences)


def fields_of(topic: Topic, reckoned: Reckoned, wording: Wording) -> Iterator[Field]:
    """The places to write: what was typed stands there already."""
    for place in topic.fields:
        known = [key for key in place.keys if key in reckoned.values]
        whole = bool(place.keys) and len(known) == len(place.keys)
        filled = _filled(place, reckoned, wording)
        yield Field(wording.said(place.label), 0 if whole else place.lines, filled)


def _filled(place: TopicField, reckoned: Reckoned, wording: Wording) -> Text:
    runs: list[Run] = []
    language = wording.language
    for key in place.keys:
        if key in reckoned.values:
            if runs:
                runs.append(Run(Kind.WORDS, " · ", language.html, language.direction))
            runs.extend(wording.shown(reckoned.values[key], language))
    return tuple(runs)
