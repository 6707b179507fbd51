"""Making a handout: the one way in, whichever door it came through. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.config import Contact
from bot.errors import Refused
from bot.people import Actor
from messages.compose import compose
from messages.document import Document
from messages.formats import render, suffix_of
from messages.language_codes import known_code
from messages.library import Library

FIRST_YEAR, LAST_YEAR = 2020, 2100


@dataclass(frozen=True)
class HandoutRequest:
    """What the caseworker asked for; `facts` are as typed, `year` None means that of the day."""

    topic: str
    language: str
    facts: Mapping[str, str] = field(default_factory=dict)
    bilingual: bool = False
    large: bool = False
    script: bool = False
    year: int | None = None
    allow_draft: bool = False


def make_handout(
    actor: Actor,  # noqa: ARG001 - everyone who works here may make a handout
    request: HandoutRequest,
    library: Library,
    today: date,
    *,
    reviewed_only: bool = False,
    site: str = "",
    contacts: Iterable[Contact] = (),
) -> Document:
    """The sheet, composed but in no format yet; nothing is written and nothing kept.

    `site` is the address of `[site]`: the square code leads there. `contacts` give the phone
    numbers that the topic asks for and nobody typed. Raises Refused where the municipality
    demands reviewed words and these are not, and MessagesError for an unknown topic or language
    and for wrong facts.
    """
    _check_year(request.year)
    document = compose(
        request.topic,
        known_code(request.language, library.languages),
        _with_contacts(request, library, contacts),
        library,
        today,
        bilingual=request.bilingual,
        large=request.large,
        year=request.year,
        script=request.script,
        allow_draft=request.allow_draft,
        site=site,
    )
    if reviewed_only and not request.allow_draft and document.marks.draft:
        raise Refused(
            "Ingen har godkendt {language} for {topic} endnu, og kommunen kræver det. "
            "Vælg et andet sprog, f.eks. dansk.",
            language=document.language.name_da,
            topic=document.topic,
            terminal="--allow-draft",
        )
    return document


def _check_year(year: int | None) -> None:
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            "Året {year} kan ikke bruges. Skriv et år fra {first}, f.eks. 2026.",
            terminal="--year 2026",
            year=year,
            first=FIRST_YEAR,
        )


def _with_contacts(
    request: HandoutRequest, library: Library, contacts: Iterable[Contact]
) -> Mapping[str, str]:
    """The typed facts, and the municipality's own numbers for those left out."""
    topic = library.topics.get(request.topic)
    reachable = [contact for contact in contacts if contact.phone]
    known = {
        fact.key: contact.phone
        for fact in (topic.facts if topic else ())
        for contact in reversed(reachable)
        if set(fact.subjects) & {subject.casefold() for subject in contact.subjects}
    }
    return known | dict(request.facts)


def rendered(document: Document, library: Library, name: str) -> bytes:
    """The sheet's bytes in the format that the file name's suffix chooses."""
    return render(document, library, suffix_of(name))
