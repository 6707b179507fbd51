"""Situations with rules of their own: a question about one is not answered by another's rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.answers.answer_types import any_of
from messages.tables import Table


@dataclass(frozen=True)
class Situation:
    """Two situations that exclude each other: how each is named in questions and headings."""

    one: re.Pattern[str]
    other: re.Pattern[str]


@cache
def situations() -> tuple[Situation, ...]:
    """The pairs in situations.toml."""
    name = "situations.toml"
    top, mistakes = Table.parse(files("bot.answers").joinpath(name).read_text("utf-8"), name)
    found = tuple(
        Situation(any_of(one.texts("of")), any_of(one.texts("or")))
        for one in top.tables("situation")
    )
    top.close()
    mistakes.settle()
    return found


@lru_cache(maxsize=4096)
def sides(text: str) -> tuple[int, ...]:
    """For each pair, 1 or -1 where a text names only the one or only the other, else 0."""
    return tuple(
        bool(pair.one.search(text)) - bool(pair.other.search(text)) for pair in situations()
    )


def of_another(question: str, headings: str) -> int:
    """How many pairs there are of which the question names one and the headings the other."""
    return sum(
        asked * named < 0 for asked, named in zip(sides(question), sides(headings), strict=True)
    )
