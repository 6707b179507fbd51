"""The sheet “Hvem hjælper dig?” carries the municipality's own numbers, and what is typed wins."""

from __future__ import annotations

from datetime import date

import pytest

from bot.actions.handouts import HandoutRequest, make_handout
from bot.config import Contact
from bot.people import at_the_terminal
from messages.document import plain
from messages.library import Library, load_library

ON = date(2026, 11, 22)
CONTACTS = (
    Contact("faglig", "Faglig koordinator", ("Praktik", "job"), phone="11 22 33 44"),
    Contact("ydelse", "Ydelsesafdelingen", ("ydelse",), phone="22 33 44 55"),
    Contact("skole", "Sprogskolen", ("sprogskole",)),
    Contact("anden", "En anden", ("job",), phone="99 99 99 99"),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def said(library: Library, topic: str = "hvem-hjaelper", **facts: str) -> str:
    request = HandoutRequest(topic, "da", facts)
    sheet = make_handout(at_the_terminal(), request, library, ON, contacts=CONTACTS)
    return " ".join(plain(step.said.text) for step in sheet.steps).replace("\u00a0", " ")


def test_the_first_contact_for_a_subject_stands_on_the_sheet(library: Library) -> None:
    assert "Telefon: 11 22 33 44" in said(library)
    assert "Telefon: 22 33 44 55" in said(library)
    assert "99 99 99 99" not in said(library)


def test_a_contact_without_a_phone_gives_no_number(library: Library) -> None:
    assert "Skolen hjælper dig med at lære dansk. En" not in said(library)
    assert "Skolen hjælper dig med at lære dansk." in said(library)


def test_what_the_caseworker_types_wins(library: Library) -> None:
    assert "Telefon: 44 44 44 44" in said(library, benefits_phone="44 44 44 44")


def test_other_sheets_are_not_touched(library: Library) -> None:
    assert "11 22 33 44" not in said(library, "sygemelding")
