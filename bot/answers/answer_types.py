"""What sort of answer a question wants (a fee, an address, a deadline), and if one is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from messages.tables import Table


@dataclass(frozen=True)
class AnswerType:
    """A sort of answer: how questions ask for it, and what a passage must hold to give it."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]
    strict: bool = False


@dataclass(frozen=True)
class AnswerTypes:
    """The sorts of answer there are, and how questions ask what is allowed."""

    types: tuple[AnswerType, ...]
    allowed: re.Pattern[str]
    reason: re.Pattern[str]


@cache
def answer_types() -> AnswerTypes:
    """The sorts of answer in answer_types.toml."""
    name = "answer_types.toml"
    top, mistakes = Table.parse(files("bot.answers").joinpath(name).read_text("utf-8"), name)
    types = tuple(
        AnswerType(
            one.text("name"),
            any_of(one.texts("asked")),
            any_of(one.texts("given")),
            bool(one.raw("strict")),
        )
        for one in top.tables("type")
    )
    found = AnswerTypes(
        types,
        any_of(top.table("allowed").texts("asked")),
        any_of(top.table("reason").texts("asked")),
    )
    top.close()
    mistakes.settle()
    return found


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern that matches where any of them does."""
    return re.compile("|".join(patterns), re.IGNORECASE)


@lru_cache(maxsize=256)
def asked_types(question: str) -> tuple[AnswerType, ...]:
    """The sorts of answer that a question asks for; most ask for none, and those for a reason."""
    if answer_types().reason.search(question):
        return ()
    return tuple(kind for kind in answer_types().types if kind.asked.search(question))


def lacks(question: str, passage: str, strict: bool = False) -> bool:
    """Whether a question asks for a sort of answer of which the passage holds none.

    `strict`: of the sorts that cannot be given in words that go unseen.
    """
    return any(
        not kind.given.search(passage)
        for kind in asked_types(question)
        if kind.strict or not strict
    )


def asks_what_is_allowed(question: str) -> bool:
    """Whether a question is about what one may or must: experience alone cannot settle that."""
    return bool(answer_types().allowed.search(question))
