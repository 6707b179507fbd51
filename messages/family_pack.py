"""A family pack: several topics in several languages with one adult's numbers, in one PDF.

Joining finished PDFs would lose their tags, so Typst sets all sheets as one tagged document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from messages.document import Document
from messages.errors import MessagesError
from messages.languages import DANISH
from messages.moneybar import GAP
from messages.page_pdf import fitted, page_count, sheet_content
from messages.page_text import text
from messages.topics import Fact, Topic
from messages.typesetting import NotSet, typeset

if TYPE_CHECKING:
    from messages.library import Library

MOST_SHEETS = 30


@dataclass(frozen=True)
class Asked:
    """One question of the pack: the fact, under the name it is typed by, for the topics that ask
    in these words. `fact.required` where one of them cannot do without."""

    name: str
    fact: Fact
    topics: tuple[str, ...]


def asked_once(topics: Iterable[Topic]) -> tuple[Asked, ...]:
    """The union of what the topics ask for, each question once, in the order it is first asked.

    Two facts of one key are one question only where they are asked in the same words: the phone
    number of a workplace is not that of a company's contact.
    """
    found: dict[tuple[str, str], Asked] = {}
    for topic in topics:
        for fact in topic.facts:
            same = found.get((fact.key, fact.label))
            if same is None:
                taken = any(asked.name == fact.key for asked in found.values())
                name = f"{topic.id}.{fact.key}" if taken else fact.key
                found[fact.key, fact.label] = Asked(name, fact, (topic.id,))
                continue
            first = replace(
                same.fact,
                required=same.fact.required or fact.required,
                stand_in=same.fact.stand_in or fact.stand_in,
            )
            found[fact.key, fact.label] = Asked(same.name, first, (*same.topics, topic.id))
    return tuple(found.values())


def facts_for(topic: Topic, asked: Iterable[Asked], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed that this topic asks for, by the topic's own keys."""
    return {
        one.fact.key: typed[one.name]
        for one in asked
        if topic.id in one.topics and typed.get(one.name)
    }


def sheets_of(topics: Iterable[Topic], languages: Sequence[str]) -> Iterator[tuple[Topic, str]]:
    """The sheets of a pack, language by language; what is for Danes alone comes once, in Danish."""
    chosen = tuple(topics)
    for code in languages:
        yield from ((topic, code) for topic in chosen if not topic.danish_only)
    yield from ((topic, DANISH) for topic in chosen if topic.danish_only)


def family_pack(
    documents: Sequence[Document], library: Library, title: str, lang: str = DANISH
) -> bytes:
    """All sheets as one PDF/UA-1, each starting on a page of its own.

    `title` names the file, in the language `lang` of who makes it. Raises MessagesError without
    sheets, with more than MOST_SHEETS, and on any warning of the typesetter.
    """
    if not 1 <= len(documents) <= MOST_SHEETS:
        raise MessagesError(
            "En pakke er på 1 til {most} ark, og her er {count}. Vælg færre emner eller sprog.",
            most=MOST_SHEETS,
            count=len(documents),
        )
    sheets = [_part(document, library) for document in documents]
    pack = {"title": title, "lang": lang, "sheets": sheets}
    try:
        return typeset("family_pack", pack, "pdf")[0]
    except NotSet as error:
        raise MessagesError(
            "Pakken “{title}” kunne ikke sættes op til tryk: {reason}. Hent arkene et for et.",
            title=title,
            reason=str(error)[:300],
        ) from error


def pages_of(documents: Iterable[Document], library: Library) -> int:
    """How many pages of A4 the sheets take in a pack."""
    return sum(page_count(fitted(document, library)[1]) for document in documents)


def _part(document: Document, library: Library) -> dict[str, object]:
    """A sheet with the sizes at which it fits its pages, as the template reads it."""
    fit, made = fitted(document, library)
    inputs = {
        "form": "a4",
        "size": f"{fit.size:.1f}",
        "side": f"{fit.side:.2f}",
        "gap": f"{fit.gap:.2f}",
        "pages": str(page_count(made)),
        "turn": "yes" if fit.turn else "no",
        "text": text(document, library),
    }
    return {"sheet": sheet_content(document, GAP), "inputs": inputs}
