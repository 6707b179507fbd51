"""Guidelines added, listed, removed and checked; only who owns guidelines may change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz

from bot.answers.documents import Document, Facts
from bot.answers.index import IndexFile
from bot.answers.opening import ADDED
from bot.answers.passages import normalised, passages_of
from bot.answers.reading import read_document
from bot.answers.terms import fold
from bot.errors import Refused
from bot.people import Actor, Role
from messages.errors import Problem
from messages.tables import N_

_NEAR_DUPLICATE = 80
_COMPARED = 20_000


@dataclass(frozen=True)
class Added:
    """What became of a file: its name, its passages, the share repaired, and what it resembles."""

    name: str
    title: str
    passages: int
    replaced: bool
    scanned: bool
    restored: float
    resembles: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A guideline in the index."""

    id: int
    origin: str
    name: str
    facts: Facts
    scanned: bool


@dataclass(frozen=True)
class Finding:
    """Something that a guideline lacks, as a sentence."""

    id: int
    name: str
    what: Problem


def add(actor: Actor, paths: Sequence[Path], facts: Facts, index: IndexFile) -> list[Added]:
    """Read the files and store them, all or none; a file of the same name is replaced.

    Raises Refused for an actor without the role, BotError for a file that cannot be read.
    """
    _demand_owner(actor)
    documents = [read_document(path, facts) for path in paths]
    before = {one.name: one for one in index.sources() if one.origin == ADDED}
    others = [(one.name, _squashed(index.document(one.id))) for one in index.sources()]
    results = [
        Added(
            document.name,
            document.title,
            len(passages_of(document)),
            document.name in before,
            document.scanned,
            document.restored,
            _resembling(document, others),
        )
        for document in documents
    ]
    index.put([(ADDED, document) for document in documents])
    return results


def remove(actor: Actor, number: int, index: IndexFile) -> str:
    """Drop a guideline that was added by hand, by its number; gives its name.

    Raises Refused for an unknown number and for one that comes from a file that stands elsewhere.
    """
    _demand_owner(actor)
    found = next((one for one in index.sources() if one.id == number), None)
    if found is None:
        raise Refused(
            "Der er ingen retningslinje med nummer {number}. Se numrene med "
            "brobygger guidelines list.",
            number=number,
        )
    if found.origin != ADDED:
        raise Refused(
            "{name} kommer fra en fil og ikke fra guidelines add. Fjern filen fra mappen i stedet.",
            name=found.name,
        )
    index.put([], [number])
    return found.name


def listed(index: IndexFile) -> list[Listed]:
    """Every guideline, in the order in which it came."""
    cards = index.cards()
    return [
        Listed(one.id, one.origin, one.name, cards[one.id].facts, cards[one.id].scanned)
        for one in index.sources()
    ]


def check(index: IndexFile, today: date) -> list[Finding]:
    """What the guidelines lack: an owner, a review date, a kind; and those that have run out."""
    findings = []
    for one in listed(index):
        findings += [Finding(one.id, one.name, what) for what in _lacks(one.facts, today)]
    return findings


def _lacks(facts: Facts, today: date) -> list[Problem]:
    lacking = []
    if not facts.owner:
        lacking.append(Problem(N_("mangler en ejer (owner)")))
    if facts.review_by is None:
        lacking.append(Problem(N_("mangler en dato for gennemsyn (review_by)")))
    elif facts.review_by < today:
        lacking.append(Problem(N_("skulle være set igennem {date}"), date=facts.review_by))
    if facts.kind == "unknown":
        lacking.append(Problem(N_("siger ikke, om det er lov, lokal regel eller erfaring (kind)")))
    if facts.valid_to and facts.valid_to < today:
        lacking.append(Problem(N_("udløb {date}"), date=facts.valid_to))
    return lacking


def _demand_owner(actor: Actor) -> None:
    if not actor.may(Role.GUIDELINE_OWNER):
        raise Refused(
            "Kun den, der har rollen guideline_owner, kan ændre retningslinjer. "
            "Spørg jeres administrator."
        )


def _squashed(document: Document) -> str:
    text = normalised(document)[: 2 * _COMPARED].lower()
    return "".join(letter for letter in fold(text) if letter.isalnum())[:_COMPARED]


def _resembling(document: Document, others: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Guidelines under another name that say nearly the same."""
    own = _squashed(document)
    return tuple(
        name
        for name, text in others
        if name != document.name
        and min(len(own), len(text)) > 0.5 * max(len(own), len(text))
        and fuzz.ratio(own, text, score_cutoff=_NEAR_DUPLICATE) >= _NEAR_DUPLICATE
    )
