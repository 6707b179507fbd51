"""Guidelines added, listed, removed and checked; only who owns guidelines may change them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz import fuzz

from bot.answers.documents import Document, Facts
from bot.answers.index import IndexFile
from bot.answers.opening import ADDED, SUFFIXES
from bot.answers.passages import normalised, passages_of
from bot.answers.reading import read_document
from bot.answers.terms import fold
from bot.errors import BotError, Refused
from bot.people import Actor, Role
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_

_NEAR_DUPLICATE = 80
_COMPARED = 20_000
_UNSAFE = re.compile(r"[^\w .()-]")
_LONGEST_NAME = 80


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

    Raises Refused for an actor without the role and for a text with a CPR number in it, BotError
    for a file that cannot be read.
    """
    demand_owner(actor)
    documents = [read_document(path, facts) for path in paths]
    for document in documents:
        _refuse_cpr(document)
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


def take_in(actor: Actor, name: str, content: bytes, facts: Facts, index: IndexFile) -> Added:
    """The same for one file that somebody sent, under the name that they gave it.

    Raises as `add`, and for a name that no guideline may have.
    """
    demand_owner(actor)
    name = readable_name(name)
    with TemporaryDirectory(prefix="brobygger-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return add(actor, [path], facts, index)[0]


def readable_name(sent: str) -> str:
    """The last part of a file name, with nothing in it that a path or a page could trip over.

    Raises BotError where its ending is none of those that are read.
    """
    bare = _UNSAFE.sub("", re.split(r"[/\\]", sent)[-1]).strip(" .")
    stem, suffix = Path(bare).stem[:_LONGEST_NAME].strip(" ."), Path(bare).suffix
    if not stem or suffix.lower() not in SUFFIXES:
        raise BotError(
            "{file} er ikke en fil, der kan læses. Vælg f.eks. en .pdf, .docx, .md eller .txt.",
            file=f"{stem}{suffix[:12]}" or "?",
        )
    return f"{stem}{suffix}"


def remove(actor: Actor, number: int, index: IndexFile) -> str:
    """Drop a guideline that was added by hand, by its number; gives its name.

    Raises Refused for an unknown number and for one that comes from a file that stands elsewhere.
    """
    demand_owner(actor)
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


def demand_owner(actor: Actor) -> None:
    """Raise Refused unless the actor keeps the guidelines."""
    if not actor.may(Role.GUIDELINE_OWNER):
        raise Refused(
            "Kun den, der har rollen guideline_owner, kan ændre retningslinjer. "
            "Spørg jeres administrator."
        )


def _refuse_cpr(document: Document) -> None:
    """No guideline holds a citizen's number: it would be quoted to everyone who asks."""
    facts = document.facts
    if find_cpr(f"{document.name}\n{facts.title}\n{facts.source}\n{facts.owner}"):
        raise Refused(
            "Filens navn, titel eller kilde rummer et tal, der ligner et CPR-nummer. Ret det, og "
            "prøv igen."
        )
    found = [one for one in find_cpr(document.raw) if one.certainty == "block"]
    if found:
        raise Refused(
            "I {file} står et tal, der ligner et CPR-nummer, i linje {line} af teksten. Fjern det, "
            "og prøv igen.",
            file=document.name,
            line=document.raw.count("\n", 0, found[0].start) + 1,
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
