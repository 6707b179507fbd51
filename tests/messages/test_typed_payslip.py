"""A real payslip as typed: known lines are explained, unknown ones are “andet”, and all adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.errors import MessagesError
from messages.typed_payslip import OTHER, add_up, amounts_of, line_meant_by, typed_lines


def kr(text: str | int) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Bruttoløn", "gross"),
        ("TIMELØN 160,33 t", "gross"),
        ("ATP-bidrag, løn", "atp"),
        ("Pension 4 % Danica", "pension"),
        ("AM-bidrag (8%)", "am_bidrag"),
        ("Arbejdsmarkedsbidrag", "am_bidrag"),
        ("AM-indkomst", "am_income"),
        ("A-skat 38%", "a_tax"),
        ("  Til   udbetaling ", "net"),
        ("Udbetalt løn", "net"),
        ("Løn efter skat", "net"),
        ("Fradrag efter skattekort", "deduction"),
        ("Fradrag", "deduction"),
        ("Fradrag efter skat", "after_tax"),
        ("Løntillæg", "other"),
        ("Personaleforening", "other"),
        ("Fradrag kantine", "other"),
        ("Udbetaling af feriepenge", "other"),
        ("Pension arbejdsgiver 8 %", "other"),
        ("ATP, virksomhed", "other"),
        ("", "other"),
    ],
)
def test_the_words_of_payroll_systems_are_known(words: str, key: str) -> None:
    assert line_meant_by(words) == key


def test_a_payslip_keeps_its_own_words_and_order() -> None:
    lines = typed_lines(
        [
            ("Timeløn", kr(24500)),
            ("ATP", kr(-99)),
            ("AM-indkomst", kr(24401)),
            ("AM-bidrag", kr(-1952)),
            ("A-skat", kr(5663)),
            ("Kantine", kr(-300)),
        ]
    )
    terms = ["Timeløn", "ATP", "AM-indkomst", "AM-bidrag", "A-skat", "Kantine"]
    assert [line.term for line in lines] == terms
    assert lines[-1].key == OTHER
    assert lines[-1].formula.startswith("Andet")
    assert lines[1].amount == 99
    assert lines[-1].amount == -300


def test_two_pensions_are_added_and_two_kinds_of_pay_too() -> None:
    rows = [("Timeløn", kr(20000)), ("Løn under sygdom", kr(500)), ("Pension", kr(800)),
            ("Egen pension", kr(-100))]  # fmt: skip
    assert amounts_of(typed_lines(rows)) == {"gross": 20500, "pension": 900}


def test_the_whole_pay_takes_the_place_of_its_parts() -> None:
    rows = [("Timeløn", kr(20000)), ("Fritvalg", kr(800)), ("Bruttoløn", kr(20800))]
    assert amounts_of(typed_lines(rows)) == {"gross": 20800}


@pytest.mark.parametrize(
    ("rest", "others", "fits"),
    [
        (0, [], True),
        (1, [], True),
        (2, [], False),
        (150, [-150], True),
        (150, [150], False),
        (0, [3128], True),  # holiday pay that is set aside
        (150, [-150, 980, 3128], True),
        (-830, [-150, 980, 3128], True),
        (151, [-140, 980], False),
    ],
)
def test_unknown_lines_may_or_may_not_move_money_but_must_explain_the_rest(
    rest: int, others: list[int], fits: bool
) -> None:
    lines = typed_lines([("Tillæg", kr(amount)) for amount in others])
    assert add_up(kr(rest), lines) is fits


@given(st.lists(st.integers(-5000, 5000).filter(bool), max_size=12), st.data())
def test_any_choice_of_the_unknown_lines_explains_the_rest(
    amounts: list[int], data: st.DataObject
) -> None:
    lines = typed_lines([("Tillæg", kr(amount)) for amount in amounts])
    moved = sum((one for one in amounts if data.draw(st.booleans())), 0)
    assert add_up(kr(-moved), lines)


def test_a_known_line_under_zero_is_refused_by_name_when_it_cannot_be() -> None:
    with pytest.raises(MessagesError, match="“Bruttoløn” kan ikke være under nul"):
        typed_lines([("Bruttoløn", kr(-5))])


def test_more_unknown_lines_than_the_sheet_has_room_for_are_refused() -> None:
    with pytest.raises(MessagesError, match="kender ikke 13"):
        typed_lines([(f"Tillæg {number}", kr(1)) for number in range(13)])
