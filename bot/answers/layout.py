"""Lines of running text made into blocks: headings found, hyphens undone, lists and boxes kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.documents import BOX_LEVEL, Block, BlockKind
from bot.answers.lines import Line

_BULLET = re.compile(r"^\s*(?:[•▪●◦‣·*–—-]|\d{1,2}\)|[a-z]\))\s+(?=\S)")
_SCAN_BULLET = re.compile(r"^(?:e|o|¢|®)\s+(?=[A-ZÆØÅ])|^e\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=[A-ZÆØÅ|])(.{2,110})$")
_SINGLE = re.compile(r"^\s*(\d{1,2})\.?\s+([A-ZÆØÅ][^.:;!?]{2,70})$")
_LEGAL = re.compile(r"^\s*(?:Kapitel|Afsnit|Bilag|Trin|Del)\s+\d+\b.{0,80}$")
_LONGEST_JOINED = 20_000  # no sentence is; without an end, joining would never get done
_KEEP_HYPHEN = re.compile(r"(?:og|eller|samt|og/eller|hhv\.|til)\b")
_MANGLED = re.compile(r"[^\W\d_](?:[@(){}<>|\\]|\d(?=[^\W\d_]))")
_ENDS = (".", "!", "?", ":", ";")
_BOX_WIDTH = 52
_HEADING_WIDTH = 75


def blocks_of(lines: Iterable[Line]) -> tuple[Block, ...]:
    """The blocks of a document, headings and boxes told apart from text."""
    paragraphs = list(_paragraphs(_without_furniture(list(lines))))
    blocks: list[Block] = []
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else []
        block = _block(paragraph, following, blocks)
        if block.kind is BlockKind.TEXT and blocks and _goes_on(blocks[-1], block):
            blocks[-1] = _joined(blocks[-1], block)
        elif block.text:
            blocks.append(block)
    return tuple(blocks)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Groups of lines that belong together: blank lines, headings and bullets part them."""
    group: list[Line] = []
    in_list = False
    for place, line in enumerate(lines):
        if not line.text.strip():
            if group:
                yield group
            group = []
            continue
        bullet = _is_bullet(line, group, in_list)
        alone = line.level > 0 or line.kind is not BlockKind.TEXT or _is_numbered(line.text)
        if group and (bullet or alone or _new_page(line, group)):
            yield group
            group = []
        if bullet:
            group.append(replace(line, text=_unbulleted(line.text), kind=BlockKind.ITEM))
        else:
            group.append(line)
        in_list = group[0].kind is BlockKind.ITEM or _last(group).endswith(":")
        if alone and not _wraps(line, lines, place):
            yield group
            group = []
    if group:
        yield group


def _wraps(line: Line, lines: Sequence[Line], place: int) -> bool:
    """Whether a list item that the reader marked goes on in the next line."""
    following = lines[place + 1] if place + 1 < len(lines) else None
    return bool(
        line.kind is BlockKind.ITEM
        and following
        and following.kind is BlockKind.TEXT
        and following.text.startswith(" ")
        and following.level == 0
    )


def _new_page(line: Line, group: Sequence[Line]) -> bool:
    """One blank before a line, after a finished sentence: what is left of a form feed."""
    return bool(re.match(r"^ \S", line.text)) and _last(group).endswith(_ENDS)


def _is_bullet(line: Line, group: Sequence[Line], in_list: bool) -> bool:
    if line.level or line.kind is not BlockKind.TEXT:
        return False
    if _BULLET.match(line.text):
        return True
    if in_list and _SCAN_BULLET.match(line.text):
        return True
    lost_glyph = re.match(r"^ \S", line.text)
    return bool(in_list and lost_glyph and not group)


def _unbulleted(text: str) -> str:
    return _SCAN_BULLET.sub("", _BULLET.sub("", text)).strip()


def _is_numbered(text: str) -> bool:
    found = _NUMBERED.match(text)
    return bool(found) and not text.rstrip().endswith(("-", ",", ".", ";")) and ". " not in found[2]  # type: ignore[index]


def _last(group: Sequence[Line]) -> str:
    return group[-1].text.rstrip()


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines, those in capitals whose words come back in others like them made blank.

    They are running heads, or the arrows of a figure that stands on several pages.
    """
    counts = Counter(word for line in lines for word in _capitals(line.text))
    return [
        replace(line, text="")
        if _capitals(line.text)
        and all(counts[word] > 1 or _MANGLED.search(word) for word in _capitals(line.text))
        else line
        for line in lines
    ]


def _capitals(text: str) -> list[str]:
    """The words of a line in capitals that has four letters or more, else nothing."""
    letters = sum(character.isalpha() for character in text)
    if letters < 4 or text.upper() != text:
        return []
    return [word for word in (one.strip("<>,.;:|") for one in text.split()) if word]


def _block(group: Sequence[Line], following: Sequence[Line], before: Sequence[Block]) -> Block:
    text = join_lines([line.text for line in group])
    first, last = group[0], group[-1]
    kind, level = _sort(group, text, following, before)
    wide = max(len(line.text.strip()) for line in group) > _BOX_WIDTH
    return Block(kind, text, level, first.page, first.start, last.end, wide)


def _sort(
    group: Sequence[Line], text: str, following: Sequence[Line], before: Sequence[Block]
) -> tuple[BlockKind, int]:
    first = group[0]
    if first.level:
        return BlockKind.HEADING, first.level
    if first.kind is not BlockKind.TEXT:
        return first.kind, 0
    if len(group) == 1 and _is_numbered(first.text):
        number = _NUMBERED.match(first.text)
        assert number  # noqa: S101 - _is_numbered has matched it
        parts = number[1].split(".")
        return BlockKind.HEADING, 1 if parts[1:] == ["0"] else len(parts)
    if len(group) > 1 or not _stands_over(text, following):
        return BlockKind.TEXT, 0
    if _LEGAL.match(text) or _SINGLE.match(text):
        return BlockKind.HEADING, 1
    return _unnumbered(first, following, before)


def _stands_over(text: str, following: Sequence[Line]) -> bool:
    """Whether a lone line is a heading over what follows, which begins a sentence of its own."""
    if not following or not _looks_like_heading(text):
        return False
    return not following[0].text.strip()[:1].islower() and not following[0].level


def _unnumbered(
    first: Line, following: Sequence[Line], before: Sequence[Block]
) -> tuple[BlockKind, int]:
    narrow = max(len(line.text.strip()) for line in following) <= _BOX_WIDTH
    lone = first.text.startswith(" ") or len(following) > 1
    if narrow and lone and any(block.kind is BlockKind.HEADING for block in before):
        return BlockKind.BOX, BOX_LEVEL
    return BlockKind.HEADING, 2 if before else 1


def _looks_like_heading(text: str) -> bool:
    return (
        3 <= len(text) <= _HEADING_WIDTH
        and not text.endswith((*_ENDS, ",", "-"))
        and (text[0].isupper() or text[0].isdigit())
        and not (text.upper() == text and _MANGLED.search(text))
        and not re.match(r"\d+ %|\d{5,}|Kilde\b|Figur\b|Tabel\b", text)
        and sum(character.isalpha() for character in text) > len(text) // 2
    )


def join_lines(lines: Sequence[str]) -> str:
    """The lines as one: a hyphen at a line's end is undone, unless og, eller or samt follows."""
    parts: list[str] = []
    for line in lines:
        part = " ".join(line.split())
        if not part:
            continue
        if parts:
            parts[-1] = _before(parts[-1], part)
        parts.append(part)
    return "".join(parts)


def _before(text: str, part: str) -> str:
    """`text` as it stands right before `part`: with a blank, or with its hyphen kept or undone."""
    end = text[-2:]
    if re.search(r"[^\W\d_]-$", end) and part[0].islower() and not _KEEP_HYPHEN.match(part):
        return text[:-1]
    if re.search(r"[^\W_]-$", end) and not _KEEP_HYPHEN.match(part):
        return text
    return f"{text} "


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a blank line came inside a sentence, as double-spaced lists and scans have it."""
    ends = before.text.endswith((*_ENDS, "”", '"', ")"))
    runs = before.kind in {BlockKind.TEXT, BlockKind.ITEM} and len(before.text) < _LONGEST_JOINED
    return runs and not ends and block.text[:1].islower()


def _joined(before: Block, block: Block) -> Block:
    text = _before(before.text, block.text) + block.text
    return replace(before, text=text, raw_end=block.raw_end)
