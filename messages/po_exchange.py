"""A catalog as a .po that leaves the house for Poedit or Weblate, and comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from messages.catalog_checks import squeezed
from messages.errors import MessagesError, Problem
from messages.language_codes import normal_code
from messages.languages import Language
from messages.po_file import Entry, headers, read_whole
from messages.po_writing import written
from messages.tables import N_
from messages.translation_import import Incoming, row_base
from messages.translations import Work
from messages.xliff import terms_note

_BASE = re.compile(r"brobygger: ([0-9a-f]{12})")
_PLURAL_REPLACED = N_(
    "Filens flertalsregel passer ikke til {language}; kataloget beholder sin egen."
)


@dataclass(frozen=True)
class PoFile:
    """What a returning .po holds; `remarks` are what was put right on the way in."""

    rows: tuple[Incoming, ...]
    remarks: tuple[Problem, ...]


def exported_po(work: Work) -> bytes:
    """The catalog with, beside each sentence, the glossary's words and a seal of what it held."""
    return written(work.domain, _with_seals(work), work.language)


def _with_seals(work: Work) -> Iterator[Entry]:
    for entry in work.entries:
        more = [*terms_note(entry, work), f"brobygger: {row_base(entry)}"]
        yield replace(entry, notes=[*entry.notes, *more])


def po_rows(content: bytes, file: str, language: Language) -> PoFile:
    """The rows of a .po in `language`.

    A header that is fuzzy or counts plurals otherwise is put right and told of. Raises
    MessagesError for a file that cannot be read, has no sentences, or is in another language.
    """
    entries = list(read_whole(content, file))
    head = next((headers(entry) for entry in entries if not entry.source), {})
    named = head.get("Language", "")
    if named and normal_code(named) != language.code:
        raise MessagesError(
            "{file} er på “{found}”, ikke på {code}. Vælg den rigtige fil, eller ret Language.",
            file=file,
            found=named,
            code=language.code,
        )
    rows = tuple(_row(entry) for entry in entries if entry.source)
    if not rows:
        raise MessagesError(
            "{file} har ingen sætninger. Hent en: brobygger translations export {code} {code}.po.",
            file=file,
            code=language.code,
        )
    plural = head.get("Plural-Forms", "")
    wrong = plural and squeezed(plural) != squeezed(language.plural)
    remarks = (Problem(_PLURAL_REPLACED, language=language.name_da),) if wrong else ()
    return PoFile(rows, remarks)


def _row(entry: Entry) -> Incoming:
    seals = [found[1] for note in entry.notes if (found := _BASE.fullmatch(note))]
    odd = N_("har {field}, som vores sætninger ikke har; eksportér igen, og ret i den nye fil")
    return Incoming(
        entry.source,
        entry.words,
        base=seals[0] if seals else None,
        unfinished=entry.fuzzy,
        broken=Problem(odd, field=entry.odd) if entry.odd else None,
    )
