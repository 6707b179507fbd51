"""A corpus too large for memory: candidates come from the index file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from bot.answers.corpus import Entry, Spelling, telling
from bot.answers.index import IndexFile

CANDIDATES = 100


class FileCorpus:
    """A corpus too large for memory: candidates come from FTS5, the rest is counted once.

    `documents`: the numbers of those that were there when it was opened.
    """

    def __init__(self, index: IndexFile, documents: Container[int]) -> None:
        self._index = index
        self._documents = documents
        self.size = index.size()
        self.mean_length = index.mean_length()
        self._holders = index.holders()
        self._surfaces = index.vocabulary()
        self._spelling = Spelling(self._surfaces)

    def holders(self, key: str) -> int:
        return self._holders.get(key, 0)

    def candidates(self, keys: Iterable[str]) -> Iterable[tuple[int, Entry]]:
        found = telling(keys, self)
        rows = self._index.matching(found, CANDIDATES) if found else []
        # What another process has added since is not ours to cite yet.
        return [row for row in rows if row[1].passage.document in self._documents]

    def neighbour(self, number: int, step: int) -> Entry | None:
        return self._index.entry(number + step)

    def vocabulary(self) -> Mapping[str, str]:
        return self._surfaces

    def alike(self, word: str) -> Mapping[str, int]:
        return self._spelling.alike(word)
