"""Lines as readers give them: text in NFC with its place in the raw text, ready to be laid out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.documents import BlockKind

_HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True)
class Line:
    """One line as a reader gives it; `level` > 0 says that the reader knows it for a heading."""

    text: str
    start: int = 0
    end: int = 0
    page: int | None = None
    level: int = 0
    kind: BlockKind = BlockKind.TEXT


def lines_of(raw: str, start: int = 0, page: int | None = None) -> Iterator[Line]:
    """The lines of `raw` from `start`, with their offsets in it; form feeds end a line."""
    for match in re.finditer(
        r"[^\r\n\f\x85\u2028\u2029]*(?:\r\n|[\r\n\f\x85\u2028\u2029]|\Z)", raw[start:]
    ):
        text = match[0].rstrip("\r\n\f\x85\u2028\u2029")
        first = start + match.start()
        yield Line(tidy(text), first, first + len(text), page)


def tidy(text: str) -> str:
    """NFC, without soft hyphens, hidden and control characters; tabs and odd blanks as blanks."""
    composed = unicodedata.normalize("NFC", text).translate(_HIDDEN)
    return "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}
    )
