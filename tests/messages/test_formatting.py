from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from messages.formatting import (
    NBSP,
    Value,
    ValueKind,
    amount,
    danish_number,
    direction_of,
    percent,
    show,
)
from messages.library import Library


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        ("12345.5", 2, "12.345,50"),
        ("0", 2, "0,00"),
        ("999.995", 2, "1.000,00"),
        ("1234567", 0, "1.234.567"),
        ("0.5", 0, "1"),
    ],
)
def test_a_number_is_written_as_a_payslip_writes_it(number: str, decimals: int, shown: str) -> None:
    assert danish_number(Decimal(number), decimals) == shown


@pytest.mark.parametrize("code", ["da", "en", "ar", "ti", "fa_AF", "so"])
def test_an_amount_is_danish_in_every_language_and_never_breaks(
    code: str, library: Library
) -> None:
    run = show(amount(Decimal("12345.5")), library.languages[code])
    assert run.text == f"12.345,50{NBSP}kr."
    assert (run.lang, run.direction) == ("da", "ltr")


def test_whole_kroner_have_no_decimals(library: Library) -> None:
    assert show(amount(Decimal("99.00")), library.languages["da"]).text == f"99{NBSP}kr."


def test_what_is_only_nearly_right_is_in_whole_kroner(library: Library) -> None:
    about = amount(Decimal("1952.08"), about=True)
    assert show(about, library.languages["da"]).text == f"1.952{NBSP}kr."


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("da", "9. marts 2026"),
        ("en", "9 March 2026"),
        ("ar", "9 مارس 2026"),
        ("ti", "9 መጋቢት 2026"),
        ("so", "9 Maarso 2026"),
        ("fa_AF", "9 مارچ 2026"),
        ("uk", "9 березня 2026"),
    ],
)
def test_a_date_is_day_month_year_in_the_readers_words(
    code: str, shown: str, library: Library
) -> None:
    day = Value(ValueKind.DATE, day=date(2026, 3, 9))
    run = show(day, library.languages[code])
    assert run.text.replace(NBSP, " ").replace("9. ", "9 ") == shown.replace("9. ", "9 ")
    assert run.direction == library.languages[code].direction


@pytest.mark.parametrize(("number", "shown"), [("38", "38"), ("38.5", "38,5"), ("37.10", "37,1")])
def test_a_percent_has_only_the_decimals_it_needs(
    number: str, shown: str, library: Library
) -> None:
    assert show(percent(Decimal(number)), library.languages["da"]).text == f"{shown}{NBSP}%"


def test_a_phone_number_does_not_break(library: Library) -> None:
    phone = Value(ValueKind.PHONE, words="+45 70 10 20 30")
    assert " " not in show(phone, library.languages["ar"]).text


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Ane", "ltr"), ("أحمد", "rtl"), ("12 34", "ltr"), ("- أحمد (Ane)", "rtl"), ("", "ltr")],
)
def test_typed_words_run_as_their_first_letter_does(text: str, direction: str) -> None:
    assert direction_of(text) == direction
