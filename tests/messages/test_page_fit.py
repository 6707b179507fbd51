from __future__ import annotations

from datetime import date

import pytest

from messages.compose import compose
from messages.document import Document
from messages.library import Library
from messages.page_fit import LARGEST, SIZE, SMALLEST, Fit, fits
from messages.page_heights import ROOM, Heights


def _sheet(library: Library, topic: str = "loenseddel", **options: bool) -> Document:
    return compose(topic, "da", {}, library, date(2026, 11, 22), **options)


def test_the_first_size_fills_the_page_and_the_last_is_the_smallest(library: Library) -> None:
    tried = list(fits(_sheet(library)))
    assert SMALLEST <= tried[0].side <= LARGEST
    assert tried[-1].side == SMALLEST
    assert tried[0].side >= max(fit.side for fit in tried if fit.pages == 1)


def test_few_words_leave_room_for_larger_pictures(library: Library) -> None:
    many, few = (next(fits(_sheet(library, topic))) for topic in ("skat", "atp"))
    assert few.side > many.side


def test_a_sheet_that_takes_two_pages_keeps_its_steps_together(library: Library) -> None:
    tried = [fit for fit in fits(_sheet(library, "hvem-hjaelper", large=True)) if fit.pages == 2]
    assert tried[0].turn


@pytest.mark.parametrize("side", [18, 24, 30])
def test_larger_pictures_never_take_less_room(side: int, library: Library) -> None:
    judge = Heights(_sheet(library), SIZE)
    assert judge.sheet(side) <= judge.sheet(side + 2)
    assert judge.steps_page(side) < judge.sheet(side)


def test_the_judgement_spares_a_second_try_for_most_topics(library: Library) -> None:
    first = [next(fits(_sheet(library, topic))) for topic in library.topics]
    assert sum(isinstance(fit, Fit) and fit.pages == 1 for fit in first) >= len(first) // 2
    assert ROOM < 274
