"""A Word file as lines: styles tell headings and lists, tables come row by row with headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from docx import Document as WordFile
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.answers.documents import BlockKind
from bot.answers.lines import Line, tidy
from bot.answers.markdown import row_text

_HEADING = re.compile(r"(?:heading|overskrift)\s*(\d)", re.IGNORECASE)


def read_word(path: Path) -> tuple[list[Line], str]:
    """The lines of a .docx in reading order, and the title that the file is given."""
    word = WordFile(str(path))
    lines: list[Line] = []
    title = ""
    # `paragraph.style` walks every style of the file again for each paragraph: five times slower.
    styles = {style.style_id: str(style.name) for style in word.styles}
    for part in word.iter_inner_content():
        if isinstance(part, Table):
            lines.extend(_rows(part))
        else:
            line = _line(part, styles)
            if line.level == 1 and not title and not any(one.text for one in lines):
                title = line.text
            lines.append(line)
        lines.append(Line(""))
    return lines, title


def _line(paragraph: Paragraph, styles: Mapping[str, str]) -> Line:
    text = tidy(paragraph.text).strip()
    style = styles.get(paragraph._p.style or "", "")  # noqa: SLF001 - the style's id alone
    heading = _HEADING.match(style)
    if style.lower() in {"title", "titel"}:
        return Line(text, level=1)
    if heading:
        return Line(text, level=int(heading[1]) + 1)
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx shows numbering nowhere else
    listed = properties is not None and properties.numPr is not None
    if text and (listed or "list" in style.lower() or "punkt" in style.lower()):
        return Line(text, kind=BlockKind.ITEM)
    if text and _all_bold(paragraph) and len(text) <= 75 and text[-1] not in ".,;:":
        return Line(text, level=4)
    return Line(text)


def _all_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _rows(table: Table) -> Iterator[Line]:
    rows = [_cells(row.cells) for row in table.rows]
    if not rows:
        return
    if len(rows) == 1 or len(rows[0]) == 1:
        for cells in rows:
            for cell in cells:
                yield Line(cell)
                yield Line("")
        return
    header = rows[0]
    for cells in rows[1:]:
        yield Line(row_text(header, cells), kind=BlockKind.ROW)


def _cells(cells: object) -> list[str]:
    """The texts of a row's cells; a merged cell, which Word repeats, once."""
    texts: list[str] = []
    seen: set[int] = set()
    for cell in cells:  # type: ignore[attr-defined]
        if id(cell._tc) in seen:  # noqa: SLF001 - the same element stands for a merged cell
            texts.append("")
            continue
        seen.add(id(cell._tc))  # noqa: SLF001
        texts.append(" ".join(tidy(cell.text).split()))
    return texts
