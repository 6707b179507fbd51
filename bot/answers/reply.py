"""What an answer is: its state, the passages word for word, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from messages.errors import Problem


class State(StrEnum):
    """How sure the reply is. Only `ANSWER` counts as answered."""

    ANSWER = "answer"
    CLOSEST = "closest"
    UNKNOWN = "unknown"
    SMALLTALK = "smalltalk"
    REFUSED = "refused"


class Kind(StrEnum):
    """What weight a guideline carries: law, a local rule, or experience gathered elsewhere."""

    LAW = "law"
    LOCAL_RULE = "local rule"
    EXPERIENCE = "experience"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Citation:
    """Where a passage stands, and the sentence or two in it that answer.

    `quote` is word for word in the passage at `quote_at`; `section` is the heading path joined
    by ` › `; `page` counts from 1, None where the source has none. `scanned` passages were read
    by a machine and repaired: `raw` is what the scan said. `expired` is the valid-to date once
    that has passed; `since` the valid-from date, None where the document states none.
    """

    document: str
    section: str | None
    page: int | None
    quote: str
    quote_at: int = 0
    kind: Kind = Kind.UNKNOWN
    years: str = ""
    scanned: bool = False
    source: str = ""
    raw: str = ""
    raw_start: int = 0
    raw_end: int = 0
    expired: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class Phrased:
    """A sentence worded by a language model. `quote`, its blanks squashed, stands in
    `Reply.passages[passage]`, and the sentence's numbers in the quote."""

    text: str
    passage: int
    quote: str


@dataclass(frozen=True)
class Reply:
    """The whole reply. `passages` is the ranking, best first, up to five; `citations` match it.

    `score` is the confidence, 0 to 1. `say` is a sentence of the bot's own (small talk, refusal,
    a reason for "closest"). `suggestions` are headings near the answer, to ask about next.
    `phrased`: the answer in a language model's words, where one is configured; always shown as
    such, beside the quotes.
    """

    question: str
    language: str
    state: State
    score: float = 0.0
    passages: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    say: Problem | None = None
    suggestions: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = field(default=())
    phrased: tuple[Phrased, ...] = ()
