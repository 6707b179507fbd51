"""How sure a reply is: a logistic model over a few plain signals, its weights kept as data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.answers.answer_types import lacks
from bot.answers.query import Query
from bot.answers.scoring import Ranked
from messages.tables import Table

SIGNALS = (
    "coverage",
    "sentence",
    "own",
    "best_per_concept",
    "margin",
    "strange",
    "lacks_first",
    "lacks_all",
    "single",
    "many",
    "heading",
    "least_held",
)


@dataclass(frozen=True)
class Weights:
    """The fitted weights, and the scores from which a reply is an answer, or closest."""

    bias: float
    weights: Mapping[str, float]
    answer_from: float
    closest_from: float


def read_weights(text: str, file: str) -> Weights:
    """The weights in a TOML file that bench/fit_answers.py wrote.

    Raises MessagesError with every mistake of the file.
    """
    top, mistakes = Table.parse(text, file)
    numbers: dict[str, float] = {}
    table = top.table("weights")
    for name, value in table.items():
        if name not in ("bias", *SIGNALS) or not isinstance(value, int | float):
            table.wrong(name, "kendes ikke eller er ikke et tal")
            continue
        numbers[name] = float(value)
    states = top.table("states")
    from_scores: dict[str, float] = {}
    for name in ("answer_from", "closest_from"):
        value = states.raw(name)
        if not isinstance(value, float) or not 0 < value < 1:
            states.wrong(name, "skal være et tal mellem 0 og 1")
            value = 0.5
        from_scores[name] = float(value)
    states.close()
    top.close()
    mistakes.settle()
    return Weights(
        numbers.pop("bias", 0.0), numbers, from_scores["answer_from"], from_scores["closest_from"]
    )


def packaged_weights() -> Weights:
    """The weights that ship."""
    name = "weights.toml"
    return read_weights(files("bot.answers").joinpath(name).read_text("utf-8"), name)


def signals(query: Query, ranked: Sequence[Ranked]) -> dict[str, float]:
    """The signals of a ranking, each about 0 to 1; `SIGNALS` names them in order."""
    if not ranked:
        return dict.fromkeys(SIGNALS, 0.0) | {"strange": 1.0, "lacks_first": 0.0, "lacks_all": 0.0}
    top = ranked[:3]
    concepts = query.concepts
    whole = sum(concept.rarity for concept in concepts) or 1.0
    strange = sum(concept.rarity for concept in concepts if not concept.known) / whole
    best = ranked[0]
    after = ranked[3].score if len(ranked) > 3 else 0.0
    heading = sum(c.rarity for c in concepts if any(k in best.entry.heading for k in c.keys)) / whole
    return {
        "coverage": max(one.coverage for one in top),
        "sentence": max(one.sentence_coverage for one in top),
        "own": max(one.own_coverage for one in top),
        "best_per_concept": min(1.5, best.score / (whole * 2)),
        "margin": (best.score - after) / best.score if best.score else 0.0,
        "strange": strange,
        "lacks_first": float(lacks(query.question, best.entry.passage.text)),
        "lacks_all": float(all(lacks(query.question, one.entry.passage.text) for one in top)),
        "single": float(len(concepts) == 1),
        "many": min(1.0, len(concepts) / 8),
        "heading": heading,
        "least_held": _least_held(query, top),
    }


def _least_held(query: Query, top: Sequence[Ranked]) -> float:
    """The weight of the question's worst-held concept in the passage that holds most: 0 to 1."""
    best = max(top, key=lambda one: one.coverage)
    held = [
        max((w for word, w in concept.keys.items() if word in best.entry.weights), default=0.0)
        for concept in query.concepts
    ]
    return min(held, default=0.0)


def score(found: Mapping[str, float], weights: Weights) -> float:
    """The confidence, 0 to 1."""
    total = weights.bias + sum(
        weights.weights.get(name, 0.0) * found[name] for name in SIGNALS
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
