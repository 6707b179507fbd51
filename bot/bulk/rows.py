"""A CSV file as Danish Excel, LibreOffice or a program writes it → rows, the bad ones marked."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import BotError
from messages.errors import Problem
from messages.personal_data import holds_cpr
from messages.tables import N_

REQUIRED = ("topic", "lang", "format")
DELIMITERS = (",", ";", "\t")
LARGEST = 50_000_000  # bytes
_EXAMPLE = "topic,lang,format,gross"


@dataclass(frozen=True)
class Row:
    """One row: `number` as a spreadsheet shows it (the heading is 1), its filled cells by column.

    A row with a `fault` has no cells: what stood in it is not carried on.
    """

    number: int
    cells: Mapping[str, str]
    fault: Problem | None = None


def read_rows(data: bytes, name: str) -> tuple[Row, ...]:
    """The rows of a CSV file in UTF-8, with or without a byte-order mark; blank rows fall away.

    Comma, semicolon and tab are told apart by the heading. Raises BotError for another encoding,
    a missing or doubled column, a CPR number in the heading, quotes that never close, and a file
    without rows.
    """
    lines = _records(_decoded(data, name), name)
    if not lines:
        raise BotError(
            "{file} er tom. Skriv kolonnerne i første linje, f.eks. {example}.",
            file=name,
            example=_EXAMPLE,
        )
    columns = [cell.strip().lower() for cell in lines[0]]
    _check_columns(columns, name)
    rows = tuple(
        _row(number, columns, cells)
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    )
    if not rows:
        raise BotError(
            "{file} har ingen rækker under overskriften. Skriv f.eks. loenseddel,ar,pdf.", file=name
        )
    return rows


def _decoded(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise BotError("{file} er større end 50 MB. Del den i flere filer.", file=name)
    wrong = BotError(
        "{file} er ikke gemt som UTF-8. Gem den i Excel som “CSV UTF-8”, og prøv igen.", file=name
    )
    if b"\0" in data:  # UTF-16, or no text at all
        raise wrong
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise wrong from None


def _records(text: str, name: str) -> list[list[str]]:
    """The records of the text, split by the delimiter that makes most of the heading."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):  # Excel's own note to itself
        text, first = rest, rest.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda mark: _known_columns(first, mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error:
        raise BotError(
            "{file} kan ikke læses fra linje {line}: et anførselstegn mangler sin mage. "
            'Skriv tegnet to gange inde i en tekst, f.eks. "Ane ""Bo""".',
            file=name,
            line=reader.line_num,
        ) from None


def _known_columns(heading: str, delimiter: str) -> tuple[int, int]:
    columns = [cell.strip(' "\r').lower() for cell in heading.split(delimiter)]
    return sum(column in REQUIRED for column in columns), len(columns)


def _check_columns(columns: Sequence[str], name: str) -> None:
    if any(holds_cpr(column) for column in columns):
        raise BotError("Et CPR-nummer står i overskriften af {file}. Fjern det.", file=name)
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        raise BotError(
            "{file} mangler kolonnen {missing}. Første linje skal være som {example}.",
            file=name,
            missing=", ".join(missing),
            example=_EXAMPLE,
        )
    doubled = next((c for c in columns if c and columns.count(c) > 1), None)
    if doubled is not None:
        raise BotError(
            "{file} har kolonnen {column} to gange. Slet den ene.", file=name, column=doubled[:40]
        )


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    for place, cell in enumerate(cells):
        column = columns[place] if place < len(columns) else ""
        if holds_cpr(cell) or holds_cpr(f"{column}: {cell}"):
            said = N_("Et CPR-nummer står i kolonne {place}. Fjern det; ark har aldrig CPR-numre.")
            return Row(number, {}, Problem(said, place=place + 1))
    if len(cells) != len(columns):
        said = N_(
            "Rækken har {cells} felter, men der er {columns} kolonner. "
            'Sæt anførselstegn om et tal med komma, f.eks. "24.500,50".'
        )
        return Row(number, {}, Problem(said, cells=len(cells), columns=len(columns)))
    filled = zip(columns, (cell.strip() for cell in cells), strict=True)
    return Row(number, {column: cell for column, cell in filled if cell})
