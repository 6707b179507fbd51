"""Passages ready to be searched: their weighed words, who holds which, and how rare each is."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answers.passages import Passage
from bot.answers.terms import fold, is_stop_word, key, trigrams, weighed, words

HEADING_WEIGHT = 1.0
TITLE_WEIGHT = 0.5
SCOPE_WEIGHT = 0.3
MOST_CANDIDATES = 200
MOST_KEYS = 24
LARGE = 4_000
COMMON_SHARE = 0.1


@dataclass(frozen=True)
class Entry:
    """A passage with the weight of each key in it, and the keys of its headings and title.

    `about` is its title and headings as they are written.
    """

    passage: Passage
    weights: Mapping[str, float]
    heading: frozenset[str]
    length: float
    about: str = ""


class Corpus(Protocol):
    """Where passages come from: memory for thousands, the index file beyond."""

    size: int
    mean_length: float

    def holders(self, key: str) -> int:
        """How many passages hold the key."""

    def candidates(self, keys: Iterable[str]) -> Iterable[tuple[int, Entry]]:
        """The passages worth scoring for these keys, with their numbers."""

    def neighbour(self, number: int, step: int) -> Entry | None:
        """The passage `step` places after (before, when negative) the one with this number."""

    def vocabulary(self) -> Mapping[str, str]:
        """Each folded word of the passages with its key."""

    def alike(self, word: str) -> Mapping[str, int]:
        """Folded words that share letter triples with a folded word, and how many."""


def entry_of(passage: Passage, title: str, scope: str = "") -> Entry:
    """A passage weighed: its text, its heading path, its document's title.

    `scope` is what the document says of itself before its first heading: whom it is for.
    """
    body = weighed(passage.text)
    heading = weighed(" ".join(passage.path))
    named = weighed(title)
    told = weighed(scope) if passage.path else Counter[str]()
    weights: dict[str, float] = {word: count / 2 for word, count in body.items()}
    fields = ((heading, HEADING_WEIGHT), (named, TITLE_WEIGHT), (told, SCOPE_WEIGHT))
    for counts, weight in fields:
        for word, count in counts.items():
            weights[word] = weights.get(word, 0.0) + weight * min(count, 2) / 2
    about = " · ".join((title, *passage.path))
    return Entry(
        passage, weights, frozenset(heading) | frozenset(named), sum(body.values()) / 2, about
    )


def rarity(holders: int, size: int) -> float:
    """The inverse document frequency of BM25, never below a little over nothing."""
    return max(0.1, math.log(1 + (size - holders + 0.5) / (holders + 0.5)))


def surfaces_of(text: str) -> dict[str, str]:
    """Each folded word of a text with its key, stop words left out."""
    return {fold(word): key(word) for word in words(text) if not is_stop_word(word)}


def telling(keys: Iterable[str], corpus: Corpus) -> list[str]:
    """The keys that find candidates, rarest first: in a large corpus, not those that most hold."""
    held = sorted(
        (key for key in keys if corpus.holders(key)), key=lambda k: (corpus.holders(k), k)
    )
    if corpus.size <= LARGE:
        return held
    return [k for k in held if corpus.holders(k) < COMMON_SHARE * corpus.size][:MOST_KEYS] or held[
        :2
    ]


class Spelling:
    """Folded words found by the letter triples that they share."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        self._by_trigram: dict[str, list[str]] = defaultdict(list)
        for surface in surfaces:
            for triple in trigrams(surface):
                self._by_trigram[triple].append(surface)

    def alike(self, word: str) -> Counter[str]:
        shared: Counter[str] = Counter()
        for triple in trigrams(word):
            shared.update(self._by_trigram.get(triple, ()))
        return shared


class MemoryCorpus:
    """A corpus held in memory: postings of each key."""

    def __init__(self, entries: Sequence[Entry], surfaces: Mapping[str, str]) -> None:
        self.entries = entries
        self.size = len(entries)
        self.mean_length = sum(entry.length for entry in entries) / max(1, len(entries))
        self._surfaces = surfaces
        self._spelling = Spelling(surfaces)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            for word in entry.weights:
                self._postings[word].append(number)

    def holders(self, key: str) -> int:
        return len(self._postings.get(key, ()))

    def candidates(self, keys: Iterable[str]) -> Iterable[tuple[int, Entry]]:
        worth: dict[int, float] = defaultdict(float)
        for word in telling(keys, self):
            postings = self._postings[word]
            worthy = rarity(len(postings), self.size)
            for number in postings:
                worth[number] += worthy
        if len(worth) > MOST_CANDIDATES:
            best = heapq.nsmallest(MOST_CANDIDATES, worth, key=lambda n: (-worth[n], n))
        else:
            best = sorted(worth)
        return [(number, self.entries[number]) for number in best]

    def neighbour(self, number: int, step: int) -> Entry | None:
        place = number + step
        return self.entries[place] if 0 <= place < self.size else None

    def vocabulary(self) -> Mapping[str, str]:
        return self._surfaces

    def alike(self, word: str) -> Mapping[str, int]:
        return self._spelling.alike(word)
