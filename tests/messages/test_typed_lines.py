"""Payslip lines as people type them: the words, then the amount, and never a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.errors import MessagesError
from messages.typed_lines import MOST_LINES, read_lines


@pytest.mark.parametrize(
    ("typed", "words", "amount"),
    [
        ("Fritvalg 4 %  980,00", "Fritvalg 4 %", "980"),
        ("Fritvalg 4 % 980,00", "Fritvalg 4 %", "980"),
        ("Kantine -150", "Kantine", "-150"),
        ("Kantine 150,00-", "Kantine", "-150"),
        ("Kantine −150 kr.", "Kantine", "-150"),
        ("Kantine  - 150,00", "Kantine", "-150"),
        ("Kantine: 25,-", "Kantine", "25"),
        ("Bruttoløn kr. 24.500", "Bruttoløn", "24500"),
        ("A-skat 38% 5.663", "A-skat 38%", "5663"),
        ("Timeløn 160,33\t24 500,00", "Timeløn 160,33", "24500"),
        ("Timeløn 160,33  24 500,00", "Timeløn 160,33", "24500"),
        ("Løn\u00a024.500,00", "Løn", "24500"),
        ("Løn pr. 31.12.2026 24.500,50", "Løn pr. 31.12.2026", "24500.50"),
        ('#panic("x") 5', '#panic("x")', "5"),
        ("{{ config }} {gross} 5", "{{ config }} {gross}", "5"),
        ("<script>alert(1)</script> 7", "<script>alert(1)</script>", "7"),
    ],
)
def test_a_line_is_words_and_the_last_amount(typed: str, words: str, amount: str) -> None:
    assert read_lines(typed) == ((words, Decimal(amount)),)


@pytest.mark.parametrize("between", [";", "; ", "\n", "\r\n", ";\n", "\n\n"])
def test_lines_are_parted_by_a_line_break_or_a_semicolon(between: str) -> None:
    assert [words for words, _ in read_lines(f"ATP 99{between}Kantine -150{between}")] == [
        "ATP",
        "Kantine",
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "mindst én linje"),
        (" ;\n; ", "mindst én linje"),
        ("ATP 99; Kantine", "Linje 2 (“Kantine”) har intet beløb"),
        ("ATP-99", "Linje 1 (“ATP-99”) har intet beløb"),
        ("24.500,00 Bruttoløn", "har intet beløb til sidst"),
        ("ATP 99\n150,00", "Linje 2 (“150,00”) har ingen ord"),
        ("{{7*7}} 49", "har ingen ord"),
        ("Løn 24 500", "Linje 1 (“Løn 24 500”) har et beløb, der kan læses på to måder"),
        ("Timeløn 160,33 24 500,00", "to måder"),
        ("Kantine - 150", "to måder"),
        ("Løn 24.50", "på en anden måde"),
        ("Løn 1.234,567", "på en anden måde"),
        ("Løn 1,234.56", "har intet beløb"),
        ("Løn 999999999999", "på en anden måde"),
        (f"{'x' * 300} 5", "højst være på 60 tegn"),
        ("Kan\u202etine -150", "skjulte tegn"),
        ("Kan\x00tine -150", "skjulte tegn"),
        ("\n".join(["Kantine -1"] * 60), "60 linjer, men arket har plads til 24"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_an_example(typed: str, told: str) -> None:
    with pytest.raises(MessagesError) as refused:
        read_lines(typed)
    said = str(refused.value)
    assert told in said
    assert "\n" not in said
    assert len(said) < 250


def test_as_many_lines_as_the_sheet_has_room_for_are_read() -> None:
    assert len(read_lines("Kantine -1;" * MOST_LINES)) == MOST_LINES


@given(st.text(max_size=200))
def test_whatever_is_typed_is_lines_or_a_refusal(typed: str) -> None:
    try:
        rows = read_lines(typed)
    except MessagesError:
        return
    assert all(words and amount.is_finite() for words, amount in rows)


@given(st.decimals(-99999, 99999, places=2))
def test_an_amount_in_danish_form_is_read_to_the_øre(amount: Decimal) -> None:
    typed = f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert read_lines(f"Kantine {typed}")[0][1] == amount
