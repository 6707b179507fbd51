"""A real payslip as typed: known lines are explained, unknown ones are “andet”, nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.errors import MessagesError
from messages.typed_payslip import line_meant_by, read_typed


def kr(text: str | int) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Bruttoløn", "gross"),
        ("TIMELØN 160,33 t", "gross"),
        ("ATP-bidrag, løn", "atp"),
        ("AM-bidrag (8%)", "am_bidrag"),
        ("Arbejdsmarkedsbidrag", "am_bidrag"),
        ("AM-indkomst", "am_income"),
        ("A-skat 38%", "a_tax"),
        ("  Til   udbetaling ", "net"),
        ("Fradrag efter skattekort", "deduction"),
        ("Fradrag efter skat", "after_tax"),
        ("Løntillæg", "other"),
        ("Personaleforening", "other"),
        ("", "other"),
    ],
)
def test_the_words_of_payroll_systems_are_known(words: str, key: str) -> None:
    assert line_meant_by(words) == key


def test_a_payslip_keeps_its_own_words_and_order() -> None:
    slip = read_typed(
        [
            ("Timeløn", kr(24500)),
            ("ATP", kr(-99)),
            ("AM-indkomst", kr(24401)),
            ("AM-bidrag", kr(-1952)),
            ("A-skat", kr(5663)),
            ("Kantine", kr(-300)),
        ],
        kr(16486),
    )
    assert [line.term for line in slip.lines] == [
        "Timeløn",
        "ATP",
        "AM-indkomst",
        "AM-bidrag",
        "A-skat",
        "Kantine",
    ]
    assert [line.key for line in slip.lines][-1] == "other"
    assert slip.lines[-1].formula.startswith("Andet")
    assert slip.lines[1].amount == 99


def test_what_the_typed_lines_do_not_explain_stands_as_andet() -> None:
    slip = read_typed([("Bruttoløn", kr(10000)), ("AM-bidrag", kr(800))], kr(9000))
    assert slip.lines[-1].term == "Andet"
    assert slip.lines[-1].amount == -200


@given(st.decimals(min_value=0, max_value=90000, places=2), st.integers(0, 50000))
def test_the_sheet_always_adds_up_to_what_was_paid_out(gross: Decimal, net: int) -> None:
    slip = read_typed([("Bruttoløn", gross)], kr(net))
    assert sum(line.amount for line in slip.lines) == net


def test_without_lines_there_is_nothing_to_explain() -> None:
    with pytest.raises(MessagesError, match="mindst én linje"):
        read_typed([], kr(1000))
