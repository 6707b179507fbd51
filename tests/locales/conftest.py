"""The library as it ships, and catalogs made for one test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from messages.glossary import Glossary
from messages.language_rules import Rules
from messages.languages import Language
from messages.library import Library, Overlay, load_library
from messages.po_file import Entry
from messages.translations import Work, packaged_terms, work_on

MakeWork = Callable[..., Work]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def arabic(library: Library) -> Language:
    return library.languages["ar"]


@pytest.fixture
def make_work(library: Library) -> MakeWork:
    """Work on a made-up catalog of these entries, in Arabic unless told otherwise."""

    def made(*entries: Entry, code: str = "ar", glossary: Glossary | None = None) -> Work:
        language = library.languages[code]
        rules = Rules(language, "handout", packaged_terms(), glossary)
        return Work(language, "handout", "x.po", {}, tuple(entries), {}, (), rules)

    return made


@pytest.fixture(scope="session")
def shipped(library: Library) -> dict[str, Work]:
    """The handout catalogs that ship, by language."""
    return {
        code: work_on(code, "handout", library, Overlay())
        for code in library.languages
        if code != "da"
    }
