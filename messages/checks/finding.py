"""What a check found: how bad, in which file, where in it, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from messages.errors import Problem
from messages.tables import N_

_LINE = re.compile(r"line (\d+)")


class Level(StrEnum):
    """An error keeps the file from being right; a warning is for a person to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`where` is a key (`steps[2].text`), a line (`17`) or empty; `what` names the remedy."""

    level: Level
    file: str
    where: str
    what: Problem


def error(file: str, where: str, message: str, /, **values: object) -> Finding:
    return Finding(Level.ERROR, file, where, Problem(message, **values))


def warning(file: str, where: str, message: str, /, **values: object) -> Finding:
    return Finding(Level.WARNING, file, where, Problem(message, **values))


def found_by_reading(file: str, problem: Problem) -> Iterator[Finding]:
    """The findings in a refusal to read a file: one for each mistake that it gathered."""
    mistakes = problem.values.get("mistakes")
    if isinstance(mistakes, tuple):
        for mistake in mistakes:
            what = mistake.values.get("what", mistake)
            yield Finding(Level.ERROR, file, str(mistake.values.get("key", "")), what)
        return
    line = _LINE.search(str(problem.values.get("reason", "")))
    where = str(problem.values.get("line") or (line[1] if line else ""))
    yield Finding(Level.ERROR, file, where, problem)


NOT_MADE = N_("arket kan ikke laves med eksempeltal: {reason}")
