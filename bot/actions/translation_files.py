"""Translations out to translators, and back: .po, XLIFF 1.2, and a sheet to read through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.actions.translations import (
    known_code,
    known_topic,
    must_keep_words,
    on_sheet,
    work_for,
)
from bot.catalog_home import CatalogHome, catalog_home
from bot.errors import BotError
from bot.people import Actor
from bot.whole_file import write_whole
from bot.words import Words
from messages.errors import Problem
from messages.po_exchange import exported_po, po_rows
from messages.po_file import Entry
from messages.po_writing import written
from messages.review_sheet import english_words, review_html
from messages.translation_import import Fate, Import, take_in
from messages.translations import Work, domains_of, work_on
from messages.xliff import unit_rows, xliff

if TYPE_CHECKING:
    from bot.app import App

LARGEST = 5_000_000
SUFFIXES = (".po", ".xlf", ".xliff", ".html")


def export(
    app: App, typed: str, file: Path, words: Words, *, domain: str = "handout", topic: str = ""
) -> int:
    """Write the catalog, or one sheet's part of it, in the format that the file's suffix names.

    Gives how many sentences the file holds; raises a Problem for an unknown language or topic.
    """
    work = work_for(app, typed, domain)
    if topic:
        known_topic(app, topic)
        work = replace(work, entries=tuple(e for e in work.entries if on_sheet(e, topic, app)))
    match _suffix(file, SUFFIXES):
        case ".po":
            content = exported_po(work)
        case ".html":
            content = review_html(work, app.library, words, words.language)
        case _:
            content = xliff(work, english_words(work, app.library))
    write_whole(file, content)
    return len(work.entries)


@dataclass(frozen=True)
class Imported:
    """What an import did; `file` is where it was written, None where nothing was new."""

    result: Import
    remarks: tuple[Problem, ...]
    file: Path | None


def bring_in(actor: Actor, app: App, typed: str, file: Path) -> Imported:
    """Take the words of a .po or .xlf that fit today's catalog, and write it whole.

    Raises a Problem, with nothing written, for a file that is broken, too large, in another
    language or of another project.
    """
    must_keep_words(actor)
    code = known_code(app, typed)
    content = _content(file)
    remarks: tuple[Problem, ...] = ()
    if _suffix(file, SUFFIXES[:-1]) == ".po":
        read = po_rows(content, file.name, app.library.languages[code])
        rows, remarks = list(read.rows), read.remarks
        domain = _domain_of({row.source for row in rows}, app, code)
    else:
        domain, rows = unit_rows(content, file.name, code)
    home = catalog_home(app.config)
    with home.alone():
        vars(app).pop("overlay", None)  # another process may have written since
        work = work_for(app, code, domain)
        result = take_in(work, rows, file.name)
        if not result.count(Fate.TAKEN):
            return Imported(result, remarks, None)
        return Imported(result, remarks, _write(work, result.entries, home))


def _domain_of(sources: set[str], app: App, code: str) -> str:
    """The catalog that shares most sentences with a .po, which does not say where it belongs."""
    works = {name: work_on(code, name, app.library, app.overlay) for name in domains_of(code)}
    shared = {
        name: sum(entry.source in sources for entry in work.entries) for name, work in works.items()
    }
    return max(shared, key=lambda name: shared[name])


def _write(work: Work, entries: tuple[Entry, ...], home: CatalogHome) -> Path:
    kept = entries
    if home.own:
        kept = tuple(entry for entry in entries if entry.words and _differs(entry, work))
    path = f"{work.language.code}/LC_MESSAGES/{work.domain}.po"
    return home.write(path, written(work.domain, kept, work.language))


def _differs(entry: Entry, work: Work) -> bool:
    ours = work.packaged.get(entry.source)
    return ours is None or (ours.words, ours.fuzzy) != (entry.words, entry.fuzzy)


def _suffix(file: Path, known: tuple[str, ...]) -> str:
    suffix = file.suffix.lower()
    if suffix not in known:
        raise BotError(
            "“{name}” skal ende på {suffixes}. Skriv f.eks. ar.po.",
            name=file.name[-40:],
            suffixes=", ".join(known),
        )
    return suffix


def _content(file: Path) -> bytes:
    if file.is_file() and file.stat().st_size > LARGEST:
        raise BotError("{file} er større end 5 MB, og det er ingen oversættelse.", file=file.name)
    return file.read_bytes()
