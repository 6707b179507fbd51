"""The Danish terms of pay, tax and childcare, and how each language says them, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from messages.tables import Table, did_you_mean

NOT_SEEN = "not seen, to be checked"
# Vowel signs and the stretching line: one reader writes them, the next does not.
_ARABIC_SIGNS = re.compile("[\u064b-\u0652\u0640]")


@dataclass(frozen=True)
class Term:
    """A Danish term with the `forms` in which it stands in a sentence; `keep`: it is never
    translated, since it is a name or stands on the real paper."""

    word: str
    forms: tuple[str, ...]
    means: str
    keep: bool


@dataclass(frozen=True)
class Terms:
    """All Danish terms; finds those of a sentence, the longest where several would do."""

    rows: Mapping[str, Term]

    def of(self, sentence: str) -> tuple[Term, ...]:
        """The terms in the Danish `sentence`, each once, in order."""
        words = (mark[0].casefold() for mark in self._pattern.finditer(sentence))
        return tuple(dict.fromkeys(self._by_form[word] for word in words))

    def removed_from(self, text: str, *, kept_only: bool = False) -> str:
        """The text without its Danish terms, or without those alone that are never translated."""

        def gone(mark: re.Match[str]) -> str:
            term = self._by_form[mark[0].casefold()]
            return " " if term.keep or not kept_only else mark[0]

        return self._pattern.sub(gone, text)

    @cached_property
    def _by_form(self) -> dict[str, Term]:
        return {form.casefold(): term for term in self.rows.values() for form in term.forms}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self._by_form, key=len, reverse=True)
        # Not inside another word, an address (skat.dk) or a host (brobygger.kommune.example).
        any_form = "|".join(map(re.escape, forms))
        bare = rf"(?<![\w@/-])(?<!\w\.)(?:{any_form})(?![\w-]|\.dk)"
        return re.compile(bare, re.IGNORECASE)


@dataclass(frozen=True)
class Rendering:
    """How a language says a term. A translation must hold one of `stems`; the words of a stem may
    stand apart and take endings. `source`: the page it was seen on, or that none was."""

    rendering: str
    stems: tuple[str, ...]
    source: str
    note: str

    @property
    def seen(self) -> bool:
        return self.source != NOT_SEEN

    def stands_in(self, translation: str) -> bool:
        folded = _folded(translation)
        return any(all(_folded(word) in folded for word in stem.split()) for stem in self.stems)


@dataclass(frozen=True)
class Glossary:
    """A language's renderings by Danish term. `same`: sentences that rightly read as in Danish."""

    rows: Mapping[str, Rendering]
    same: frozenset[str] = frozenset()


def read_terms(text: str, file: str) -> Terms:
    """The terms of terms.toml; raises MessagesError with every mistake in it."""
    table, mistakes = Table.parse(text, file)
    rows: dict[str, Term] = {}
    for word, row in table.named():
        rows[word] = Term(
            word, row.texts("forms"), row.text("means"), keep=row.truth("keep", default=False)
        )
        row.close()
    mistakes.settle()
    return Terms(rows)


def read_glossary(text: str, file: str, terms: Terms) -> Glossary:
    """A language's glossary.toml; a rendering that is empty is not decided yet.

    Raises MessagesError with every mistake: a term that Danish does not have, a source that
    `[sources]` does not explain, a term without stems.
    """
    table, mistakes = Table.parse(text, file)
    same = frozenset(table.texts("same", ()))
    sources = dict(table.table("sources").items())
    found: dict[str, Rendering] = {}
    for word, row in table.table("terms").named():
        if word not in terms.rows:
            row.wrong("", "er ikke i terms.toml{hint}", hint=did_you_mean(word, terms.rows))
        source = row.text("source")
        if source != NOT_SEEN and source not in sources:
            row.wrong("source", "“{source}” mangler i [sources]", source=source)
        found[word] = Rendering(
            row.text("rendering"), row.texts("stems", ()), source, row.text("note", "")
        )
        row.close()
    table.close()
    mistakes.settle()
    return Glossary(found, same)


def _folded(text: str) -> str:
    return _ARABIC_SIGNS.sub("", text).casefold()
