"""The money bar: a pay divided to scale, drawn from its numbers, readable in black and white.

Each part has a colour and a pattern of its own, and a badge under it with the number of its step.
The drawing holds no text, no ids and no clip paths: several may stand in one page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from messages.document import Bar
from messages.languages import Direction

WIDTH = 1000.0
HEIGHT = 96.0
TICK = 26.0
# Between the middles of two badges, in percent of the bar: on A4, and on a phone.
GAP, WIDE_GAP = 4.6, 9.4
INK = "#1d2b36"
FILLS = {
    "net": "#ffd25a",
    "a_tax": "#a9c5d6",
    "am_bidrag": "#edf3f7",
    "atp": "#1d2b36",
    "pension": "#5f7d8f",
    "after_tax": "#ffffff",
    "other": "#d9c7a8",
}
_SPACING = {"a_tax": 22.0, "am_bidrag": 12.0, "after_tax": 10.0, "other": 14.0}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a part lies, in percent of the bar's width from the left edge of the page."""

    key: str
    left: float
    width: float
    badge: float
    step: int | None


def lay_out(bar: Bar, direction: Direction, gap: float = GAP) -> tuple[Slot, ...]:
    """The parts in the order of reading, and badges `gap` percent apart or more."""
    slots: list[Slot] = []
    start = 0.0
    least = gap / 2
    for part in bar.parts:
        width = float(part.share) * 100
        badge = min(max(start + width / 2, least), 100 - gap / 2)
        slots.append(Slot(part.key, start, width, badge, part.step))
        least = badge + gap if part.step else least
        start += width
    if direction == "ltr":
        return tuple(slots)
    return tuple(
        Slot(slot.key, 100 - slot.left - slot.width, slot.width, 100 - slot.badge, slot.step)
        for slot in slots
    )


def bar_svg(bar: Bar, direction: Direction, gap: float = GAP) -> str:
    """The bar with a tick from each numbered part towards its badge, as a self-contained SVG."""
    slots = lay_out(bar, direction, gap)
    shapes = "".join(_part(slot.key, slot.left * 10, slot.width * 10) for slot in slots)
    ticks = "".join(_tick(slot) for slot in slots if slot.step)
    size = f'width="{WIDTH - 4:.0f}" height="{HEIGHT - 4:.0f}"'

    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT + TICK:.0f}" '
        f'color="{INK}">'
        f'{shapes}<rect x="2" y="2" {size} rx="8" fill="none" '
        f'stroke="currentColor" stroke-width="4"/>{ticks}</svg>'
    )


def swatch_svg(key: str) -> str:
    """A small square in the colour and pattern of one part, to stand beside its line."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" color="{INK}">'
        f"{_part(key, 2, 36, top=2, height=36)}"
        '<rect x="2" y="2" width="36" height="36" fill="none" '
        'stroke="currentColor" stroke-width="3"/></svg>'
    )


def _part(key: str, left: float, width: float, top: float = 3, height: float = HEIGHT - 6) -> str:
    box = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
    lines = "".join(_pattern(key, left, width, top, height))
    pattern = f'<path d="{lines}" stroke="{INK}" stroke-width="2.4" fill="none"/>' if lines else ""
    edge = f'<path d="M{left:.1f} {top:.1f}v{height:.1f}" stroke="{INK}" stroke-width="3"/>'
    return f'<rect {box} fill="{FILLS.get(key, "#ffffff")}"/>{pattern}{edge}'


def _pattern(key: str, left: float, width: float, top: float, height: float) -> Iterator[str]:
    """Path data: slanted lines for tax and, the other way, for what nobody explained; level ones
    for AM-bidrag, upright ones for what is taken after tax."""
    step = _SPACING.get(key)
    if step is None:
        return
    if key == "am_bidrag":
        for number in range(1, int(height / step) + 1):
            yield f"M{left:.1f} {top + number * step:.1f}h{width:.1f}"
    elif key == "after_tax":
        for number in range(1, int(width / step) + 1):
            yield f"M{left + number * step:.1f} {top:.1f}v{height:.1f}"
    else:
        offset = step
        while offset < width + height:
            rise = min(offset, height)
            skip = max(offset - width, 0)
            low, high = (height - rise, height - skip) if key == "other" else (rise, skip)
            start = f"{left + offset - rise:.1f} {top + low:.1f}"
            yield f"M{start}L{left + offset - skip:.1f} {top + high:.1f}"
            offset += step


def _tick(slot: Slot) -> str:
    middle = (slot.left + slot.width / 2) * 10
    return (
        f'<path d="M{middle:.1f} {HEIGHT - 2:.1f}L{slot.badge * 10:.1f} {HEIGHT + TICK - 2:.1f}" '
        f'stroke="currentColor" stroke-width="3" fill="none"/>'
    )
