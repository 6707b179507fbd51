"""Passages ranked for a question: BM25 over concepts, then how much one sentence says of it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.answer_types import lacks
from bot.answers.corpus import Corpus, Entry, rarity
from bot.answers.passages import sentences
from bot.answers.query import Concept, Query
from bot.answers.situations import of_another
from bot.answers.terms import weighed

SATURATION = 1.2
LENGTH = 0.4
SENTENCE = 0.8
SECOND = 0.9
RERANKED = 20
LACKING = 0.75
CAPPED = 1.25
HEADING = 0.6
ANOTHER = 0.75
COUNTED = 0.3


@dataclass(frozen=True)
class Span:
    """A stretch of a passage's text."""

    start: int
    end: int


@dataclass(frozen=True)
class Ranked:
    """A passage in its place: its score, how much of the question it and its best sentence hold."""

    number: int
    entry: Entry
    score: float
    coverage: float
    sentence_coverage: float
    own_coverage: float
    quote: Span
    sentence_keys: frozenset[str] = frozenset()


def rank(query: Query, corpus: Corpus, most: int = 5) -> list[Ranked]:
    """The `most` best passages, best first; fewer where fewer share a word with the question."""
    concepts = [concept for concept in query.concepts if concept.known]
    keys = {word for concept in concepts for word in concept.keys}
    rare = {word: rarity(corpus.holders(word), corpus.size) for word in keys}
    scored = [
        (_score(concepts, entry, rare, corpus.mean_length), number, entry)
        for number, entry in corpus.candidates(keys)
    ]
    scored.sort(key=lambda one: (-one[0], one[1]))
    by_weight = _weighed(query.concepts)
    ranked = [
        _judged(query, by_weight, number, entry, score)
        for score, number, entry in scored[:RERANKED]
    ]
    ranked.sort(key=lambda one: (-one.score, one.number))
    return ranked[:most]


def _score(
    concepts: list[Concept], entry: Entry, rare: Mapping[str, float], mean_length: float
) -> float:
    norm = SATURATION * (1 - LENGTH + LENGTH * entry.length / max(1.0, mean_length))
    total = 0.0
    weights = entry.weights
    for concept in concepts:
        best = rest = 0.0
        for word, weight in concept.keys.items():
            times = weights.get(word)
            if times:
                tells = min(rare[word], CAPPED * concept.rarity)
                worth = weight * tells * times * (SATURATION + 1) / (times + norm)
                if worth > best:
                    best, rest = worth, rest + best
                else:
                    rest += worth
        total += best + SECOND * min(rest, best)
    return total


@lru_cache(maxsize=8192)
def sentence_keys(text: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    return tuple((a, b, frozenset(weighed(text[a:b]))) for a, b in sentences(text))


Weighed = list[tuple[float, list[tuple[str, float]]]]
"""Each concept's rarity, and its keys with their weights, the heaviest first."""


def _weighed(concepts: Sequence[Concept]) -> Weighed:
    return [
        (concept.rarity, sorted(concept.keys.items(), key=lambda one: -one[1]))
        for concept in concepts
    ]


def _held(concepts: Weighed, keys: Container[str]) -> float:
    """How much of the concepts stands among `keys`: each its rarity times its heaviest key."""
    total = 0.0
    for rare, words in concepts:
        for word, weight in words:
            if word in keys:
                total += rare * weight
                break
    return total


def _judged(
    query: Query, weighed_concepts: Weighed, number: int, entry: Entry, score: float
) -> Ranked:
    concepts = query.concepts
    whole = sum(concept.rarity for concept in concepts) or 1.0
    found = [(a, b, keys) for a, b, keys in sentence_keys(entry.passage.text)]
    best, quote = 0.0, Span(0, min(len(entry.passage.text), 200))
    inside: frozenset[str] = frozenset()
    for at, (start, end, keys) in enumerate(found):
        held = _held(weighed_concepts, keys)
        if held > best:
            best, quote, inside = held, Span(start, end), keys
        if at and end - found[at - 1][0] <= 400:
            both = 0.9 * _held(weighed_concepts, keys | found[at - 1][2])
            if both > best:
                best, quote = both, Span(found[at - 1][0], end)
                inside = keys | found[at - 1][2]
    coverage = _held(weighed_concepts, entry.weights) / whole
    own = (
        sum(c.rarity for c in concepts if c.own and any(k in entry.weights for k in c.own)) / whole
    )
    fitting = LACKING if lacks(query.question, entry.passage.text) else 1.0
    fitting *= ANOTHER ** of_another(query.question, entry.about)
    met = sum(any(word in entry.weights for word in c.keys) for c in concepts)
    fitting *= 1 + COUNTED * met / max(1, len(concepts))
    headed = sum(c.rarity for c in concepts if c.firm & entry.heading)
    total = fitting * (score + SENTENCE * best + HEADING * headed)
    return Ranked(number, entry, total, coverage, best / whole, own, quote, inside)
