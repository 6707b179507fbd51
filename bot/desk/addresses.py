"""Addresses that a visitor sends back to us: ours, or not followed; and a form's own page."""

from __future__ import annotations

_PAGES = {"/trin/": "/opfoelgning", "/pladser/": "/pladser", "/spoergsmaal/": "/spoergsmaal"}
_ENDS = frozenset({"hent", "vis", "datoer", "udfald", "problem", "ansvarlig", "videre", "fjern"})


def page_of(address: str) -> str:
    """The page that a form's address belongs to; any other address as it is."""
    for start, page in _PAGES.items():
        if address.startswith(start):
            return page
    page, _, end = address.rpartition("/")
    return page if end in _ENDS and page else address


def is_ours(address: str) -> bool:
    """Whether an address is a path on this desk, and nothing that a browser reads as a host."""
    return (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and address.isascii()
        and address.isprintable()
    )
