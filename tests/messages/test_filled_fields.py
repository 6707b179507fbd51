"""What was typed stands where it would be written by hand, and the empty line is gone."""

from __future__ import annotations

from datetime import date

from messages.compose import compose
from messages.document import plain
from messages.formats import render
from messages.library import Library
from messages.topics import packaged_topics

ON = date(2026, 11, 22)
PHONE = {"phone": "12 34 56 78"}


def test_a_typed_phone_number_takes_the_place_of_the_empty_line(library: Library) -> None:
    first, second, *_ = compose("sygemelding", "da", PHONE, library, ON).fields
    assert (plain(first.filled), first.lines) == ("12\u00a034\u00a056\u00a078", 0)
    assert (second.filled, second.lines) == ((), 1)


def test_a_place_for_two_things_keeps_its_line_until_both_are_known(library: Library) -> None:
    half = compose("foerste-arbejdsdag", "da", {"meet": "Bo"}, library, ON).fields[1]
    whole = compose("foerste-arbejdsdag", "da", {"meet": "Bo", **PHONE}, library, ON).fields[1]
    assert (plain(half.filled), half.lines) == ("Bo", 1)
    assert (plain(whole.filled), whole.lines) == ("Bo · 12\u00a034\u00a056\u00a078", 0)


def test_a_date_stands_in_the_readers_words(library: Library) -> None:
    facts = {"payday": "2026-12-31"}
    field = compose("loen-bagud", "ar", facts, library, ON, allow_draft=True).fields[1]
    assert plain(field.filled) == "31\u00a0ديسمبر\u00a02026"


def test_in_arabic_text_the_number_is_isolated_beside_the_label(library: Library) -> None:
    document = compose("sygemelding", "ar", PHONE, library, ON, bilingual=True)
    shown = render(document, library, ".txt").decode()
    assert ": \u206612\u00a034\u00a056\u00a078\u2069\n" in shown


def test_every_format_shows_the_number_in_its_field(library: Library) -> None:
    document = compose("sygemelding", "da", PHONE, library, ON)
    assert "Telefon til min leder: 12\u00a034" in render(document, library, ".txt").decode()
    html = render(document, library, ".html").decode()
    assert html.count('class="filled"') == 1
    empty = compose("sygemelding", "da", {}, library, ON)
    assert html.count('class="write"') == 2
    assert render(empty, library, ".html").decode().count('class="write"') == 3


def test_a_field_names_facts_that_its_topic_asks_for() -> None:
    unknown = [
        (topic.id, key)
        for topic in packaged_topics()
        for place in topic.fields
        for key in place.keys
        if key not in {fact.key for fact in topic.facts}
    ]
    assert unknown == []
