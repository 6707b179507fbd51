"""The drawn calendar: the right months and days, and never more than a sheet holds."""

from __future__ import annotations

import re
from datetime import date

import pytest

from messages.compose import compose
from messages.document import plain
from messages.library import Library
from messages.page_html import html
from messages.page_pdf import pdf
from messages.pay_calendar import Mark, month_svg, months_of

ON = date(2026, 11, 22)
DATES = {"first_workday": "2026-12-01", "payday": "2026-12-31"}


@pytest.mark.parametrize(
    ("days", "months"),
    [
        ([], ()),
        ([date(2026, 12, 31)], (date(2026, 12, 1),)),
        ([date(2026, 12, 1), date(2027, 1, 29)], (date(2026, 12, 1), date(2027, 1, 1))),
        (
            [date(2026, 11, 30), date(2027, 1, 29)],
            tuple(date(*at, 1) for at in ((2026, 11), (2026, 12), (2027, 1))),
        ),
        ([date(2026, 1, 1), date(2026, 12, 31)], ()),
    ],
)
def test_the_months_run_from_the_first_marked_day_to_the_last(
    days: list[date], months: tuple[date, ...]
) -> None:
    assert months_of(dict.fromkeys(days, Mark.PAY)) == months


def test_a_month_shows_all_its_days_once_and_marks_the_right_one() -> None:
    drawn = month_svg(date(2028, 2, 1), {date(2028, 2, 29): Mark.PAY})
    numbers = re.findall(r"<text[^>]*>(\d+)</text>", drawn)
    assert numbers == [str(number) for number in range(1, 30)]
    assert re.findall(r'<text[^>]*font-weight="bold">(\d+)</text>', drawn) == ["29"]
    assert drawn.count("<circle") == 2


def test_the_first_of_december_2026_stands_under_tuesday() -> None:
    drawn = month_svg(date(2026, 12, 1), {date(2026, 12, 1): Mark.WORK})
    at = re.search(r'<text x="(\d+)"[^>]*>1</text>', drawn)
    assert at is not None
    assert int(at[1]) // 34 == 1


@pytest.mark.parametrize("language", ["da", "ar", "ti"])
def test_the_sheet_about_pay_in_arrears_shows_when_the_money_comes(
    library: Library, language: str
) -> None:
    sheet = compose("loen-bagud", language, DATES, library, ON)
    assert sheet.calendar is not None
    assert len(sheet.calendar.months) == 1
    shown = {plain(step.said.text) for step in sheet.steps}
    assert all(sentence in sheet.calendar.alt for sentence in shown if "2026" in sentence)
    assert html(sheet, library).count("<figure>") == 1
    assert pdf(sheet, library).startswith(b"%PDF")


def test_from_benefit_to_pay_marks_the_last_benefit_too(library: Library) -> None:
    facts = DATES | {"last_benefit": "2026-11-30"}
    sheet = compose("fra-ydelse-til-loen", "da", facts, library, ON)
    assert sheet.calendar is not None
    assert [plain(month.name) for month in sheet.calendar.months] == [
        "november\u00a02026",
        "december\u00a02026",
    ]


def test_without_dates_there_is_no_calendar(library: Library) -> None:
    assert compose("loen-bagud", "da", {}, library, ON).calendar is None
