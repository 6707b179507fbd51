"""How far a translation is, as a band that can be read in black and white."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from messages.tables import N_
from messages.translations import State

STATES = {
    State.REVIEWED: N_("godkendt"),
    State.DRAFT: N_("ikke læst"),
    State.OUTDATED: N_("dansk er ændret"),
    State.MISSING: N_("mangler"),
}


@dataclass(frozen=True)
class Progress:
    """How far a language or a part of it is; `parts` are (x, width) of a hundred by state."""

    counts: Mapping[str, int]
    total: int
    done: int
    bands: tuple[tuple[str, float, float], ...]


def progress_of(counts: Mapping[State, int]) -> Progress:
    """The band of so many sentences in each state."""
    total, at, bands = sum(counts.values()) or 1, 0.0, []
    for state in STATES:
        width = round(100 * counts[state] / total, 2)
        bands.append((state.value, at, width))
        at = round(at + width, 2)
    named = {state.value: counts[state] for state in STATES}
    return Progress(named, sum(counts.values()), counts[State.REVIEWED], tuple(bands))
