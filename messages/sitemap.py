"""sitemap.xml: which pages there are, and which are the same sheet in another language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr  # writes only; nothing is parsed

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_NO_ADDRESS = "<!-- Set [site] address in config.toml: a search engine needs whole addresses. -->\n"


def sitemap(pages: Iterable[Mapping[str, str]], address: str) -> bytes:
    """The map (sitemaps.org 0.9) of `pages`, each a path by the html tag of its language.

    `address` ends in a slash. Without one the paths stand from the root, and a comment says so.
    """
    root = address or "/"
    entries = [
        _entry(root + path, {tag: root + other for tag, other in versions.items()})
        for versions in pages
        for path in versions.values()
    ]
    note = "" if address else _NO_ADDRESS
    return f"{_HEAD}{note}{''.join(entries)}</urlset>\n".encode()


def _entry(address: str, versions: Mapping[str, str]) -> str:
    others = versions if len(versions) > 1 else {}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(path)}/>'
        for tag, path in others.items()
    )
    return f"<url><loc>{quoteattr(address)[1:-1]}</loc>{links}</url>\n"
