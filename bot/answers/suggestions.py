"""What to ask next: headings beside the answer, in passages near it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.corpus import Corpus
from bot.answers.scoring import Ranked

MOST = 2


def suggest(ranked: Sequence[Ranked], corpus: Corpus) -> tuple[str, ...]:
    """Up to two headings of passages around the best one, nearest first, not its own heading."""
    if not ranked:
        return ()
    best = ranked[0].entry.passage
    own = best.path[-1:] or ("",)
    found: list[str] = []
    steps = [step for near in range(1, 9) for step in (near, -near)]
    for step in steps:
        entry = corpus.neighbour(ranked[0].number, step)
        if entry is None or entry.passage.document != best.document or not entry.passage.path:
            continue
        heading = _plain(entry.passage.path[-1])
        if heading != _plain(own[0]) and heading not in found:
            found.append(heading)
        if len(found) == MOST:
            break
    return tuple(found)


def _plain(heading: str) -> str:
    return re.sub(r"^[\d.]+\s+", "", heading).strip()
