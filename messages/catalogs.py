"""One catalog a language and domain, read from its .po: what is fuzzy counts as missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

from messages.languages import DANISH
from messages.po_file import read_entries
from messages.sign_offs import read_sign_offs

_SLOT = re.compile(r"\{\w*\}|[{}]")


def seal(source: str, translation: str) -> str:
    """What a reviewer signs: twelve hex digits that change when either sentence does."""
    return sha256(f"{source}\0{translation}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Catalog:
    """The sentences of one language; the Danish one has none and gives back its source.

    `missing` are the sentences that the file names but has no valid words for (empty or fuzzy).
    """

    language: str
    domain: str
    sentences: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: frozenset[str] = frozenset()
    reviewed: frozenset[str] = frozenset()

    def has(self, message: str) -> bool:
        return self.language == DANISH or message in self.sentences

    def text(self, message: str) -> str:
        """The sentence in this language, or the Danish one: ask `has` first where it matters."""
        return self.sentences.get(message, message)

    def is_reviewed(self, message: str) -> bool:
        """Whether someone who speaks the language approved these words for this source."""
        if self.language == DANISH:
            return True
        return self.has(message) and seal(message, self.text(message)) in self.reviewed


def read_catalog(
    po: bytes, file: str, language: str, domain: str, reviewed: frozenset[str] = frozenset()
) -> Catalog:
    """The catalog in the bytes of a .po file; raises MessagesError when they are no such file.

    Words whose placeholders are not those of the source count as missing: they could not be said.
    """
    sentences: dict[str, str] = {}
    missing: set[str] = set()
    for entry in read_entries(po, file):
        if entry.words and not entry.fuzzy and _slots(entry.words) == _slots(entry.source):
            sentences[entry.source] = entry.words
        else:
            missing.add(entry.source)
    return Catalog(language, domain, MappingProxyType(sentences), frozenset(missing), reviewed)


def _slots(sentence: str) -> set[str]:
    return set(_SLOT.findall(sentence)) if "{" in sentence or "}" in sentence else set()


def read_reviewed(text: str, file: str) -> frozenset[str]:
    """The seals in a reviewed.toml, whoever signed them."""
    return frozenset(seal for row in read_sign_offs(text, file) for seal in row.seals)


class Catalogs(Mapping[str, Catalog]):
    """The catalogs of one domain by language code, each read when it is first asked for."""

    def __init__(self, readers: Mapping[str, Callable[[], Catalog]]) -> None:
        self._readers = dict(readers)
        self._read: dict[str, Catalog] = {}

    def __getitem__(self, code: str) -> Catalog:
        if code not in self._read:
            self._read[code] = self._readers[code]()
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._readers)
