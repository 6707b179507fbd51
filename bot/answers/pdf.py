"""A PDF as lines, page by page: columns read one after the other, headings known by their size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PdfReadError

from bot.answers.guarded import Unreadable
from bot.answers.lines import Line, tidy

MOST_PAGES = 800
# Decoded drawing instructions, in bytes: a page of text has 5,000 to 50,000. About a million are
# read in a second: what is larger would only be given up after the child's whole time.
LARGEST_PAGE = 1_000_000
LARGEST_CONTENT = 25_000_000
_GUTTER = 2
_PAGE_NUMBER = re.compile(
    r"^\s*(?:side|page|s\.)?\s*\d{1,4}\s*(?:(?:af|of|/)\s*\d{1,4})?\s*$", re.IGNORECASE
)


def read_pdf(path: Path) -> tuple[list[Line], str]:
    """The lines of a PDF with their pages, counted from 1, and the title that the file is given.

    Raises Unreadable for a locked file and for one with more than 800 pages or too much on them.
    """
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not _opens(reader):
            raise Unreadable("encrypted")
    except PdfReadError:
        raise Unreadable("broken") from None
    if len(reader.pages) > MOST_PAGES or _is_crowded(reader.pages):
        raise Unreadable("too large")
    pages = [_page_rows(page) for page in reader.pages]
    furniture = _furniture(pages)
    large = _large_texts(reader.pages)
    lines: list[Line] = []
    for number, rows in enumerate(pages, start=1):
        for row in rows:
            if row.strip() in furniture or _masked(row) in furniture:
                continue
            lines.append(Line(tidy(row), page=number, level=large.get(_squashed(row), 0)))
        if lines and lines[-1].text.rstrip().endswith((".", "!", "?", ":")):
            lines.append(Line("", page=number))
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    return lines, "" if title.lower() in {"", "untitled", "uden navn"} else title


def _is_crowded(pages: Sequence[PageObject]) -> bool:
    """Whether a page, or all of them together, has more drawn on it than can be read in time."""
    left = LARGEST_CONTENT
    for page in pages:
        try:
            content = page.get_contents()
            size = len(content.get_data()) if content is not None else 0
        except LimitReachedError:
            return True
        left -= size
        if size > LARGEST_PAGE or left < 0:
            return True
    return False


def _opens(reader: PdfReader) -> bool:
    """Whether a locked file opens without a password, by a cipher that pypdf has without more."""
    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _page_rows(page: PageObject) -> list[str]:
    rows = page.extract_text(extraction_mode="layout").splitlines()
    while rows and not rows[0].strip():
        rows.pop(0)
    return _columns(rows)


def _columns(rows: Sequence[str]) -> list[str]:
    """The rows of a page with its right column, where it has one, put after its left one."""
    gutter = _gutter(rows)
    if gutter is None:
        return [row.strip() for row in rows]
    found: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for row in rows:
        crosses = len(row) > gutter and row[gutter - _GUTTER : gutter].strip() != ""
        if crosses and row.strip():
            found += [*left, "", *right, ""] if left or right else []
            left, right = [], []
            found.append(row.strip())
            continue
        left.append(row[:gutter].strip())
        right.append(row[gutter:].strip())
    return [*found, *left, "", *right]


def _gutter(rows: Sequence[str]) -> int | None:
    """The character column that most long rows leave blank with text on both sides, or None."""
    long = [row for row in rows if len(row.rstrip()) > 60]
    if len(long) < 4:
        return None
    votes: Counter[int] = Counter()
    for row in long:
        for gap in re.finditer(rf"(?<=\S) {{{_GUTTER},}}(?=\S)", row):
            votes.update(range(gap.start() + _GUTTER, gap.end() + 1))
    if not votes:
        return None
    most = max(votes.values())
    if most < 0.6 * len(long):
        return None
    best = [column for column, count in votes.items() if count == most]
    middle = max(len(row) for row in long) / 2
    column = max(column for column in best) if best else 0
    return column if abs(column - middle) < 0.3 * 2 * middle else None


def _furniture(pages: Sequence[Sequence[str]]) -> set[str]:
    """Page numbers, and first or last lines that come back on most pages."""
    edges: Counter[str] = Counter()
    numbers: set[str] = set()
    for rows in pages:
        filled = [row for row in rows if row.strip()]
        for row in {*filled[:2], *filled[-2:]}:
            edges[_masked(row)] += 1
            if _PAGE_NUMBER.match(row):
                numbers.add(row.strip())
    most = max(3, len(pages) * 0.6)
    return {row for row, count in edges.items() if count >= most and row} | numbers


def _masked(row: str) -> str:
    return re.sub(r"\d+", "#", row.strip())


def _squashed(text: str) -> str:
    return "".join(text.split())


def _large_texts(pages: Sequence[PageObject]) -> dict[str, int]:
    """The lines set larger or bolder than the running text, squashed, each with its level."""
    pieces: list[tuple[float, bool, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()  # type: ignore[attr-defined]
        scale = abs(tm[3]) * abs(cm[3]) or 1.0
        if text.strip():
            height = tm[5] * cm[3] + cm[5]
            pieces.append((round(size * scale, 1), bold, round(height, 0), text))

    for page in pages:
        page.extract_text(visitor_text=visit)
        pieces.append((0.0, False, -1.0, ""))
    body = Counter[float]()
    for size, _, _, text in pieces:
        body[size] += len(text)
    usual = body.most_common(1)[0][0] if body else 0.0
    return _grouped(pieces, usual)


def _grouped(pieces: Sequence[tuple[float, bool, float, str]], usual: float) -> dict[str, int]:
    found: dict[str, int] = {}
    row = ""
    before: tuple[float, bool, float] | None = None
    for size, bold, height, text in [*pieces, (0.0, False, -2.0, "")]:
        if before is not None and (size, bold, height) != before:
            level = _level(before[0], before[1], usual)
            for line in row.splitlines() if level else ():
                if 3 <= len(line.strip()) <= 110:
                    found[_squashed(line)] = level
            row = ""
        row += text
        before = (size, bold, height)
    return found


def _level(size: float, bold: bool, usual: float) -> int:
    if not usual or not size:
        return 0
    if size >= 1.5 * usual:
        return 1
    if size >= 1.1 * usual:
        return 2
    return 3 if bold and size >= usual else 0
