"""What may be a case, and which dates it may have."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.cases import check_anchors, check_not_over, read_day, read_reference
from scheduler.errors import SchedulerError
from scheduler.plans import Anchor

PATTERN, EXAMPLE = r"[A-Z]{1,4}-\d{2,8}", "INT-1042"
TODAY = date(2026, 11, 22)


def test_a_reference_in_the_municipality_s_form_is_taken() -> None:
    assert read_reference(" INT-1042 ", PATTERN, EXAMPLE) == "INT-1042"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("010190-1234", "CPR"),
        ("0101901234", "CPR"),
        ("010190 1234", "CPR"),
        ("٠١٠١٩٠-١٢٣٤", "CPR"),
        ("INT-0101901234", "CPR"),
        ("Ali Hassan", "navn"),
        ("", "navn"),
        ("INT1042", "ligner ikke"),
        ("int-1042", "ligner ikke"),
        ("INT-1042; DROP TABLE cases", "ligner ikke"),
        ("INT-10\u200b42", "ligner ikke"),
        ("INT-1042\nINT-1043", "ligner ikke"),
        ("A" * 500 + "-1042", "ligner ikke"),
    ],
)
def test_anything_else_is_refused_with_an_example(text: str, told: str) -> None:
    with pytest.raises(SchedulerError) as refused:
        read_reference(text, PATTERN, EXAMPLE)
    assert told in str(refused.value)
    assert EXAMPLE in str(refused.value)


def test_a_refused_cpr_number_is_not_repeated_even_where_the_pattern_allows_it() -> None:
    with pytest.raises(SchedulerError) as refused:
        read_reference("010190-1234", r".*", EXAMPLE)
    assert "1234" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-02-30", "findes ikke"),
        ("2026-13-01", "findes ikke"),
        ("næste fredag", "er ikke en dato"),
        ("02-03-26", "er ikke en dato"),
        ("2026-3-2", "er ikke en dato"),
        ("20260302", "er ikke en dato"),
        ("٢٠٢٦-٠٣-٠٢", "er ikke en dato"),
    ],
)
def test_a_date_that_is_none_is_refused_with_an_example(text: str, told: str) -> None:
    with pytest.raises(SchedulerError) as refused:
        read_day(text, Anchor.END)
    assert told in str(refused.value)
    assert "Slutdatoen" in str(refused.value)
    assert "2026-03-02" in str(refused.value)


@pytest.mark.parametrize(
    ("anchors", "told"),
    [
        ({Anchor.START: date(9999, 1, 1)}, "for langt væk"),
        ({Anchor.FIRST_PAYDAY: date(1926, 1, 1)}, "for langt væk"),
        ({Anchor.START: date(2027, 3, 1), Anchor.END: date(2027, 2, 28)}, "før startdatoen"),
        ({Anchor.START: date(2027, 3, 1), Anchor.FIRST_PAYDAY: date(2027, 2, 28)}, "lønningsdag"),
    ],
)
def test_dates_that_do_not_fit_are_refused(anchors: dict[Anchor, date], told: str) -> None:
    with pytest.raises(SchedulerError, match=told):
        check_anchors(anchors, TODAY)


def test_a_case_that_ended_before_today_is_refused_and_one_under_way_is_not() -> None:
    under_way = {Anchor.START: date(2026, 10, 1), Anchor.END: date(2026, 12, 18)}
    check_not_over(under_way, TODAY)
    with pytest.raises(SchedulerError, match="2026-11-21"):
        check_not_over({**under_way, Anchor.END: date(2026, 11, 21)}, TODAY)
    with pytest.raises(SchedulerError, match="passeret"):
        check_not_over({Anchor.START: date(2020, 1, 1)}, TODAY)
