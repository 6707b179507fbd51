"""The months in which work starts and money comes, drawn as a wall calendar from the dates.

Weeks start on Monday and run left to right, as on the calendar that hangs at work. A day is marked
by a picture the reader knows from the sheets: the helmet is work, the coin is money, the coin
drawn in dashes is the last money of another kind.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

MOST_MONTHS = 3
_CELL, _EDGE, _HEAD = 34, 4, 22
_INK, _RED, _SUN, _PALE, _WHITE = "#1d2b36", "#e4633f", "#ffd25a", "#edf3f7", "#fff"
WIDTH = 7 * _CELL + 2 * _EDGE


class Mark(StrEnum):
    """What happens on a marked day."""

    WORK = "work"
    PAY = "pay"
    BENEFIT = "benefit"


def months_of(days: Mapping[date, Mark]) -> tuple[date, ...]:
    """The first day of each month from the first marked day to the last; empty when they are more
    than three, which no sheet has room for, or when nothing is marked."""
    if not days:
        return ()
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count > MOST_MONTHS:
        return ()
    numbers = [first.year * 12 + first.month - 1 + step for step in range(count)]
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


def height_of(months: tuple[date, ...]) -> int:
    """How tall the drawings of these months are, in units of `WIDTH`: as the tallest."""
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar
    rows = max(len(weeks(month.year, month.month)) for month in months)
    return rows * _CELL + _HEAD + 2 * _EDGE


def month_svg(month: date, days: Mapping[date, Mark]) -> str:
    """The month as SVG, its days numbered and the marked ones drawn; same dates, same bytes."""
    height = height_of(months_of(days))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="Noto Sans, system-ui, sans-serif" font-size="15" fill="{_INK}">'
        f'<rect x="2" y="2" width="{WIDTH - 4}" height="{height - 4}" rx="8" fill="{_WHITE}" '
        f'stroke="{_INK}" stroke-width="4"/>'
        f'<path d="M4 {_HEAD}V10a6 6 0 0 1 6-6h{WIDTH - 20}a6 6 0 0 1 6 6v{_HEAD - 10}z" '
        f'fill="{_RED}"/>'
        f'<path d="M2 {_HEAD + 1}h{WIDTH - 4}" stroke="{_INK}" stroke-width="3"/>'
        f"{''.join(_cells(month, days))}</svg>"
    )


def _cells(month: date, days: Mapping[date, Mark]) -> Iterator[str]:
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    for row, week in enumerate(weeks):
        for column, day in enumerate(week):
            if day.month == month.month:
                x, y = _EDGE + column * _CELL, _HEAD + _EDGE + row * _CELL
                yield _cell(x, y, day.day, days.get(day), weekend=column > 4)


def _cell(x: int, y: int, number: int, mark: Mark | None, *, weekend: bool) -> str:
    ground = f'<rect x="{x + 2}" y="{y}" width="{_CELL - 4}" height="{_CELL - 4}" rx="5" '
    if mark is None:
        shown = ground + f'fill="{_PALE}"/>' if weekend else ""
        return f'{shown}<text x="{x + 6}" y="{y + 16}">{number}</text>'
    return (
        f'{ground}fill="{_WHITE}" stroke="{_INK}" stroke-width="2.5"/>'
        f'<text x="{x + 5}" y="{y + 15}" font-size="13" font-weight="bold">{number}</text>'
        f"{_DRAWN[mark].format(x=x + 23, y=y + 21)}"
    )


_COIN = (
    '<g transform="translate({{x}} {{y}})" stroke="{ink}" stroke-width="2"{dash}>'
    '<circle r="7.5" fill="{fill}"/><circle r="2.6" fill="{white}"/></g>'
)
_DRAWN = {
    Mark.PAY: _COIN.format(ink=_INK, dash="", fill=_SUN, white=_WHITE),
    Mark.BENEFIT: _COIN.format(
        ink=_INK, dash=' stroke-dasharray="3 2.2"', fill=_WHITE, white=_WHITE
    ),
    Mark.WORK: (
        f'<g transform="translate({{x}} {{y}})" stroke="{_INK}" stroke-width="2" '
        f'stroke-linejoin="round"><path d="M-7 5a7 8.5 0 0 1 14 0z" fill="{_SUN}"/>'
        '<path d="M-9.5 5.5h19" stroke-linecap="round"/></g>'
    ),
}
