"""Markdown as lines: headings and lists marked, emphasis and links taken off, tables by the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.answers.documents import BlockKind
from bot.answers.lines import Line, lines_of

# Every pattern takes time in proportion to the line: one holds up the whole process while it runs.
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?=\S)")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"[\s:|-]+\Z")
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\[\]]*)\]\([^)]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\([^)]{0,500}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)(.{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)(.{1,500}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"<!--.{0,500}?-->|</?[a-zA-Z][^>]{0,80}>"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|-])"), r"\1"),
)


def markdown_lines(raw: str, start: int = 0) -> Iterator[Line]:
    """The lines of Markdown from `start`, ready to be laid out."""
    header: list[str] = []
    lines = list(lines_of(raw, start))
    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        if _ROW.match(line.text):
            cells = _cells(line.text)
            if _RULE.match(line.text) and header:
                continue
            if not header:
                header = cells
                if not _RULE.match(following):
                    yield replace(line, text="; ".join(cells), kind=BlockKind.ROW)
                continue
            yield replace(line, text=row_text(header, cells), kind=BlockKind.ROW)
            continue
        header = []
        yield from _line(line, following)


def row_text(header: list[str], cells: list[str]) -> str:
    """One row of a table as a line: each cell under its column's heading."""
    named = [
        f"{name}: {cell}" if name and name != cell else cell
        for name, cell in zip([*header, *[""] * len(cells)], cells, strict=False)
        if cell
    ]
    return "; ".join(named)


def _line(line: Line, following: str) -> Iterator[Line]:
    heading = _HEADING.match(line.text)
    if heading:
        yield replace(line, text=plain(_closed(heading[2])), level=len(heading[1]))
    elif line.text.strip() and _UNDERLINE.match(following) and not _ITEM.match(line.text):
        yield replace(line, text=plain(line.text), level=1 if "=" in following else 2)
    elif _UNDERLINE.match(line.text) or re.match(r"^\s*(?:```|~~~|[-*_]{3,}\s*$)", line.text):
        yield replace(line, text="")
    elif _ITEM.match(line.text):
        yield replace(line, text=plain(_ITEM.sub("", line.text)), kind=BlockKind.ITEM)
    else:
        yield replace(line, text=plain(re.sub(r"^\s*>+\s?", "", line.text)))


def plain(text: str) -> str:
    """A line of Markdown without its marks."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text


def _closed(heading: str) -> str:
    """A heading without the marks that may stand behind it."""
    return heading.rstrip().rstrip("#").rstrip()


def _cells(text: str) -> list[str]:
    inner = text.strip().strip("|")
    return [plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", inner)]
