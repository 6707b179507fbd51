"""Document → PDF (PDF/UA-1) and PNG through Typst, which is fed JSON and evaluates none of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from messages.document import Document
from messages.document_json import as_json, encoded
from messages.errors import MessagesError
from messages.moneybar import FILLS, bar_svg, lay_out, swatch_svg
from messages.page_text import text

if TYPE_CHECKING:
    from typst import Fonts

    from messages.library import Library

Form = Literal["a4", "tall", "phone"]
_STACK = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic")
_A4_PPI = 144.0
_PHONE_PPI = 298.0


@cache
def _fonts() -> Fonts:
    """The shipped fonts and no others, opened once a process: a Compiler is not for sharing."""
    from typst import Fonts  # noqa: PLC0415 - only where a page is printed

    folder = str(files("messages") / "fonts")
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def pdf(document: Document, library: Library) -> bytes:
    """A4 pages, tagged, with the sheet's text attached; raises MessagesError on any warning."""
    return _compiled(document, library, "a4", "pdf")


def png(document: Document, library: Library) -> bytes:
    """One picture, A4 wide: the A4 page, or all of it in one piece where it takes two."""
    pages = _pages(document, library, "a4", _A4_PPI)
    return pages if isinstance(pages, bytes) else _compiled(document, library, "tall", "png")


def phone_png(document: Document, library: Library) -> bytes:
    """One tall picture, 1080 pixels wide, for a phone."""
    return _compiled(document, library, "phone", "png", _PHONE_PPI)


def _pages(document: Document, library: Library, form: Form, ppi: float) -> bytes | list[bytes]:
    return _run(document, library, form, "png", ppi)


def _compiled(
    document: Document,
    library: Library,
    form: Form,
    output: Literal["pdf", "png"],
    ppi: float = _A4_PPI,
) -> bytes:
    made = _run(document, library, form, output, ppi)
    return made if isinstance(made, bytes) else made[0]


def _run(
    document: Document, library: Library, form: Form, output: Literal["pdf", "png"], ppi: float
) -> bytes | list[bytes]:
    from typst import Compiler, TypstError  # noqa: PLC0415 - only where a page is printed

    folder = files("messages") / "templates"
    compiler = Compiler(str(folder / "sheet.typ"), str(folder), _fonts(), ignore_system_fonts=True)
    inputs = {"sheet": _sheet(document), "form": form, "text": text(document, library)}
    try:
        made, warnings = compiler.compile_with_warnings(
            format=output,
            ppi=ppi,
            sys_inputs=inputs,
            pdf_standards=["ua-1"] if output == "pdf" else [],
        )
    except TypstError as error:
        raise _failed(document, str(error)) from error
    if warnings:
        raise _failed(document, "; ".join(str(warning) for warning in warnings))
    return made


def _failed(document: Document, reason: str) -> MessagesError:
    return MessagesError(
        "{topic} på {language} kunne ikke sættes op til tryk: {reason}. Prøv .html eller .txt.",
        topic=document.topic,
        language=document.language.name_da,
        reason=reason[:300],
    )


def _sheet(document: Document) -> str:
    """The Document as the template reads it: with fonts, drawn bar and drawn swatches."""
    sheet = as_json(document)
    own = document.language.fonts
    sheet["fonts"] = [*own, *(font for font in _STACK if font not in own)]
    sheet["furniture"] = {name: as_json(said) for name, said in document.furniture}
    year = document.words("year")
    sheet["year_danish"] = as_json(year.beside or year.text)
    if document.bar:
        direction = document.language.direction
        bar = as_json(document.bar)
        bar["slots"] = as_json(lay_out(document.bar, direction))
        bar["svg"] = bar_svg(document.bar, direction)
        sheet["bar"] = bar
    keys = {part.key for part in document.bar.parts} if document.bar else set()
    for step in sheet["steps"]:
        for line in step["lines"]:
            known = line["key"] in keys and line["key"] in FILLS
            line["swatch"] = swatch_svg(line["key"]) if known else None
    return encoded(sheet)
