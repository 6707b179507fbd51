"""One thing that was looked at, and a look whose refusal is a finding too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from messages.errors import Problem


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well or not, what was seen, and the remedy where it is not well."""

    well: bool
    seen: Problem
    remedy: Problem | None = None


def tried(look: Callable[[], Finding]) -> Finding:
    """What a look gives; a refusal is a finding too."""
    try:
        return look()
    except Problem as problem:
        return Finding(False, problem)
