"""From a catalog's sentence with `{placeholders}` and `[[Danish terms]]` to runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from messages.catalogs import Catalog
from messages.document import Kind, Run, Said, Text
from messages.errors import MessagesError
from messages.formatting import Value, direction_of, show
from messages.furniture import ABOUT, UNTRANSLATED_MARK
from messages.languages import Language

_MARKED = re.compile(r"\{([a-z][a-z0-9_]*)\}|\[\[([^\[\]]+)\]\]")


@lru_cache(maxsize=8192)
def pieces(sentence: str) -> tuple[tuple[str, str], ...]:
    """The sentence as (kind, text) pairs: `words`, `value` with its name, or `term`."""
    found: list[tuple[str, str]] = []
    end = 0
    for mark in _MARKED.finditer(sentence):
        if mark.start() > end:
            found.append(("words", sentence[end : mark.start()]))
        found.append(("value", mark[1]) if mark[1] else ("term", mark[2]))
        end = mark.end()
    if end < len(sentence):
        found.append(("words", sentence[end:]))
    return tuple(found)


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(text for kind, text in pieces(sentence) if kind == "value")


def terms(sentence: str) -> frozenset[str]:
    return frozenset(text for kind, text in pieces(sentence) if kind == "term")


@dataclass
class Wording:
    """Words one sheet in one language; counts the sentences it had to leave in Danish."""

    language: Language
    catalog: Catalog
    danish: Language
    values: Mapping[str, Value]
    beside: bool = False
    untranslated: set[str] = field(default_factory=set)

    def said(self, message: str, **more: Value) -> Said:
        """The sentence in the reader's language, and in Danish where the sheet is bilingual.

        Raises MessagesError naming a placeholder that has no value.
        """
        values = {**self.values, **more}
        text = self._text(message, values)
        beside = self.beside and self.catalog.has(message)
        return Said(text, self._danish(message, values) if beside else None)

    def in_danish(self, sentence: str) -> Text:
        """A sentence that stays Danish on every sheet, with the values filled in."""
        return self._runs(sentence, self.danish, self.values)

    def _text(self, message: str, values: Mapping[str, Value]) -> Text:
        if self.catalog.has(message):
            return self._runs(self.catalog.text(message), self.language, values)
        self.untranslated.add(message)
        mark = self.catalog.text(UNTRANSLATED_MARK)
        marked = Run(Kind.WORDS, f"[{mark}] ", self.language.html, self.language.direction)
        return (marked, *self._danish(message, values))

    def _danish(self, message: str, values: Mapping[str, Value]) -> Text:
        return self._runs(message, self.danish, values)

    def _runs(self, sentence: str, language: Language, values: Mapping[str, Value]) -> Text:
        runs: list[Run] = []
        for kind, text in pieces(sentence):
            if kind == "value":
                shown = self._value(text, sentence, language, values)
                runs.extend(shown if runs else _capital(shown))
            elif kind == "term":
                runs.append(Run(Kind.TERM, text, "da", "ltr"))
            else:
                runs.append(
                    Run(Kind.WORDS, _one_stop(text, runs), language.html, language.direction)
                )
        return tuple(run for run in runs if run.text)

    def _value(
        self, name: str, sentence: str, language: Language, values: Mapping[str, Value]
    ) -> Text:
        if name not in values:
            raise MessagesError(
                "Sætningen “{sentence}” har brug for tallet {name}, som emnet ikke har. "
                "Ret emnets fil eller oversættelsen.",
                sentence=sentence,
                name=name,
            )
        return self.shown(values[name], language)

    def shown(self, value: Value, language: Language) -> Text:
        """The value as runs: with the reader's word for “ca.” where it is only nearly right."""
        run = show(value, language)
        if not value.about:
            return (run,)
        known = language.code == self.danish.code or self.catalog.has(ABOUT)
        about = ABOUT if language.code == self.danish.code else self.catalog.text(ABOUT)
        words_of = language if known else self.danish
        return tuple(
            run if kind == "value" else Run(Kind.WORDS, text, words_of.html, words_of.direction)
            for kind, text in pieces(about)
        )


def _capital(text: Text) -> Text:
    """`ca.` at the start of a sentence is `Ca.`."""
    first = text[0]
    if first.kind is not Kind.WORDS:
        return text
    return (replace(first, text=first.text[0].upper() + first.text[1:]), *text[1:])


def _one_stop(words: str, before: list[Run]) -> str:
    """Words after `24.500 kr.` without a second full stop, where both stand the same way."""
    ends = before and before[-1].kind is Kind.VALUE and before[-1].text.endswith(".")
    return words.removeprefix(".") if ends and not _rtl(words) else words


def _rtl(words: str) -> bool:
    return direction_of(words) == "rtl"
