"""Document → one self-contained HTML file for a phone: no script, no network, dark or light.

Markup is made here of three things only: our own drawings (checked by `drawing_rules`), our own
fonts, and templates whose slots are escaped.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from messages.document import Document, Drawing, Kind, Run, Text
from messages.draft_notice import draft_notice, small_print
from messages.everyday_letters import only_everyday
from messages.moneybar import FILLS, WIDE_GAP, bar_svg, lay_out, swatch_svg

if TYPE_CHECKING:
    from messages.library import Library

# A phone has fonts for Latin and Cyrillic; these it may lack or draw badly.
CARRIED_ALONG = ("Noto Sans Arabic", "Noto Sans Ethiopic")


# Where the fonts go once the page's letters are known; in what is escaped it cannot stand.
_FACES = "<faces>"


def html(document: Document, library: Library) -> str:
    """The page; every word from a catalog or a fact is escaped, only our own drawings are not."""
    filled = context(document)
    font = str(filled["font"])
    page = library.templates.render("sheet.html.j2", **filled, faces=_ours(_FACES))
    faces = _faces(font, only_everyday(page, font)) if font else ""
    return page.replace(_FACES, faces, 1)


def context(document: Document) -> dict[str, object]:
    """What `sheet.html.j2` is filled from, here and where the site puts the sheet in a frame."""
    page = document.language
    carried = next((font for font in page.fonts if font in CARRIED_ALONG), "")
    keys = {part.key for part in document.bar.parts} if document.bar else set()
    return {
        "sheet": document,
        "page": page,
        "unchecked": draft_notice(document),
        "notices": small_print(document),
        "r": runs,
        "svg": drawing_svg,
        "ours": _ours,
        "bar": _ours(bar_svg(document.bar, page.direction, WIDE_GAP)) if document.bar else "",
        "slots": lay_out(document.bar, page.direction, WIDE_GAP) if document.bar else (),
        "swatch": {key: _ours(swatch_svg(key)) for key in keys if key in FILLS},
        "font": carried,
    }


def _ours(markup: str) -> Markup:
    """Markup that this project wrote: no word of a catalog or a person is in it."""
    return Markup(markup)  # noqa: S704


def runs(text: Text) -> Markup:
    return _ours("".join(map(_run, text)))


def _run(run: Run) -> str:
    words = escape(run.text)
    if run.kind is Kind.WORDS:
        return words
    tag = "b" if run.kind is Kind.TERM else "span"
    lang = f' lang="{escape(run.lang)}"' if run.lang else ""
    inner = f'<{tag} class="{run.kind.value}">{words}</{tag}>'
    return f'<bdi dir="{run.direction}"{lang}>{inner}</bdi>'


@lru_cache(maxsize=1024)
def drawing_svg(drawing: Drawing) -> Markup:
    """The SVG with its alternative text: role, label and language on its root element."""
    label = Markup('<svg role="img" aria-label="{}" lang="{}" ').format(drawing.alt, drawing.lang)
    return _ours(drawing.svg[drawing.svg.index("<svg") :]).replace("<svg ", label, 1)


@cache
def _faces(family: str, everyday: bool) -> str:
    """@font-face rules with the woff2 inside, so that the file is whole without a network."""
    name = family.replace(" ", "") + ("Everyday" if everyday else "")
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{_font(f'{name}-{style}.woff2')})}}"
        for weight, style in ((400, "Regular"), (700, "Bold"))
    )


def _font(file: str) -> str:
    return b64encode((files("messages") / "fonts" / file).read_bytes()).decode()
