"""CPR numbers in every spelling; all numbers here are made up."""

from __future__ import annotations

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
