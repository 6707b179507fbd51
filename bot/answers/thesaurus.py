"""The thesaurus: what people say for what the guidelines say, as data that staff can add to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from bot.answers.terms import english_key, fold, is_stop_word, key, words
from messages.tables import Table

LONGEST_HEAD = 5
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """Heads in each language, as keys in order, with the Danish keys that they stand for.

    `surfaces` maps each one-word head, folded, to itself: spelling is corrected towards them too.
    """

    danish: Mapping[Phrase, tuple[str, ...]] = field(default_factory=dict)
    english: Mapping[Phrase, tuple[str, ...]] = field(default_factory=dict)
    surfaces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def heads(self, language: str) -> Mapping[Phrase, tuple[str, ...]]:
        return self.english if language == "en" else self.danish

    def longest(self, found: Sequence[str], at: int, language: str) -> tuple[int, tuple[str, ...]]:
        """How many words from `at` the longest head there takes, and what it stands for."""
        heads = self.heads(language)
        for length in range(min(LONGEST_HEAD, len(found) - at), 0, -1):
            meanings = heads.get(tuple(found[at : at + length]))
            if meanings:
                return length, meanings
        return 0, ()


def head_key(word: str, language: str) -> str:
    """What a word is compared by when heads are looked up."""
    return english_key(word) if language == "en" else key(word)


def read_thesaurus(texts: Iterable[tuple[str, str]]) -> Thesaurus:
    """The thesaurus in (TOML text, file name) pairs; later files add to earlier ones.

    Raises MessagesError with every mistake of a file.
    """
    heads: dict[str, dict[Phrase, dict[str, None]]] = {"da": {}, "en": {}}
    surfaces: dict[str, dict[str, str]] = {"da": {}, "en": {}}
    for text, file in texts:
        top, mistakes = Table.parse(text, file)
        for language in ("da", "en"):
            table = top.table(language)
            for head, _ in list(table.items()):
                meanings = table.texts(head, ())
                said = list(words(head))
                if not said or len(said) > LONGEST_HEAD:
                    table.wrong(head, "skal være ét til fem ord")
                    continue
                phrase = tuple(head_key(word, language) for word in said)
                heads[language].setdefault(phrase, {}).update(dict.fromkeys(_keys(meanings)))
                if len(said) == 1:
                    surfaces[language][fold(said[0])] = said[0]
        top.close()
        mistakes.settle()
    return Thesaurus(
        {phrase: tuple(keys) for phrase, keys in heads["da"].items()},
        {phrase: tuple(keys) for phrase, keys in heads["en"].items()},
        surfaces,
    )


def packaged_thesaurus() -> tuple[str, str]:
    """The TOML text of the thesaurus that ships, and its name."""
    name = "thesaurus.toml"
    return files("bot.answers").joinpath(name).read_text("utf-8"), name


def _keys(meanings: Iterable[str]) -> list[str]:
    return [key(word) for text in meanings for word in words(text) if not is_stop_word(word)]
