"""The invented local guidelines as the files that they would be: Word, PDF, two encodings.

They are kept as text; a folder's name says what is made of what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import typst
from docx import Document as WordFile

SOURCES = Path(__file__).resolve().parent.parent / "tests" / "answers_corpus"
_COLUMNS = {"to_pdf": 1, "to_pdf_two_columns": 2}
_SETTINGS = """#set page(paper: "a4", columns: {columns}, margin: 2cm)
#set text(font: "Noto Sans", size: 11pt, lang: "da")
#set heading(numbering: none)
"""


def local_guidelines(to: Path) -> list[Path]:
    """Every invented guideline as a file, in order: those that must be made are made in `to`."""
    found = [path for path in SOURCES.iterdir() if path.suffix in {".md", ".txt"}]
    for source in SOURCES.glob("to_*/*"):
        made = to / source.name
        text = source.read_text("utf-8")
        if source.parent.name == "to_word":
            made = made.with_suffix(".docx")
            _word(text, made)
        elif source.parent.name == "to_utf16":
            made.write_text(text, "utf-16")
        else:
            made = made.with_suffix(".pdf")
            _pdf(text, made, _COLUMNS[source.parent.name])
        found.append(made)
    return sorted(found, key=lambda path: path.name)


def _word(text: str, made: Path) -> None:
    word = WordFile()
    for heading, rows in _parts(text):
        if heading:
            word.add_heading(heading.lstrip("# "), heading.count("#") - 1)
        elif len(rows) == 1:
            word.add_paragraph(rows[0][0])
        else:
            table = word.add_table(rows=0, cols=len(rows[0]))
            for row in rows:
                for cell, said in zip(table.add_row().cells, row, strict=True):
                    cell.text = said
    word.save(str(made))


def _parts(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each heading, paragraph (one row of one cell) and table of simple Markdown."""
    for part in text.strip().split("\n\n"):
        if part.startswith("#"):
            yield part, []
        elif part.startswith("|"):
            lines = [line for line in part.splitlines() if not re.match(r"[|\s:-]+$", line)]
            yield "", [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        else:
            yield "", [[part]]


def _pdf(text: str, made: Path, columns: int) -> None:
    body = re.sub(r"^(#+) ", lambda mark: "=" * len(mark[1]) + " ", text, flags=re.MULTILINE)
    source = made.with_suffix(".typ")
    source.write_text(_SETTINGS.format(columns=columns) + body, "utf-8")
    typst.compile(str(source), output=str(made))
