"""Document → PDF (PDF/UA-1) and PNG through Typst, which is fed JSON and evaluates none of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from messages.document import Document
from messages.document_json import as_json
from messages.draft_notice import draft_notice, small_print
from messages.errors import MessagesError
from messages.moneybar import FILLS, GAP, WIDE_GAP, bar_svg, lay_out, swatch_svg
from messages.page_fit import Fit, fits
from messages.page_heights import LEADING
from messages.page_text import text
from messages.typefaces import STACK
from messages.typesetting import NotSet, typeset

if TYPE_CHECKING:
    from messages.library import Library

Form = Literal["a4", "tall", "phone"]
_A4_PPI = 144.0
_PHONE_PPI = 298.2
_PHONE = Fit(side=19, gap=4, size=13)
_PAGE = re.compile(rb"/Type\s*/Page\b")


def pdf(document: Document, library: Library) -> bytes:
    """A4 pages, tagged, with the sheet's text attached; raises MessagesError on any warning.

    The first size that fills no more pages than it should is taken; the last is taken anyway.
    """
    fit, made = fitted(document, library)
    pages = page_count(made)
    if pages == fit.pages:
        return made
    return _run(document, library, "a4", "pdf", replace(fit, pages=pages))[0]


def png(document: Document, library: Library) -> bytes:
    """One picture, A4 wide: the A4 page, or all of it in one piece where it takes more."""
    fit, made = fitted(document, library)
    form: Form = "a4" if page_count(made) == 1 else "tall"
    return _run(document, library, form, "png", fit)[0]


def phone_png(document: Document, library: Library) -> bytes:
    """One tall picture, 1080 pixels wide, for a phone."""
    fit = replace(_PHONE, size=17) if document.large else _PHONE
    return _run(document, library, "phone", "png", fit, ppi=_PHONE_PPI)[0]


def fitted(document: Document, library: Library) -> tuple[Fit, bytes]:
    """The A4 PDF in the first size that fills no more pages than it should, and that size."""
    fit, made = _PHONE, b""
    for fit in fits(document):
        made = _run(document, library, "a4", "pdf", fit)[0]
        if page_count(made) <= fit.pages:
            break
    return fit, made


def page_count(pdf_bytes: bytes) -> int:
    """The pages of a PDF as Typst writes it: page objects stand outside compressed streams."""
    return len(_PAGE.findall(pdf_bytes))


def _run(
    document: Document,
    library: Library,
    form: Form,
    output: Literal["pdf", "png"],
    fit: Fit,
    *,
    ppi: float = _A4_PPI,
) -> list[bytes]:
    inputs = {
        "form": form,
        "size": f"{fit.size:.1f}",
        "side": f"{fit.side:.2f}",
        "gap": f"{fit.gap:.2f}",
        "pages": str(fit.pages),
        "turn": "yes" if fit.turn and form == "a4" else "no",
        "text": text(document, library),
    }
    sheet = sheet_content(document, WIDE_GAP if form == "phone" else GAP)
    try:
        return typeset("sheet", {"sheet": sheet, "inputs": inputs}, output, ppi)
    except NotSet as error:
        raise _failed(document, str(error)) from error


def _failed(document: Document, reason: str) -> MessagesError:
    return MessagesError(
        "{topic} på {language} kunne ikke sættes op til tryk: {reason}. Prøv .html eller .txt.",
        topic=document.topic,
        language=document.language.name_da,
        reason=reason[:300],
    )


def sheet_content(document: Document, gap: float) -> dict[str, Any]:
    """The Document as the template reads it: with fonts, drawn bar and drawn swatches."""
    sheet: dict[str, Any] = as_json(document)
    own = document.language.fonts
    sheet["fonts"] = [*own, *(font for font in STACK if font not in own)]
    sheet["leading"] = LEADING[own[0]]
    sheet["draft"] = as_json(draft_notice(document))
    sheet["notices"] = as_json(small_print(document))
    sheet["furniture"] = {name: as_json(said) for name, said in document.furniture}
    if document.bar:
        direction = document.language.direction
        bar = as_json(document.bar)
        bar["slots"] = as_json(lay_out(document.bar, direction, gap))
        bar["svg"] = bar_svg(document.bar, direction, gap)
        sheet["bar"] = bar
    keys = {part.key for part in document.bar.parts} if document.bar else set()
    for step in sheet["steps"]:
        for line in step["lines"]:
            known = line["key"] in keys and line["key"] in FILLS
            line["swatch"] = swatch_svg(line["key"]) if known else None
    return sheet
