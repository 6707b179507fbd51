from __future__ import annotations

import re
from datetime import date

import pytest

from messages.compose import compose
from messages.everyday_letters import BLOCKS, EVERYDAY, only_everyday
from messages.library import Library
from messages.page_html import html

HEAVIEST = 150_000


@pytest.mark.parametrize("lang", ["ar", "fa_AF", "ti"])
def test_every_sheet_in_its_own_script_weighs_at_most_150_kb(
    lang: str, library: Library, today: date
) -> None:
    for topic in library.topics:
        page = html(compose(topic, lang, {}, library, today, bilingual=True), library)
        assert len(page.encode()) <= HEAVIEST, topic


def test_the_catalogs_are_written_in_everyday_letters(library: Library) -> None:
    for code, catalog in library.handout.items():
        family = library.languages[code].fonts[0]
        if family in EVERYDAY:
            rare = {text for text in catalog.sentences.values() if not only_everyday(text, family)}
            assert rare == set(), code


def _fonts(page: str) -> int:
    return sum(map(len, re.findall(r"base64,([A-Za-z0-9+/=]+)", page)))


def _page(library: Library, lang: str, contact: str) -> str:
    facts = {"hours": "100", "contact": contact}
    return html(compose("atp", lang, facts, library, date(2026, 11, 22)), library)


@pytest.mark.parametrize(("lang", "name"), [("ar", "ښاغلی ګل"), ("ti", "ⶀⶁ")])
def test_a_name_in_rarer_letters_has_the_whole_font_along(
    lang: str, name: str, library: Library
) -> None:
    assert _fonts(_page(library, lang, name)) > 1.4 * _fonts(_page(library, lang, "Anne"))


def test_a_typed_mark_does_not_draw_the_font_out_of_its_place(library: Library) -> None:
    page = _page(library, "ar", "<faces>")
    assert "&lt;faces&gt;" in page
    assert page.index("@font-face") < page.index("</style>")


def test_everyday_letters_are_fewer_than_the_script_has() -> None:
    for family, letters in EVERYDAY.items():
        assert 0 < len(set(letters) & set(BLOCKS[family])) < len(BLOCKS[family])
