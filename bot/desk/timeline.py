"""A case's line of time, laid out for drawing: where each step, month and today stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WIDTH = 1000
_EDGE = 40
_NEAR = 34
_LINE = 30  # from the bottom of the drawing up to the line
_LEVEL = 36


class Shape(StrEnum):
    """How a step is drawn: told apart by its shape, so that it can be read without colours."""

    DONE = "done"
    LATE = "late"
    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True)
class Point:
    """A step to be placed: its number in the list below, its day, its shape and its words."""

    number: int
    day: date
    shape: Shape
    said: str


@dataclass(frozen=True)
class Mark:
    """A placed step: the centre of its sign, from the upper left corner."""

    number: int
    x: float
    y: float
    shape: Shape
    said: str


@dataclass(frozen=True)
class Line:
    """The whole drawing. `months` are the first days of months with where they stand."""

    width: int
    height: int
    base: float
    marks: tuple[Mark, ...]
    months: tuple[tuple[float, date], ...]
    today: float | None


def lay_line(points: Sequence[Point], today: date) -> Line | None:
    """The points along one line, those that would touch one above the other; None without any."""
    if not points:
        return None
    first, last = min(point.day for point in points), max(point.day for point in points)
    days = max(14, (last - first).days)

    def place(day: date) -> float:
        return round(_EDGE + (WIDTH - 2 * _EDGE) * (day - first).days / days, 1)

    placed: list[tuple[Point, float, int]] = []
    free: list[float] = []  # for each level, from where on it is free
    for point in sorted(points, key=lambda one: (one.day, one.number)):
        x = place(point.day)
        level = next((n for n, until in enumerate(free) if x >= until), len(free))
        free[level : level + 1] = [x + _NEAR]
        placed.append((point, x, level))
    height = _LINE + _LEVEL * len(free) + 30
    base = float(height - _LINE)
    marks = tuple(
        Mark(point.number, x, base - _LEVEL * level - 24, point.shape, point.said)
        for point, x, level in placed
    )
    months = tuple((place(day), day) for day in _months(first, last))
    return Line(
        WIDTH, height, base, marks, months, place(today) if first <= today <= last else None
    )


def _months(first: date, last: date) -> list[date]:
    """The first day of each month between the two days, at most twelve of them."""
    count = (last.year - first.year) * 12 + last.month - first.month
    every = count // 12 + 1
    months = []
    for step in range(every, count + 1, every):
        month = first.month - 1 + step
        months.append(date(first.year + month // 12, month % 12 + 1, 1))
    return months
