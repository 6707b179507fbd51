"""How large the pictures and the gaps of an A4 sheet can be, judged from its words.

The judgement of `page_heights` is quick and a little too careful; where it is wrong, the page is
set again one size smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from messages.document import Document
from messages.page_heights import ROOM, Heights, gap_for

SMALLEST, LARGEST = 18, 34
SMALLEST_LARGE, LARGEST_LARGE = 24, 42
SMALLEST_SCRIPT = 14
SIZE = 14.0
# Large print: points of the words with the least side of a picture, the first that two pages hold.
# Under 18 points only where they hold nothing else.
LARGE = ((19.0, 24), (18.0, 20), (18.0, 16), (17.0, 16), (16.0, 16))
_MOST_AIR = 5.5
_FILLED = 0.8
_SAFE = 3.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Side of a picture and gap between two rows, in millimetres; `pages` it should take, and
    whether what follows the steps starts on a page of its own; `size` is that of the words, in
    points."""

    side: float
    gap: float
    pages: int = 1
    turn: bool = False
    size: float = 14


def fits(document: Document) -> Iterator[Fit]:
    """The sizes to try: on one page, what the words leave room for, a little less, the smallest;
    then all steps on the first page and the rest on its back; then as it comes."""
    if document.large:
        yield from _large(document)
        return
    low = SMALLEST_SCRIPT if document.script else SMALLEST
    heights = Heights(document, SIZE)
    yield from _one_page(document, heights, SIZE, low, LARGEST)
    if heights.sheet(low) < ROOM * 1.08:
        yield Fit(low, gap_for(low))
    yield from _turned(document, heights, SIZE, low, LARGEST)
    yield Fit(LARGEST - 6, 4, pages=2)
    yield Fit(low, gap_for(low), pages=2)


def _large(document: Document) -> Iterator[Fit]:
    """Two pages hold more where the steps run on to the second: that comes before smaller words."""
    for number, (size, least) in enumerate(LARGE):
        heights = Heights(document, size)
        if number == 0:
            yield from _one_page(document, heights, size, SMALLEST_LARGE, LARGEST_LARGE)
        if heights.foot < ROOM and least >= SMALLEST_LARGE:
            yield from _turned(document, heights, size, least, LARGEST_LARGE)
        yield from _running_on(heights, size, least)
    yield Fit(least, gap_for(least), pages=2, size=size)


def _running_on(heights: Heights, size: float, least: int) -> Iterator[Fit]:
    """As large as two pages hold it, then smaller; or the least, where that is a near thing."""
    for side in range(LARGEST_LARGE, least, -1):
        if heights.pages(side) <= 2:
            yield Fit(side, gap_for(side), pages=2, size=size)
            yield Fit(max(side - 5, least), gap_for(least), pages=2, size=size)
            return
    if heights.pages(least, ROOM * 1.06) <= 2:
        yield Fit(least, gap_for(least), pages=2, size=size)


def _one_page(
    document: Document, heights: Heights, size: float, low: int, high: int
) -> Iterator[Fit]:
    rows = len(document.steps) + 2
    side = _largest(lambda side: heights.sheet(side) <= ROOM, low + 1, high)
    if side is not None:
        air = min(_FILLED * (ROOM - heights.sheet(side)) / rows, _MOST_AIR)
        yield Fit(side, gap_for(side) + air, size=size)
        yield Fit(max(side - 2, low), gap_for(low), size=size)


def _turned(
    document: Document, heights: Heights, size: float, low: int, high: int
) -> Iterator[Fit]:
    rows = len(document.steps) + 2
    room = ROOM - _SAFE
    side = _largest(lambda side: heights.steps_page(side) <= room, low, high)
    if side is not None:
        air = min((room - heights.steps_page(side)) / rows, _MOST_AIR)
        yield Fit(side, gap_for(side) + air, pages=2, turn=True, size=size)
        yield Fit(max(side - 3, low), gap_for(low), pages=2, turn=True, size=size)


def _largest(holds: Callable[[int], bool], low: int, high: int) -> int | None:
    """The largest side from `low` to `high` that holds, by halves: a larger picture takes more."""
    if not holds(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
