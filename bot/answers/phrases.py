"""Heads of the thesaurus found in a question: as they stand, parted by a word, or turned round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from messages.tables import Table

MOST_BETWEEN = 2
Phrase = tuple[str, ...]
Meanings = Mapping[str, float]


@dataclass(frozen=True)
class SmallWords:
    """How small words behave in phrases, for one language.

    `people` stand for each other; `tight` words have the next word of a phrase right after them
    and, but for `articles`, never stand between two words of one; `particles` may come first.
    """

    people: frozenset[str]
    tight: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]


@cache
def small_words(language: str) -> SmallWords:
    """The small words of `da` or `en`, as phrases.toml has them."""
    name = "phrases.toml"
    top, mistakes = Table.parse(files("bot.answers").joinpath(name).read_text("utf-8"), name)
    table = top.table(language)
    kinds = ("people", "tight", "articles", "particles")
    found = SmallWords(*(frozenset(table.texts(kind)) for kind in kinds))
    mistakes.settle()
    return found


@dataclass(frozen=True)
class Match:
    """A head found: the places of its words in the question, in order, and what it stands for."""

    places: tuple[int, ...]
    meanings: Meanings

    @property
    def loose(self) -> bool:
        return self.places[-1] - self.places[0] >= len(self.places)


class Phrases:
    """The heads of one language, each found by the rarest of its words."""

    def __init__(self, heads: Mapping[Phrase, Meanings], language: str) -> None:
        self._heads = heads
        self._small = small_words(language)
        often = Counter(word for head in heads for word in head)
        self._by_rarest: dict[str, list[Phrase]] = defaultdict(list)
        for head in heads:
            if head:
                self._by_rarest[min(head, key=lambda word: (often[word], word))].append(head)

    def find(self, said: Sequence[str], keys: Sequence[str]) -> list[Match]:
        """The heads in a question that do not overlap, the longest and closest first.

        `said` are its words, `keys` what each is looked up by.
        """
        found = [
            Match(places, self._heads[head])
            for at, word in enumerate(keys)
            for head in self._by_rarest.get(word, ())
            if (places := self._placed(head, at, said, keys))
        ]
        found.sort(key=lambda one: (-len(one.places), one.loose, one.places))
        taken: set[int] = set()
        kept = []
        for one in found:
            if taken.isdisjoint(one.places):
                taken.update(one.places)
                kept.append(one)
        return kept

    def _placed(
        self, head: Phrase, at: int, said: Sequence[str], keys: Sequence[str]
    ) -> tuple[int, ...]:
        """Where the words of `head` stand around the place of its rarest word, or nothing."""
        if len(head) == 1:
            return (at,)
        for first in range(max(0, at - len(head) - MOST_BETWEEN), at + 1):
            if keys[first] == head[0]:
                places = self._onwards(head, first, said, keys)
                if at in places:
                    return places
        return self._turned(head, at, said, keys)

    def _onwards(
        self, head: Phrase, first: int, said: Sequence[str], keys: Sequence[str]
    ) -> tuple[int, ...]:
        places = [first]
        between = 0
        for wanted in head[1:]:
            at = places[-1] + 1
            while at < len(keys) and keys[at] != wanted:
                if between == MOST_BETWEEN or not self._may_part(said, places[-1], at):
                    return ()
                between += 1
                at += 1
            if at == len(keys):
                return ()
            places.append(at)
        return tuple(places)

    def _may_part(self, said: Sequence[str], before: int, at: int) -> bool:
        """Whether the word at `at` may stand between two words of a phrase."""
        small = self._small
        if said[before] in small.tight or said[before] in small.articles:
            return False
        return said[at] not in small.tight

    def _turned(
        self, head: Phrase, at: int, said: Sequence[str], keys: Sequence[str]
    ) -> tuple[int, ...]:
        """Two words in the other order, side by side: `op holder`, `børn passes`."""
        if len(head) != 2:
            return ()
        for first in (at - 1, at):
            if first >= 0 and tuple(keys[first : first + 2]) == (head[1], head[0]):
                small = self._small
                loose = not {*said[first : first + 2]} & (small.tight | small.articles)
                if loose or said[first] in small.particles:
                    return (first, first + 1)
        return ()
