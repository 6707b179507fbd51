"""The fingerprint of all that a sheet is made from: when it changes, sheets are made again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from messages.library import Overlay

_ENGINES = ("brobygger", "babel", "jinja2", "typst")


def edition_of(overlay: Overlay) -> str:
    """A digest over code, words, figures, pictures, templates and fonts, `overlay` and engines."""
    digest = sha256()
    for package in ("locales", "messages"):
        for path, content in _contents(files(package), package):
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
    own = (overlay.topics, overlay.rates, overlay.catalogs)
    digest.update(repr([sorted(texts.items()) for texts in own]).encode())
    digest.update(repr([(name, version(name)) for name in _ENGINES]).encode())
    return digest.hexdigest()


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _contents(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry.read_bytes()
