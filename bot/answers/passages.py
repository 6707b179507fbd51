"""Blocks cut into passages: what a reply quotes, each a piece of the document's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.documents import BOX_LEVEL, Block, BlockKind, Document

LONGEST = 1000
COMFORTABLE = 600
LONGEST_SCOPE = 300
SENTENCE = re.compile(r"(?<=[.!?])[”’\"»)]?\s+(?=[A-ZÆØÅ0-9”’\"«(])|\n")
_ABBREVIATED = re.compile(
    r"\b(?:f\.eks|bl\.a|ca|dvs|hhv|inkl|ekskl|jf|kr|mv|m\.fl|m\.m|nr|pct|pr|stk|tlf|evt|mdr|gns|pga|"
    r"o\.l|osv|kl|kap|afs|bl|max|min|e\.g|i\.e)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A piece of a document: `text` is `normalised(document)[start:end]`, word for word.

    `path` is the heading path above it, outermost first; raw offsets are in `document.raw`.
    """

    document: int
    ordinal: int
    text: str
    path: tuple[str, ...]
    page: int | None
    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class _Placed:
    block: Block
    start: int
    end: int


def normalised(document: Document) -> str:
    """The whole text of a document as it is searched and quoted."""
    return _lay_out(document.blocks)[0]


def passages_of(document: Document, number: int = 0) -> tuple[Passage, ...]:
    """The passages of a document, in order: at most 1,000 characters each, cut at a sentence."""
    text, placed = _lay_out(document.blocks)
    found: list[Passage] = []
    for headings, group in _groups(placed):
        path = headings[1:] if _same(headings[:1], document.title) else headings
        for start, end in _pieces(text, group[0].start, group[-1].end):
            inside = [one for one in group if one.start < end and one.end > start]
            found.append(
                Passage(
                    number,
                    len(found),
                    text[start:end],
                    path,
                    inside[0].block.page,
                    start,
                    end,
                    inside[0].block.raw_start,
                    inside[-1].block.raw_end,
                )
            )
    return tuple(found)


def _same(first: Sequence[str], title: str) -> bool:
    """Whether the first heading is the document's title, however each is written."""
    return bool(first) and _letters(first[0]) == _letters(title)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def scope_of(passages: Sequence[Passage]) -> str:
    """What a document says before its first heading: as a rule whom and what it is for."""
    first = passages[0] if passages else None
    return first.text if first and not first.path and len(first.text) <= LONGEST_SCOPE else ""


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a passage begin and end; abbreviations and list lines are known."""
    found = []
    start = 0
    for match in SENTENCE.finditer(text):
        if _ABBREVIATED.search(text[start : match.start()]) and "\n" not in match[0]:
            continue
        if text[start : match.start()].strip():
            found.append((start, match.start() + len(match[0].rstrip())))
        start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def _lay_out(blocks: Sequence[Block]) -> tuple[str, list[_Placed]]:
    parts: list[str] = []
    placed: list[_Placed] = []
    length = 0
    for block in blocks:
        if parts:
            gap = "\n" if block.kind in {BlockKind.ITEM, BlockKind.ROW} else "\n\n"
            parts.append(gap)
            length += len(gap)
        shown = f"• {block.text}" if block.kind is BlockKind.ITEM else block.text
        parts.append(shown)
        placed.append(_Placed(block, length, length + len(shown)))
        length += len(shown)
    return "".join(parts), placed


def _groups(placed: Sequence[_Placed]) -> Iterator[tuple[tuple[str, ...], list[_Placed]]]:
    """Runs of blocks under one heading path that make a passage together."""
    path: list[tuple[int, str]] = []
    group: list[_Placed] = []
    for one in placed:
        block = one.block
        if block.kind in {BlockKind.HEADING, BlockKind.BOX}:
            if group:
                yield _names(path), group
                group = []
            path = [step for step in path if step[0] < block.level]
            path.append((block.level, block.text))
            continue
        leaves = _leaves_box(path, block)
        if group and (leaves or not _fits(group, one)):
            yield _names(path), group
            group = []
        if leaves:
            path = path[:-1]
        group.append(one)
    if group:
        yield _names(path), group


def _names(path: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(name for _, name in path)


def _leaves_box(path: Sequence[tuple[int, str]], block: Block) -> bool:
    return bool(path) and path[-1][0] == BOX_LEVEL and block.kind is BlockKind.TEXT and block.wide


def _fits(group: Sequence[_Placed], one: _Placed) -> bool:
    if one.block.page != group[0].block.page:
        return False
    length = one.end - group[0].start
    before = group[-1].block
    belongs = one.block.kind in {BlockKind.ITEM, BlockKind.ROW} and (
        before.kind in {BlockKind.ITEM, BlockKind.ROW} or before.text.endswith(":")
    )
    return length <= (LONGEST if belongs else COMFORTABLE)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch cut into pieces of at most 1,000 characters, at a sentence where there is one."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        ends = [stop for _, stop in sentences(window)[:-1]]
        cut = ends[-1] if ends else max(window.rfind(" "), LONGEST // 2)
        yield start, start + cut
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
