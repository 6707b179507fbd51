"""Named numbers as bars, drawn to be read in black and white: each says its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A named number and its length, of a hundred."""

    name: str
    number: int
    length: float


def bars(numbers: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    """The bars against the longest of them."""
    found = tuple(numbers)
    most = max((number for _, number in found), default=0) or 1
    return tuple(Bar(name, number, round(100 * number / most, 1)) for name, number in found)
