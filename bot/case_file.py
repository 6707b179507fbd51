"""A CSV as a case system exports it, read into the few columns that are asked for."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.config_followups import COLUMNS
from bot.errors import BotError
from messages.tables import did_you_mean
from scheduler.cases import read_day
from scheduler.plans import Anchor

LARGEST, MOST_ROWS = 20_000_000, 100_000
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "sag", "sagsnr", "sagsnummer", "sagsid", "reference", "journalnr"),
    "plan": ("plan", "forløb", "indsats", "indsatstype"),
    "start": ("start", "startdato", "fra", "fradato", "begynder"),
    "end": ("end", "slut", "slutdato", "til", "tildato", "ophører"),
    "first_payday": ("firstpayday", "førsteløn", "førstelønningsdag", "førsteløndato"),
    "owner": ("owner", "ansvarlig", "sagsbehandler", "medarbejder"),
    "outcome": ("outcome", "udfald", "resultat"),
}
"""What our columns may be called, written small without blanks and signs."""


@dataclass(frozen=True)
class FileRow:
    """A line of the file: its number as an editor counts, and the mapped cells, none else."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class CaseFile:
    """The rows, which heading gave which column, and the headings that were not read."""

    rows: tuple[FileRow, ...]
    mapped: Mapping[str, str]
    dropped: tuple[str, ...]


def read_case_file(content: bytes, columns: Mapping[str, str]) -> CaseFile:
    """The rows of a CSV. `columns` names a heading for each of our columns where its own name
    does not tell. Cells of other columns are dropped without being looked at.

    UTF-8 with or without a mark, UTF-16 with one, else Windows' Danish; commas, semicolons or tabs.
    Raises BotError for a file that is none, or lacks the case column.
    """
    text = _decoded(content)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    try:
        headings = next(lines, [])
        places = _places(headings, columns)
        rows: list[FileRow] = []
        for cells in lines:
            if any(cell.strip() for cell in cells):
                rows.append(_row(lines.line_num, cells, places))
            if len(rows) > MOST_ROWS:
                raise BotError("Filen har mere end {most} rækker. Del den.", most=MOST_ROWS)
    except csv.Error as error:
        raise BotError(
            "Linje {line} er ikke gyldig CSV ({reason}). Ret anførselstegnene i den.",
            line=lines.line_num,
            reason=error,
        ) from None
    mapped = {name: headings[place].strip() for name, place in places.items()}
    read = set(places.values())
    dropped = tuple(one.strip() for place, one in enumerate(headings) if place not in read)
    return CaseFile(tuple(rows), mapped, dropped)


def read_file_day(text: str, anchor: Anchor) -> date:
    """A date as `2026-03-02`, or as Danes write it: `2.3.2026`, `02-03-2026`, `02/03/2026`."""
    danish = re.fullmatch(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})", text.strip(), re.ASCII)
    if danish:
        day, month, year = danish.groups()
        text = f"{year}-{int(month):02d}-{int(day):02d}"
    return read_day(text.strip().removesuffix(" 00:00:00").removesuffix("T00:00:00"), anchor)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BotError("Filen er større end 20 MB. Del den i flere filer.")
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise BotError("Filen er et regneark. Gem den som CSV (UTF-8), og prøv igen.")
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or "�" in text:
        raise BotError("Filen er ikke tekst. Gem den som CSV (UTF-8), og prøv igen.")
    return text


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(";,\t", key=first.count)


def _places(headings: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Where each of our columns stands. Raises BotError when one is missing or stands twice."""
    plain = [_plain(one) for one in headings]
    places: dict[str, int] = {}
    for name in COLUMNS:
        wanted = [_plain(columns[name])] if name in columns else list(HEADINGS[name])
        found = [place for place, heading in enumerate(plain) if heading in wanted]
        if len(found) > 1:
            raise BotError(
                "Kolonnerne {headings} kan begge være {name}. Skriv under [import.columns], "
                "hvilken det er.",
                headings=", ".join(headings[place].strip() for place in found),
                name=name,
            )
        if found:
            places[name] = found[0]
        elif name in columns:
            raise BotError(
                "Kolonnen “{heading}” findes ikke i filen{hint}",
                heading=columns[name],
                hint=did_you_mean(columns[name], [one.strip() for one in headings]),
            )
    if "case" not in places:
        raise BotError(
            "Filen har ingen kolonne med sagens nummer. Kald den “sag”, eller skriv dens navn "
            "under [import.columns], f.eks. case = “Sagsnr.”."
        )
    return places


def _row(line: int, cells: list[str], places: Mapping[str, int]) -> FileRow:
    return FileRow(
        line,
        {
            name: cells[place].strip()
            for name, place in places.items()
            if place < len(cells) and cells[place].strip()
        },
    )


def _plain(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
