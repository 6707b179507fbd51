"""Translations that come back: what is taken, and why the rest is not, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from messages.catalog_checks import faults_of
from messages.catalogs import seal
from messages.errors import MessagesError, Problem
from messages.po_file import Entry
from messages.tables import N_
from messages.translations import Work


class Fate(StrEnum):
    """What became of one row of a file."""

    TAKEN = "taken"
    SAME = "same"
    UNFINISHED = "unfinished"
    REFUSED = "refused"


@dataclass(frozen=True)
class Incoming:
    """A row of a file. `base`: the seal of what the catalog held when the file was made, None where
    the file does not say; `broken`: why the row cannot be read at all."""

    source: str
    words: str
    base: str | None = None
    unfinished: bool = False
    broken: Problem | None = None


@dataclass(frozen=True)
class Row:
    """The fate of one sentence; `why` is said where it was refused."""

    source: str
    fate: Fate
    why: Problem | None = None


@dataclass(frozen=True)
class Import:
    """The catalog as it would be, and every row's fate; nothing has been written."""

    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)


def take_in(work: Work, incoming: Iterable[Incoming], file: str) -> Import:
    """The catalog with the words of the file that fit it.

    Refused, each on its own: words made for another Danish sentence than today's, words older than
    the catalog's, and words with a severe fault. Raises MessagesError where no sentence of the file
    is one of ours: it belongs to another project.
    """
    entries = {entry.source: entry for entry in work.entries}
    rows: list[Row] = []
    seen: set[str] = set()
    for row in incoming:
        twice = row.source in seen
        seen.add(row.source)
        fate, why = (Fate.REFUSED, Problem(_TWICE)) if twice else _judged(row, entries, work)
        rows.append(Row(row.source, fate, why))
        if fate is Fate.TAKEN:
            old = entries[row.source]
            entries[row.source] = replace(old, words=row.words, fuzzy=False, previous="")
    outdated = {entry.previous for entry in work.entries if entry.fuzzy}
    if rows and not any(row.source in entries or row.source in outdated for row in rows):
        raise MessagesError(
            "{file} har ingen af vores sætninger: den hører til noget andet. "
            "Hent en ny med brobygger translations export {code} {name}.po.",
            file=file,
            code=work.language.code,
            name=work.domain,
        )
    return Import(tuple(entries[entry.source] for entry in work.entries), tuple(rows))


def row_base(entry: Entry) -> str:
    """What an exported row remembers of the catalog: it is refused once the catalog holds newer."""
    return seal(entry.source, entry.words)


def _judged(row: Incoming, entries: dict[str, Entry], work: Work) -> tuple[Fate, Problem | None]:
    if row.broken:
        return Fate.REFUSED, row.broken
    entry = entries.get(row.source)
    if entry is None:
        return Fate.REFUSED, _not_ours(row, work)
    if row.unfinished or not row.words:
        return Fate.UNFINISHED, None
    if entry.words == row.words and not entry.fuzzy:
        return Fate.SAME, None
    if _is_older(row, entry):
        return Fate.REFUSED, Problem(_NEWER)
    said = replace(entry, words=row.words, fuzzy=False)
    severe = (fault for fault in faults_of(said, work.rules, work.file) if fault.severe)
    fault = next(severe, None)
    return (Fate.REFUSED, fault.what) if fault else (Fate.TAKEN, None)


def _not_ours(row: Incoming, work: Work) -> Problem:
    changed = next((entry for entry in work.entries if entry.previous == row.source), None)
    if changed is None:
        return Problem(_GONE)
    return Problem(_CHANGED, now=changed.source)


def _is_older(row: Incoming, entry: Entry) -> bool:
    """Whether the catalog has got other words since the file was made, or nobody can tell."""
    if row.base is not None:
        return row.base != row_base(entry)
    return bool(entry.words) and not entry.fuzzy


_TWICE = N_("står to gange i filen; slet den ene")
_NEWER = N_("er rettet i kataloget, siden filen blev hentet; eksportér igen, og ret i den nye fil")
_GONE = N_("findes ikke på dansk længere; eksportér igen for at få sætningerne, som de er nu")
_CHANGED = N_("er oversat fra en ældre dansk sætning; nu hedder den “{now}”; eksportér igen")
