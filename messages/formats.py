"""The formats of a sheet by the suffix of its file; adding one is adding a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from messages.document import Document
from messages.errors import MessagesError
from messages.tables import did_you_mean

if TYPE_CHECKING:
    from messages.library import Library

Render = Callable[[Document, "Library"], bytes]


def _pdf(document: Document, library: Library) -> bytes:
    from messages.page_pdf import pdf

    return pdf(document, library)


def _png(document: Document, library: Library) -> bytes:
    from messages.page_pdf import png

    return png(document, library)


def _phone_png(document: Document, library: Library) -> bytes:
    from messages.page_pdf import phone_png

    return phone_png(document, library)


def _html(document: Document, library: Library) -> bytes:
    from messages.page_html import html

    return html(document, library).encode()


def _text(document: Document, library: Library) -> bytes:
    from messages.page_text import text

    return text(document, library).encode()


def _sms(document: Document, library: Library) -> bytes:  # noqa: ARG001 - the shape of a format
    from messages.page_text import sms

    return (sms(document).text + "\n").encode()


def _json(document: Document, library: Library) -> bytes:  # noqa: ARG001 - the shape of a format
    from messages.document_json import document_json

    return document_json(document)


def _slack(document: Document, library: Library) -> bytes:  # noqa: ARG001 - the shape of a format
    from messages.page_slack import slack_json

    return slack_json(document)


FORMATS: Mapping[str, Render] = {
    ".phone.png": _phone_png,
    ".sms.txt": _sms,
    ".slack.json": _slack,
    ".pdf": _pdf,
    ".png": _png,
    ".html": _html,
    ".txt": _text,
    ".json": _json,
}


def suffix_of(name: str) -> str:
    """The format's suffix that a file name ends in, the longest that fits.

    Raises MessagesError naming the formats when it ends in none of them.
    """
    for suffix in FORMATS:
        if name.lower().endswith(suffix):
            return suffix
    raise MessagesError(
        "“{name}” ender ikke på et format{hint} Skriv f.eks. -o loenseddel.pdf.",
        name=name[-40:],
        hint=did_you_mean("", FORMATS),
    )


def render(document: Document, library: Library, suffix: str) -> bytes:
    """The sheet's file in the format of `suffix`; the same sheet gives the same bytes."""
    return FORMATS[suffix](document, library)
