"""The square code (QR) on a printed sheet: to the same sheet on the reader's phone."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from messages.document import Code, Source

QUIET_ZONE = 2
SHOWN = 60
_LAW_COPIES = ("//www.elov.dk/", "//elov.dk/", "//danskelove.dk/", "//www.danskelove.dk/")
"""Private copies of laws: a source for the caseworker, and nothing to send a reader to."""


def code_for(site: str, language: str, topic: str, sources: tuple[Source, ...]) -> Code | None:
    """The code to the reader's own page of the published site, else to the first official page.

    `site` is its address (`https://…`), empty where the municipality publishes none. None where
    there is nothing to point to. It holds an address and nothing of the person.
    """
    if site:
        return code_of(f"{site.rstrip('/')}/{language}/{topic}.html")
    official = next(
        (it.url for it in sources if it.url and not any(copy in it.url for copy in _LAW_COPIES)), ""
    )
    return code_of(official) if official else None


@lru_cache(maxsize=256)
def code_of(url: str) -> Code:
    """The code that holds `url`, drawn black on white, and the address in print: its host
    alone where the whole is too long to type."""
    drawn = io.BytesIO()
    segno.make(url, micro=False, error="m").save(
        drawn,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    shown = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    if len(shown) > SHOWN:
        shown = shown.partition("/")[0]
    return Code(url, shown, drawn.getvalue().decode())
