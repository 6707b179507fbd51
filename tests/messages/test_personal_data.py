"""CPR numbers in every spelling; all numbers here are made up."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.personal_data import MASK, find_cpr, holds_cpr, mask_cpr

BLOCKED = [
    "borger 150585-2345 har ringet",
    "150585 - 2345",
    "150585–2345",
    "150585−2345",
    "150585.2345",
    "150585/2345",
    "15-05-85-2345",
    "cpr 1505852345",
    "hendes personnummer er 150585 2345",
    "born 0101852345",
    "١٥٠٥٨٥-٢٣٤٥",
    "１５０５８５-２３４５",
    "1505\u200b85-23\u206045",
    "750585-2345",
    "sagen på 150299-3678",
    "sag 150585-2345",
    "sagsnr. 150585-2345",
    "faktura 150585-2345",
    "konto 150585–2345",
    "telefon til moderen: 150585 - 2345",
    "journal på 0101852345",
    "P-nr. står på sedlen, hun er 150585-2345",
]  # fmt: skip


@pytest.mark.parametrize("text", BLOCKED)
def test_a_cpr_number_in_any_spelling_is_held(text: str) -> None:
    assert holds_cpr(text)


@pytest.mark.parametrize("text", BLOCKED)
def test_a_masked_text_holds_no_cpr_number(text: str) -> None:
    masked = mask_cpr(text)
    assert MASK in masked
    assert not find_cpr(masked)


@pytest.mark.parametrize(
    "text",
    [
        "P-nr. 1005852345",
        "konto 1505852345",
        "P-nr. 150585-2345",
        "p nummer: 150585-2345",
        "faktura 1505852345",
        "fakturanummer er 0101852345",
        "sagsnr. 0101852345",
        "sag nr. 1505852345",
        "Sagsnummer: 0101852345",
        "j.nr. 0101852345",
        "reg.nr. 0101852345",
        "EAN 0101852345",
        "P-nummeret er 0101852345",
        "tlf. nr. 0101852345",
        "310285-2345",
        "151385-2345",
        "beløbet er 24.500,50 kr.",
        "uge 35 i 2018",
        "12345678901234",
    ],
)
def test_a_number_of_another_kind_is_let_through(text: str) -> None:
    assert not holds_cpr(text)


ROUNDABOUT = [
    "150585\n2346",
    "150585-\r\n2346",
    "150585\t2346",
    "1505\n852346",
    "150585-23\n46",
    "15 05 85 23 46",
    "1 5 0 5 8 5 2 3 4 6",
    "1 5 0 5 8 5 - 2 3 4 6",
    "150585_2346",
    "150585, 2346",
    "150585 (2346",
    "150585-**2346**",
    "15.05.1985-2346",
    "1\ufe0f\u20e350585-2346",
    "150585\u28002346",
    "15\x000585-2346",
    "150585\u20282346",
]


@pytest.mark.parametrize("text", ROUNDABOUT)
def test_a_number_dealt_out_in_another_way_is_found_and_masked(text: str) -> None:
    assert find_cpr(f"Nummeret {text} er hendes.")
    assert not re.search(r"2.?3.?4.?6", mask_cpr(f"Nummeret {text} er hendes."), re.DOTALL)


@pytest.mark.parametrize("text", ROUNDABOUT)
def test_the_same_number_is_held_where_it_is_announced(text: str) -> None:
    assert holds_cpr(f"hendes cpr er {text}")


@pytest.mark.parametrize(
    "text",
    [
        "uge 10, 11, 12, 13, 14 og 15",
        "ring 12 34 56 78",
        "10 11 12 13 14 15 16",
        "åbent 08.00-15.30",
        "01.01.2026-31.12.2026",
        "24.500,00\n19.230,50",
    ],
)
def test_dates_lists_and_amounts_are_no_numbers_of_people(text: str) -> None:
    assert not find_cpr(text)


@pytest.mark.parametrize("unit", ["1", "1 ", "1\n", "150 299 36 ", "150299-", "15 02 99 36 78 "])
def test_the_search_takes_time_in_proportion_to_the_text(unit: str) -> None:
    began = time.process_time()
    find_cpr(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 5


def test_ten_digits_that_are_a_date_and_nothing_else_are_a_warning() -> None:
    (found,) = find_cpr("nummeret 1505852346 stod på sedlen")
    assert found.certainty == "warn"


@pytest.mark.parametrize("before", ["sagen om", "sag", "kontoen til", "telefonen hos"])
def test_a_word_nearby_excuses_no_bare_number(before: str) -> None:
    (found,) = find_cpr(f"{before} 1505852346")
    assert found.certainty == "warn"
    assert mask_cpr(f"{before} 1505852346") == f"{before} {MASK}"


def test_the_place_of_a_number_is_in_the_text_as_given() -> None:
    text = "æ\u200b 1505\u200b85-2345!"
    (found,) = find_cpr(text)
    assert text[found.start : found.end] == "1505\u200b85-2345"


@given(st.text(max_size=200))
def test_masking_never_fails_and_leaves_nothing_certain(text: str) -> None:
    assert not holds_cpr(mask_cpr(text))
