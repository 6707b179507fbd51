"""A row as work to do: what sheet, in what file; and doing it, in whichever process that is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from bot.actions.handouts import HandoutRequest, make_handout
from bot.bulk.edition import edition_of
from bot.bulk.rows import REQUIRED, Row
from bot.errors import BotError
from bot.people import Actor
from bot.whole_file import write_whole
from messages.errors import Problem
from messages.formats import render, suffix_of
from messages.library import Library, Overlay, load_library
from messages.tables import N_

SWITCHES = ("bilingual", "large", "script", "allow_draft")
_YES, _NO = {"1", "ja", "x", "yes", "true", "sand"}, {"0", "nej", "no", "false", "falsk"}
_NAME = 20  # hex digits of a file's name: 80 bits


@dataclass(frozen=True)
class Shelf:
    """What every sheet of a run is made from.

    `edition` is the fingerprint of it all, by `edition_of`; a worker must have the same.
    """

    actor: Actor
    overlay: Overlay
    edition: str
    day: date
    reviewed_only: bool


@dataclass(frozen=True)
class Job:
    """One sheet to make: `file` is its name, from what goes into it, never from what was typed."""

    file: str
    suffix: str
    request: HandoutRequest


@dataclass(frozen=True)
class Made:
    """A sheet with its SHA-256, or the reason that there is none.

    `content` is empty where the worker wrote the file itself.
    """

    file: str
    content: bytes = b""
    seal: str = ""
    fault: Problem | None = None


def job_of(row: Row, shelf: Shelf) -> Job:
    """The work that a row asks for; raises a Problem for a wrong cell. Its facts are read later."""
    if row.fault is not None:
        raise row.fault
    cells = dict(row.cells)
    for column in REQUIRED:
        if column not in cells:
            raise BotError(
                "{column} er tom. Skriv f.eks. loenseddel, ar og pdf i de tre første kolonner.",
                column=column,
            )
    suffix = suffix_of(f"x.{cells['format'].lstrip('.')}")
    switches = {name: _is_on(name, cells.pop(name, "nej")) for name in SWITCHES}
    year = _year(cells.pop("year", ""))
    topic, language, _ = (cells.pop(column) for column in REQUIRED)
    request = HandoutRequest(topic, language, cells, year=year, **switches)
    return Job(f"{_digest(request, suffix, shelf)}{suffix}", suffix, request)


def _is_on(name: str, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise BotError("“{text}” i {name} er hverken ja eller nej.", text=text[:20], name=name)


def _year(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BotError("“{text}” er ikke et år. Skriv f.eks. 2026.", text=text[:20])
    return int(text) if text else None


def _digest(request: HandoutRequest, suffix: str, shelf: Shelf) -> str:
    """The same for the same sheet on any machine; another figure, word or template changes it."""
    whole = [vars(request), suffix, shelf.edition, shelf.day.year, shelf.reviewed_only]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_NAME]


_shelves: dict[str, Library] = {}


def library_of(overlay: Overlay, edition: str) -> Library:
    """The library of this process, loaded once; raises BotError where its edition is another."""
    if edition not in _shelves:
        if edition_of(overlay) != edition:
            raise BotError(
                "Arbejderen har en anden udgave af Brobygger. Installer samme udgave på alle."
            )
        _shelves[edition] = load_library(overlay)
    return _shelves[edition]


def make(shelf: Shelf, out: Path | None, jobs: tuple[Job, ...]) -> tuple[Made, ...]:
    """The sheets of `jobs`; runs in a worker, and one bad sheet spoils no other.

    Writes each into the folder `out`, or hands it back where the worker cannot see that folder.
    Raises BotError when the folder cannot be written, for then no sheet can be.
    """
    library = library_of(shelf.overlay, shelf.edition)
    return tuple(_put(_made(shelf, job, library), out) for job in jobs)


def _put(made: Made, out: Path | None) -> Made:
    if out is None or made.fault is not None:
        return made
    write_whole(out / made.file, made.content, durable=False)
    return replace(made, content=b"")


def _made(shelf: Shelf, job: Job, library: Library) -> Made:
    try:
        document = make_handout(
            shelf.actor, job.request, library, shelf.day, reviewed_only=shelf.reviewed_only
        )
        content = render(document, library, job.suffix)
    except Problem as problem:
        return Made(job.file, fault=problem)
    except Exception as error:  # noqa: BLE001 - a defect in one sheet must not cost the others
        said = N_("Arket kunne ikke laves ({kind}). Prøv det alene med brobygger handout.")
        return Made(job.file, fault=Problem(said, kind=type(error).__name__))
    return Made(job.file, content, sha256(content).hexdigest())
