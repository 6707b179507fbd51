"""How sure a reply is: a logistic model over a few plain signals, its weights kept as data."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.answers.answer_types import asked_types, lacks
from bot.answers.query import Concept, Query
from bot.answers.scoring import Ranked, sentence_keys
from bot.answers.terms import is_everyday
from messages.tables import Table

HELD = 0.6
SIGNALS = (
    "coverage",
    "sentence",
    "firm",
    "firm_sentence",
    "own",
    "best_per_concept",
    "margin",
    "strange",
    "unmeant",
    "rarest",
    "missing",
    "lacks_first",
    "lacks_all",
    "single",
    "many",
    "heading",
    "lacks_strictly",
    "fitting",
    "names",
    "everyday",
    "lost",
    "lead",
    "held",
    "untyped",
    "settled",
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
    """The signals of a ranking, each about 0 to 1, by the names in `SIGNALS`.

    firm: the share of the question that the best passage holds by meaning, not by spelling;
    strange: the share that no guideline holds; unmeant: the share held by spelling alone;
    rarest: how well the rarest word is held; missing: the share of words that are not.
    """
    if not ranked:
        return dict.fromkeys(SIGNALS, 0.0) | {"strange": 1.0, "unmeant": 1.0, "missing": 1.0}
    top = ranked[:3]
    concepts = query.concepts
    whole = sum(concept.rarity for concept in concepts) or 1.0
    best = ranked[0]
    after = ranked[3].score if len(ranked) > 3 else 0.0
    firm = max(top, key=lambda one: _firmly(concepts, one.entry.weights))
    sentence = max(_firmly(concepts, one.sentence_keys) for one in top)
    return {
        "coverage": max(one.coverage for one in top),
        "sentence": max(one.sentence_coverage for one in top),
        "firm": _firmly(concepts, firm.entry.weights) / whole,
        "firm_sentence": sentence / whole,
        "own": max(one.own_coverage for one in top),
        "best_per_concept": min(1.5, best.score / (whole * 2)),
        "margin": (best.score - after) / best.score if best.score else 0.0,
        "strange": sum(concept.rarity for concept in concepts if not concept.known) / whole,
        "unmeant": sum(concept.rarity for concept in concepts if not concept.firm) / whole,
        "rarest": _rarest(concepts, firm),
        "missing": _missing(concepts, firm),
        "lead": _lead(ranked),
    } | _asked(query, top, whole)


def _asked(query: Query, top: Sequence[Ranked], whole: float) -> dict[str, float]:
    """The signals that look at what sort of answer is asked for, and at the words left over."""
    concepts, best = query.concepts, top[0]
    text = [one.entry.passage.text for one in top]
    return {
        "lacks_first": float(lacks(query.question, best.entry.passage.text)),
        "lacks_all": float(all(lacks(query.question, one.entry.passage.text) for one in top)),
        "single": float(len(concepts) == 1),
        "many": min(1.0, len(concepts) / 8),
        "lacks_strictly": float(all(lacks(query.question, one, strict=True) for one in text)),
        "fitting": max(_fitting(query, one) for one in text) / whole,
        "names": min(1.0, sum(_is_name(c, query.question) for c in concepts if not c.firm)),
        "everyday": sum(c.rarity for c in concepts if not c.firm and _everyday(c, query)) / whole,
        "lost": min(1.0, sum(len(concept.lost) for concept in concepts) / len(concepts or "1")),
        "settled": sum(c.rarity for c in concepts if c.settled) / whole,
        "held": sum(_weight(c, best.entry.weights) >= HELD for c in concepts)
        / len(concepts or "1"),
        "untyped": float(not asked_types(query.question)),
        "heading": sum(c.rarity for c in concepts if c.firm & best.entry.heading) / whole,
    }


def _fitting(query: Query, text: str) -> float:
    """How much of a question one sentence holds that gives the sort of answer it asks for."""
    kinds = asked_types(query.question)
    found = sentence_keys(text)
    best = 0.0
    for at, (start, end, keys) in enumerate(found):
        before = found[max(0, at - 1)]
        if all(kind.given.search(text[start:end]) for kind in kinds):
            best = max(best, _firmly(query.concepts, keys | before[2]))
    return best


def _is_name(concept: Concept, question: str) -> bool:
    """Whether a word stands with a capital inside a question, or is a number."""
    word = concept.text
    return bool(word) and (
        word.isdigit() or word.capitalize() in question[1:] or word.upper() in question
    )


def _everyday(concept: Concept, query: Query) -> bool:
    return all(is_everyday(word, query.language) for word in concept.text.split())


def _lead(ranked: Sequence[Ranked]) -> float:
    """How far the best passage is before the best of another section, as a share of its score."""
    best = ranked[0]
    other = [one.score for one in ranked if one.entry.about != best.entry.about]
    return (best.score - max(other, default=0.0)) / best.score if best.score else 0.0


def _weight(concept: Concept, held: Container[str]) -> float:
    """How well a concept is held, by what means it: 0 to 1."""
    return max((concept.keys[k] for k in concept.firm if k in held), default=0.0)


def _firmly(concepts: Sequence[Concept], held: Container[str]) -> float:
    return sum(concept.rarity * _weight(concept, held) for concept in concepts)


def _rarest(concepts: Sequence[Concept], best: Ranked) -> float:
    rarest = max(concepts, key=lambda one: one.rarity, default=None)
    return _weight(rarest, best.entry.weights) if rarest else 0.0


def _missing(concepts: Sequence[Concept], best: Ranked) -> float:
    absent = sum(_weight(concept, best.entry.weights) < 0.35 for concept in concepts)
    return absent / max(1, len(concepts))


def score(found: Mapping[str, float], weights: Weights) -> float:
    """The confidence, 0 to 1."""
    total = weights.bias + sum(weights.weights.get(name, 0.0) * found[name] for name in SIGNALS)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
