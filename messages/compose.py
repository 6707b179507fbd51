"""(topic, language, facts, rates) → Document: the page before it is a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from messages import furniture
from messages.catalogs import Catalog
from messages.document import (
    Document,
    Drawing,
    Marks,
    Said,
    Source,
    Step,
)
from messages.facts import Facts, read_facts
from messages.figures_drawn import (
    PRACTICE_WEEK,
    WEEK,
    drawn_week,
    money_bar,
    pay_calendar,
    pictured,
)
from messages.formatting import Value, ValueKind
from messages.languages import DANISH, unknown_language
from messages.library import Library
from messages.rates import rates_for
from messages.reckoned import Reckoned
from messages.reckoning import reckon
from messages.sheet_parts import EXPLANATIONS, fields_of, lines_of, terms_of, text_of
from messages.square_code import code_for
from messages.topics import Topic, TopicStep, unknown_topic
from messages.wording import Wording

ASK_PICTURE = "ask-for-help"


def compose(
    topic_id: str,
    language_code: str,
    facts: Mapping[str, str],
    library: Library,
    on: date,
    *,
    bilingual: bool = False,
    large: bool = False,
    year: int | None = None,
    script: bool = False,
    allow_draft: bool = False,
    site: str = "",
) -> Document:
    """The sheet on `topic_id` in `language_code` with the figures of `year`, or of the day `on`.

    `site` is the address that the municipality's sheets are published at, for the square code.
    A language that nobody has checked is set beside the Danish, unless `allow_draft`. Raises
    MessagesError for an unknown topic, language or fact, a fact that is missing or wrong, and
    figures that the year lacks.
    """
    topic = library.topics.get(topic_id)
    if topic is None:
        raise unknown_topic(topic_id, list(library.topics))
    if language_code not in library.languages:
        raise unknown_language(language_code, library.languages)
    read = read_facts(topic, facts)
    rates = rates_for(library.rates, on if year is None else date(year, 1, 1))
    reckoned = reckon(topic.sum, read.values, rates)
    wording, draft = _wording(
        topic, language_code, library, reckoned, bilingual=bilingual, allow_draft=allow_draft
    )
    sheet = _Sheet(topic, wording, read, reckoned, library).document(
        year=rates.year, draft=draft, large=large, script=script
    )
    return replace(sheet, code=code_for(site, sheet.language.code, topic.id, sheet.sources))


def _wording(
    topic: Topic,
    code: str,
    library: Library,
    reckoned: Reckoned,
    *,
    bilingual: bool,
    allow_draft: bool,
) -> tuple[Wording, bool]:
    """The words of the sheet, and whether they are a draft: some sentence is not reviewed."""
    code = DANISH if topic.danish_only else code
    catalog = library.handout.get(code, Catalog(code, "handout"))
    draft = not all(catalog.is_reviewed(sentence) for sentence in sheet_sentences(topic))
    beside = code != DANISH and (bilingual or (draft and not allow_draft))
    danish = library.languages[DANISH]
    return Wording(library.languages[code], catalog, danish, reckoned.values, beside), draft


def sheet_sentences(topic: Topic) -> Iterator[str]:
    """Every sentence that a sheet on the topic may hold, its furniture included."""
    yield from (sentence for sentence, _ in topic.sentences())
    if any(fact.kind is ValueKind.LINES for fact in topic.facts):
        yield from EXPLANATIONS
    if any(step.picture == PRACTICE_WEEK for step in topic.steps):
        yield furniture.WEEK_ALT
    yield from furniture.SENTENCES


class _Sheet:
    """One sheet being put together: the parts share the topic, the words and the figures."""

    def __init__(
        self, topic: Topic, wording: Wording, facts: Facts, reckoned: Reckoned, library: Library
    ) -> None:
        self.topic = topic
        self.say = wording.said
        self.wording = wording
        self.facts = facts
        self.reckoned = reckoned
        self.library = library

    def document(self, *, year: int, draft: bool, large: bool, script: bool) -> Document:
        chosen = tuple(self._steps())
        steps = tuple(self._step(number, step) for number, step in enumerate(chosen, 1))
        contact = "contact" in self.reckoned.values
        sheet = Document(
            topic=self.topic.id,
            language=self.wording.language,
            beside=self.wording.danish if self.wording.beside else None,
            marks=Marks(bool(self.facts.examples), draft, 0),
            year=year,
            large=large,
            script=script,
            title=self.say(self.topic.title),
            lead=self.say(self.topic.lead) if self.topic.lead else None,
            bar=money_bar(self.reckoned, self.wording, steps),
            calendar=pay_calendar(self.topic, self.reckoned, self.wording),
            steps=steps,
            terms=tuple(terms_of(self.topic, chosen, self.reckoned, self.wording)),
            fields=tuple(fields_of(self.topic, self.reckoned, self.wording)),
            do=self.say(self.topic.do) if self.topic.do else None,
            ask=self.say(furniture.ASK_CONTACT if contact else furniture.ASK),
            goal=self.topic.goal if script else "",
            ask_picture=self._picture(ASK_PICTURE),
            notices=(),
            sources=tuple(Source(title, url) for title, url in self.topic.sources),
            code=None,
            furniture=tuple(self._furniture()),
        )
        notices = tuple(self._notices(year, draft=draft))
        marks = replace(sheet.marks, untranslated=len(self.wording.untranslated))
        return replace(sheet, notices=notices, marks=marks)

    def _furniture(self) -> Iterator[tuple[str, Said]]:
        for name, sentence in furniture.FURNITURE.items():
            yield name, self.say(sentence)

    def _steps(self) -> Iterator[TopicStep]:
        values = self.reckoned.values
        for step in self.topic.steps:
            needed = values.get(step.needs)
            there = not step.needs or (needed is not None and (needed.number or needed.words))
            if there and not (step.unless and step.unless in values):
                yield step

    def _step(self, number: int, step: TopicStep) -> Step:
        values = self.reckoned.values
        return Step(
            number=number,
            id=step.id,
            said=self.say(text_of(step, values)),
            picture=self._picture(pictured(step, values)),
            lines=tuple(lines_of(step, self.reckoned, self.wording)),
            check=self.say(step.check) if step.check else None,
            short=step.short,
        )

    def _picture(self, name: str) -> Drawing | None:
        if name == WEEK:
            return drawn_week(self.reckoned, self.wording)
        picture = self.library.pictures.get(name)
        if picture is None:
            return None
        catalog, language = self.wording.catalog, self.wording.language
        lang = language.html if catalog.has(picture.alt) else DANISH
        return Drawing(picture.id, picture.svg, catalog.text(picture.alt), lang)

    def _notices(self, year: int, *, draft: bool) -> Iterator[Said]:
        if self.facts.examples:
            whole = any(
                fact.required and fact.key in self.facts.examples for fact in self.topic.facts
            )
            yield self.say(furniture.EXAMPLE_SHEET if whole else furniture.EXAMPLE_CARD)
        if self.reckoned.about:
            yield self.say(furniture.ABOUT_NOTICE)
        dated = furniture.YEAR if self.topic.sum else furniture.MADE
        yield self.say(dated, year=Value(ValueKind.COUNT, Decimal(year)))
        for term, last in self.reckoned.carried.items():
            yield self.say(
                furniture.CARRIED,
                term=Value(ValueKind.TEXT, words=term),
                year=Value(ValueKind.COUNT, Decimal(last)),
            )
        if self.wording.untranslated:
            yield self.say(furniture.UNTRANSLATED)
        if draft:
            yield self.say(furniture.DRAFT)
