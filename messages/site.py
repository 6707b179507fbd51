"""Every topic in every language as static pages: no script, stable addresses, any web server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from markupsafe import Markup

from messages.compose import compose
from messages.document import Document, Drawing, Said
from messages.languages import DANISH, Direction, Language
from messages.library import Library
from messages.page_html import CARRIED_ALONG, context, drawing_svg, runs
from messages.sitemap import sitemap
from messages.tables import H_

TITLE = H_("Billedark om arbejde og løn")
ALL_SHEETS = H_("Alle ark")
CHOOSE = H_("Vælg dit sprog")
FONTS = "fonts"


@dataclass(frozen=True)
class Page:
    """A file of the site: `path` from its root with forward slashes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Link:
    """The same page in another language; `address` is whole where the site's own is known."""

    name: str
    lang: str
    direction: Direction
    href: str
    address: str
    here: bool


@dataclass(frozen=True)
class Label:
    """A sentence of the frame, and the html tag of the language that it stands in."""

    text: str
    lang: str


@dataclass(frozen=True)
class Card:
    """A sheet on the index page; `danish` is its Danish title where that helps."""

    href: str
    title: Said
    danish: str
    picture: Markup | str


def site(
    library: Library, on: date, *, address: str = "", reviewed_only: bool = False
) -> tuple[Page, ...]:
    """The files of the site with example numbers, as of the day `on`, the same for the same input.

    A language has a sheet once it has words for its title; a draft stands beside the Danish and
    asks search engines to leave it out, and with `reviewed_only` is left out. `address` is where
    the site will be (`https://…/`). Raises MessagesError for a sheet that cannot be made.
    """
    return tuple(_Site(library, on, address, reviewed_only).pages())


class _Site:
    def __init__(self, library: Library, on: date, address: str, reviewed_only: bool) -> None:
        self.library = library
        self.address = address.rstrip("/") + "/" if address else ""
        made = {
            (topic, code): compose(topic, code, {}, library, on)
            for code in library.languages
            for topic in library.topics
            if self._speaks(code, topic)
        }
        self.sheets: Mapping[tuple[str, str], Document] = {
            place: sheet
            for place, sheet in made.items()
            if not (reviewed_only and sheet.marks.draft)
        }
        with_sheets = {code for _, code in self.sheets}
        self.codes = [code for code in library.languages if code in with_sheets]

    def _speaks(self, code: str, topic_id: str) -> bool:
        topic, catalog = self.library.topics[topic_id], self.library.handout.get(code)
        if code == DANISH or topic.danish_only:
            return code == DANISH
        return catalog is not None and catalog.has(topic.title)

    def pages(self) -> Iterator[Page]:
        for (topic, code), sheet in self.sheets.items():
            yield Page(f"{code}/{topic}.html", self._sheet(topic, code, sheet).encode())
        for code in self.codes:
            yield Page(f"{code}/index.html", self._index(code).encode())
        yield Page("index.html", self._chooser().encode())
        yield Page("sitemap.xml", sitemap(self._alternates(), self.address))
        fonts = {self._font(self.library.languages[code]) for code in self.codes} - {""}
        for font in sorted(fonts):
            for file in _font_files(font):
                content = (files("messages") / FONTS / file).read_bytes()
                yield Page(f"{FONTS}/{file}", content)

    def _sheet(self, topic: str, code: str, sheet: Document) -> str:
        frame = self._frame(code, f"{topic}.html", draft=sheet.marks.draft)
        label = self._label(ALL_SHEETS, code)
        filled = {**context(sheet), **frame, "home": label}
        return self.library.templates.render("site_sheet.html.j2", **filled)

    def _index(self, code: str) -> str:
        sheets = {topic: sheet for (topic, of), sheet in self.sheets.items() if of == code}
        drawings = _one_each(sheets)
        cards = [self._card(topic, sheet, drawings[topic]) for topic, sheet in sheets.items()]
        draft = all(sheet.marks.draft for sheet in sheets.values())
        title = self._label(TITLE, code)
        frame = self._frame(code, "index.html", draft=draft)
        return self._render(frame, title=title, cards=cards)

    def _chooser(self) -> str:
        """The front page: the languages, each by its own name, and the Danish title."""
        links = [self._link(code, f"{code}/index.html", "", here=False) for code in self.codes]
        frame = {**self._frame(DANISH, "index.html", draft=False), "faces": "", "languages": links}
        return self._render(frame, title=Label(TITLE, DANISH), cards=[])

    def _render(self, frame: Mapping[str, object], **more: object) -> str:
        filled = {**frame, "r": runs, "home": None, **more}
        return self.library.templates.render("site_index.html.j2", **filled)

    def _frame(self, code: str, file: str, *, draft: bool) -> dict[str, object]:
        language = self.library.languages[code]
        font = self._font(language)
        return {
            "page": language,
            "draft": draft,
            "languages": self._links(code, file),
            "choose": self._label(CHOOSE, code),
            "font": font,
            "faces": _faces(font),
        }

    def _links(self, here: str, file: str) -> list[Link]:
        topic = file.removesuffix(".html")
        known = [
            code for code in self.codes if file == "index.html" or (topic, code) in self.sheets
        ]
        return [self._link(code, f"{code}/{file}", "../", here=code == here) for code in known]

    def _link(self, code: str, path: str, up: str, *, here: bool) -> Link:
        language = self.library.languages[code]
        whole = f"{self.address}{path}" if self.address else up + path
        name, lang = language.name_own, language.html
        return Link(name, lang, language.direction, up + path, whole, here)

    def _card(self, topic: str, sheet: Document, drawing: Drawing | None) -> Card:
        danish = "" if sheet.language.code == DANISH else self.library.topics[topic].title
        return Card(f"{topic}.html", sheet.title, danish, drawing_svg(drawing) if drawing else "")

    def _label(self, sentence: str, code: str) -> Label:
        catalog = self.library.handout.get(code)
        known = catalog is not None and catalog.has(sentence)
        if catalog is None or not known:
            return Label(sentence, DANISH)
        return Label(catalog.text(sentence), self.library.languages[code].html)

    def _alternates(self) -> Iterator[Mapping[str, str]]:
        """For each topic and for the indexes: the path by html tag, of what may be searched."""
        files_by_topic: dict[str, dict[str, str]] = {}
        for (topic, code), sheet in self.sheets.items():
            if not sheet.marks.draft:
                tag = self.library.languages[code].html
                files_by_topic.setdefault(topic, {})[tag] = f"{code}/{topic}.html"
        yield {DANISH: "index.html"}
        yield from files_by_topic.values()

    def _font(self, language: Language) -> str:
        return next((font for font in language.fonts if font in CARRIED_ALONG), "")


def _one_each(sheets: Mapping[str, Document]) -> dict[str, Drawing | None]:
    """For each sheet the first of its pictures that no other sheet before it has taken."""
    chosen: dict[str, Drawing | None] = {}
    for topic, sheet in sheets.items():
        taken = {drawing.id for drawing in chosen.values() if drawing}
        drawings = [step.picture for step in sheet.steps if step.picture]
        free = [drawing for drawing in drawings if drawing.id not in taken]
        chosen[topic] = next(iter(free or drawings), None)
    return chosen


def _font_files(font: str) -> tuple[str, str]:
    name = font.replace(" ", "")
    return f"{name}-Regular.woff2", f"{name}-Bold.woff2"


def _faces(font: str) -> Markup:
    """Rules for a font that lies beside the pages, so that a phone fetches it once for all."""
    rules = [
        f'@font-face{{font-family:"{font}";font-weight:{weight};font-display:swap;'
        f"src:url(../{FONTS}/{file})}}"
        for weight, file in zip((400, 700), _font_files(font), strict=True)
        if font
    ]
    return Markup("".join(rules))  # noqa: S704 - names of our own font files
