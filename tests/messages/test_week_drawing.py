"""A week in practice is drawn from its numbers: picture and words say the same days."""

from __future__ import annotations

from datetime import date

import pytest

from messages.compose import compose
from messages.document import Drawing
from messages.drawing_rules import faults
from messages.library import Library
from messages.pictures import packaged_pictures
from messages.week_drawing import week_svg

HELMET, BOOK = "A17.5 17.5 0 0 1", "Q23 64 34 78"


def picture(library: Library, facts: dict[str, str], lang: str = "da") -> Drawing:
    made = compose("praktik-uge", lang, facts, library, date(2026, 11, 22), allow_draft=True)
    drawn = made.steps[0].picture
    assert drawn is not None
    return drawn


@pytest.mark.parametrize(("work", "school"), [(4, 1), (3, 2), (2, 3), (1, 1), (5, 0), (2, 2)])
def test_a_helmet_for_each_day_of_work_and_a_book_for_each_of_school(
    work: int, school: int
) -> None:
    drawn = week_svg(work, school)
    assert drawn.count(HELMET) == work
    assert drawn.count(BOOK) == school
    assert drawn.count("<g ") == 5
    assert faults(drawn) == ()


def test_other_days_are_drawn_and_said(library: Library) -> None:
    drawn = picture(library, {"work_days": "4", "school_days": "1"})
    assert drawn.svg == week_svg(4, 1)
    assert drawn.alt == "Kalenderblade for en uge. Dage med arbejdshjelm: 4. Dage med bog: 1."


def test_the_drawn_week_is_told_in_the_readers_language(library: Library) -> None:
    drawn = picture(library, {"work_days": "4", "school_days": "1"}, "ar")
    assert drawn.lang == "ar"
    assert "خوذة عمل: 4" in drawn.alt


@pytest.mark.parametrize(
    "facts",
    [{"work_days": "4"}, {"school_days": "3"}, {"work_days": "5", "school_days": "2"}],
)
def test_days_that_fill_no_week_get_a_picture_without_a_number(
    facts: dict[str, str], library: Library
) -> None:
    assert picture(library, facts).id == "month-calendar"


def test_without_typed_days_the_packaged_picture_stands(library: Library) -> None:
    assert picture(library, {}).svg == packaged_pictures()["practice-week-3-2"].svg
