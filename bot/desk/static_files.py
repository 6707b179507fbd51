"""The files that every page asks for: style, script, fonts, and the drawn pictures."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.visit import Visit

_KINDS = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
_FRESH = {"cache-control": "private, max-age=86400"}


@cache
def _shelf() -> dict[str, bytes]:
    """Every static file by its name: an address is looked up here, never on the disk."""
    own = files("bot.desk") / "static"
    fonts = files("messages") / "fonts"
    found = [*own.iterdir(), *(font for font in fonts.iterdir() if font.name.endswith(".woff2"))]
    return {file.name: file.read_bytes() for file in found if file.is_file()}


def static_file(visit: Visit) -> Response:
    """A style sheet, script or font."""
    name = visit.path["name"]
    kind = _KINDS.get(name.rpartition(".")[2])
    if name not in _shelf() or kind is None:
        raise HTTPException(404)
    return Response(_shelf()[name], media_type=kind, headers=_FRESH)


def picture(visit: Visit) -> Response:
    """A picture of the sheets."""
    found = visit.app.library.pictures.get(visit.path["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found.svg, media_type=_KINDS["svg"], headers=_FRESH)
