"""The square code: where it leads, and that it can be read from the printed page."""

from __future__ import annotations

from datetime import date

import pytest

from messages.compose import compose
from messages.document import Source
from messages.library import Library
from messages.page_html import html
from messages.page_text import text
from messages.square_code import code_for, code_of

ON = date(2026, 11, 22)
SITE = "https://ark.kommune.example/"
OFFICIAL = (Source("Skattestyrelsen", "https://skat.dk/a"),)


def test_it_leads_to_the_readers_own_page_where_the_municipality_publishes_one() -> None:
    code = code_for(SITE, "ar", "skat", OFFICIAL)
    assert code is not None
    assert code.url == "https://ark.kommune.example/ar/skat.html"
    assert code.shown == "ark.kommune.example/ar/skat.html"


def test_it_leads_to_the_official_page_where_nothing_is_published() -> None:
    code = code_for("", "ar", "skat", OFFICIAL)
    assert code is not None
    assert code.url == "https://skat.dk/a"


def test_without_anywhere_to_lead_there_is_none() -> None:
    assert code_for("", "da", "kontaktkort-virksomhed", ()) is None


def test_an_address_too_long_to_type_is_shown_by_its_host() -> None:
    assert code_of("https://skat.dk/" + "a" * 100).shown == "skat.dk"


def test_the_drawing_is_the_same_each_time_and_holds_no_text() -> None:
    drawn = code_of("https://skat.dk/a").svg
    assert drawn == code_of("https://skat.dk/a").svg
    assert drawn.startswith("<svg xmlns=")
    assert "skat" not in drawn


@pytest.mark.parametrize("language", ["da", "ar"])
def test_the_sheet_says_the_address_in_every_format(library: Library, language: str) -> None:
    sheet = compose("skat", language, {"gross": "24500"}, library, ON, site=SITE)
    address = f"https://ark.kommune.example/{language}/skat.html"
    assert sheet.code is not None
    assert sheet.code.url == address
    assert address in text(sheet, library)
    made = html(sheet, library)
    assert address in (made.decode() if isinstance(made, bytes) else made)


def test_nothing_of_the_person_is_in_the_code(library: Library) -> None:
    one = compose("skat", "da", {"gross": "24500"}, library, ON, site=SITE)
    other = compose("skat", "da", {"gross": "31000", "percent": "40"}, library, ON, site=SITE)
    assert one.code == other.code
