"""All pictures on one page: with their ideas to choose from, or bare to test if they are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from messages.catalogs import Catalog
from messages.document_json import as_json
from messages.errors import MessagesError
from messages.languages import DANISH, Language
from messages.pictures import Picture
from messages.tables import H_, N_, did_you_mean
from messages.templating import Templates
from messages.typefaces import STACK
from messages.typesetting import NotSet, typeset

SUFFIXES = (".pdf", ".png", ".html")
_PPI = 120.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture as it stands on the page; `lang` is the html tag of both its texts."""

    number: int
    id: str
    svg: str
    alt: str
    idea: str
    lang: str


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """The page before it is a page; without `named` it holds numbers and no words to read off."""

    title: str
    lang: str
    direction: str
    named: bool
    shown: tuple[Shown, ...]
    fonts: tuple[str, ...]


def picture_sheet(
    pictures: Iterable[Picture], language: Language, catalog: Catalog, *, named: bool = True
) -> PictureSheet:
    """The pictures numbered from 1, their ideas in `language`, in Danish where it has none yet.

    Not `named`, even the alternative texts keep the answer to themselves: the page is a test.
    """
    title = H_("Billederne og hvad de viser") if named else H_("Hvad viser billederne?")
    return PictureSheet(
        title=catalog.text(title),
        lang=language.html if catalog.has(title) else DANISH,
        direction=language.direction,
        named=named,
        shown=tuple(
            _shown(number, picture, language, catalog, named)
            for number, picture in enumerate(pictures, start=1)
        ),
        fonts=(*language.fonts, *(font for font in STACK if font not in language.fonts)),
    )


def render_pictures(sheet: PictureSheet, suffix: str, templates: Templates) -> bytes:
    """The page as PDF/UA-1, one tall PNG or self-contained HTML; the same sheet, the same bytes.

    Raises MessagesError for another suffix, and when the page cannot be set without a warning.
    """
    if suffix not in SUFFIXES:
        raise MessagesError(
            N_("“{suffix}” er ikke et format for billedarket{hint} Skriv f.eks. -o billeder.pdf."),
            suffix=suffix[:20],
            hint=did_you_mean(suffix[:20], SUFFIXES),
        )
    if suffix == ".html":
        drawings = {shown.id: _inline(shown) for shown in sheet.shown}
        return templates.render("picture_sheet.html.j2", sheet=sheet, drawings=drawings).encode()
    return _typeset(sheet, suffix)


def _shown(
    number: int, picture: Picture, language: Language, catalog: Catalog, named: bool
) -> Shown:
    if not named:
        return Shown(number, picture.id, picture.svg, str(number), "", language.html)
    whole = catalog.has(picture.idea) and catalog.has(picture.alt)
    return Shown(
        number=number,
        id=picture.id,
        svg=picture.svg,
        alt=catalog.text(picture.alt) if whole else picture.alt,
        idea=catalog.text(picture.idea) if whole else picture.idea,
        lang=language.html if whole else DANISH,
    )


def _inline(shown: Shown) -> Markup:
    label = Markup('<svg role="img" aria-label="{}" lang="{}" ').format(shown.alt, shown.lang)
    drawing = Markup(shown.svg)  # noqa: S704 - plain shapes only: drawing_rules let it in
    return drawing.replace("<svg ", label, 1)


def _typeset(sheet: PictureSheet, suffix: str) -> bytes:
    output: Literal["pdf", "png"] = "pdf" if suffix == ".pdf" else "png"
    content = {"sheet": as_json(sheet), "form": output}
    try:
        made = typeset("picture_sheet", content, output, _PPI)
    except NotSet as error:
        raise _failed(str(error)) from error
    if len(made) != 1:  # the template makes one tall page for a PNG
        raise _failed(output)
    return made[0]


def _failed(reason: str) -> MessagesError:
    return MessagesError(
        N_("Billedarket kunne ikke sættes op til tryk: {reason}. Prøv -o billeder.html."),
        reason=reason[:300],
    )
