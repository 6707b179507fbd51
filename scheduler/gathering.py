"""Several nudges in one post: who belongs together, and when a post may come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from scheduler.nudges import Nudge
from scheduler.outbox import Outgoing


@dataclass(frozen=True)
class Gathering:
    """What the shell knows of its people.

    group: the name of the post that a nudge belongs into, or None for one of its own.
    compose: one post for the nudges of a group, in their order.
    opens: the moment from which a nudge may come, or None for at once (quiet hours, time off).
    largest: how many nudges a post takes; more come in a second one.
    """

    group: Callable[[Nudge], str | None]
    compose: Callable[[tuple[Nudge, ...]], Outgoing]
    opens: Callable[[Nudge], datetime | None]
    largest: int = 12


@dataclass(frozen=True)
class Sorted:
    """Due nudges by what becomes of them."""

    alone: tuple[Nudge, ...]
    together: tuple[tuple[Nudge, ...], ...]
    later: tuple[tuple[Nudge, datetime], ...]


def sort(due: Iterable[Nudge], gathering: Gathering | None) -> Sorted:
    """Which of the due nudges go out alone, which together, which later.

    A single nudge in a group stays in its group: its owner knows the message by its form.
    """
    if gathering is None:
        return Sorted(tuple(due), (), ())
    alone: list[Nudge] = []
    later: list[tuple[Nudge, datetime]] = []
    groups: dict[str, list[Nudge]] = {}
    for nudge in due:
        opens = gathering.opens(nudge)
        group = gathering.group(nudge)
        if opens is not None:
            later.append((nudge, opens))
        elif group is None or nudge.raised:
            alone.append(nudge)
        else:
            groups.setdefault(group, []).append(nudge)
    size = gathering.largest
    together = tuple(
        tuple(nudges[first : first + size])
        for nudges in groups.values()
        for first in range(0, len(nudges), size)
    )
    return Sorted(tuple(alone), together, tuple(later))
