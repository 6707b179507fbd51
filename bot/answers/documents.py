"""A guideline as it is kept: its facts, its blocks of normalised text, and the raw text beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.answers.reply import Kind
from bot.errors import BotError

BOX_LEVEL = 9
FACT_KEYS = (
    "title",
    "source",
    "source_section",
    "kind",
    "data_years",
    "valid_from",
    "valid_to",
    "owner",
    "review_by",
)


class BlockKind(StrEnum):
    """What a block of a guideline is. A box heading opens a facts box beside the running text."""

    HEADING = "heading"
    BOX = "box"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or table row, with where its raw text stood.

    `wide` text has lines as long as running text has: it ends a facts box set in a narrow column.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    raw_start: int = 0
    raw_end: int = 0
    wide: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known about a guideline beside its text; `data_years` is as its owner wrote it."""

    title: str = ""
    source: str = ""
    source_section: str = ""
    kind: Kind = Kind.UNKNOWN
    data_years: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    owner: str = ""
    review_by: date | None = None


@dataclass(frozen=True)
class Document:
    """A guideline read in: `text` is normalised, `raw` is what the file said.

    `restored` is the share of words that a repair changed, 0 for a document that was no scan.
    """

    name: str
    facts: Facts
    raw: str
    blocks: tuple[Block, ...]
    scanned: bool = False
    restored: float = 0.0
    sha: str = field(default="", compare=False)

    @property
    def title(self) -> str:
        return self.facts.title or self.name


def read_facts(fields: Mapping[str, str], file: str, given: Facts = Facts()) -> Facts:
    """The facts in front matter fields, over those `given` with the document.

    Raises BotError naming the file and the key for an unknown kind or a date that is none.
    """
    changes: dict[str, object] = {}
    for key, value in fields.items():
        if key not in FACT_KEYS or not value:
            continue
        if key == "kind":
            changes[key] = _kind(value, file)
        elif key in {"valid_from", "valid_to", "review_by"}:
            changes[key] = _day(key, value, file)
        else:
            changes[key] = value
    return replace(given, **changes)  # type: ignore[arg-type]


def split_front_matter(text: str) -> tuple[dict[str, str], int]:
    """The `key: value` lines between two `---` lines at the top, and where the text goes on."""
    opening = re.match(r"\ufeff?---[ \t]*\r?\n", text)
    if not opening:
        return {}, 0
    closing = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE).search(text, opening.end())
    if not closing:
        return {}, 0
    fields = {}
    for line in text[opening.end() : closing.start()].splitlines():
        key, colon, value = line.partition(":")
        if colon:
            fields[key.strip().lower()] = value.strip().strip("\"'")
    return fields, closing.end()


def _kind(value: str, file: str) -> Kind:
    try:
        return Kind(value.strip().lower().replace("_", " "))
    except ValueError:
        raise BotError(
            "{file}: kind “{value}” kendes ikke. Skriv law, local rule eller experience.",
            file=file,
            value=value[:40],
        ) from None


def _day(key: str, value: str, file: str) -> date:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise BotError(
            "{file}: {key} “{value}” er ikke en dato. Skriv den som 2026-03-02.",
            file=file,
            key=key,
            value=value[:40],
        ) from None
