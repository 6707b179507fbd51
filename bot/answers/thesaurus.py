"""The thesaurus: what people say for what the guidelines say, as data that staff can add to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

from bot.answers.phrases import Match, Phrase, Phrases, small_words
from bot.answers.terms import english_key, fold, is_stop_word, key, words
from messages.tables import Table

LONGEST_HEAD = 8
ALSO_SAID = 0.6
SAME = 0.75
FADING = (1.0, 0.6, 0.45, 0.35)
SOMEBODY = "*"
PACKAGED = ("thesaurus.toml", "thesaurus_everyday.toml", "thesaurus_fields.toml")


@dataclass(frozen=True)
class Thesaurus:
    """Heads in each language, as keys in order, with the Danish keys that they stand for, weighed.

    `surfaces` maps each one-word head, folded, to itself: spelling is corrected towards them too.
    """

    danish: Mapping[Phrase, Mapping[str, float]] = field(default_factory=dict)
    english: Mapping[Phrase, Mapping[str, float]] = field(default_factory=dict)
    surfaces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def heads(self, language: str) -> Mapping[Phrase, Mapping[str, float]]:
        return self.english if language == "en" else self.danish

    @cached_property
    def _danish_phrases(self) -> Phrases:
        return Phrases(self.danish, "da")

    @cached_property
    def _english_phrases(self) -> Phrases:
        return Phrases(self.english, "en")

    def find(self, said: Sequence[str], language: str) -> list[Match]:
        """The heads that stand in the words of a question, none overlapping another."""
        phrases = self._english_phrases if language == "en" else self._danish_phrases
        return phrases.find(said, [head_key(word, language) for word in said])


def head_key(word: str, language: str) -> str:
    """What a word is compared by when heads are looked up; all persons are the same."""
    if word in small_words(language).people:
        return SOMEBODY
    return english_key(word) if language == "en" else key(word)


def read_thesaurus(texts: Iterable[tuple[str, str]]) -> Thesaurus:
    """The thesaurus in (TOML text, file name) pairs; later files add to earlier ones.

    Raises MessagesError with every mistake of a file.
    """
    heads: dict[str, dict[Phrase, dict[str, float]]] = {"da": {}, "en": {}}
    surfaces: dict[str, dict[str, str]] = {"da": {}, "en": {}}
    for text, file in texts:
        top, mistakes = Table.parse(text, file)
        for idea in top.tables("idea"):
            for language, head, meanings in _heads(idea):
                said = list(words(head))
                phrase = tuple(head_key(word, language) for word in said)
                known = heads[language].setdefault(phrase, {})
                for meaning, weight in meanings.items():
                    known[meaning] = max(weight, known.get(meaning, 0.0))
                if len(said) == 1:
                    surfaces[language][fold(said[0])] = said[0]
        glossary = top.table("english")
        for word, _ in list(glossary.items()):
            phrase = tuple(head_key(one, "en") for one in words(word))
            known = heads["en"].setdefault(phrase, {})
            known.update(_keys(glossary.texts(word, ()), 1.0))
            surfaces["en"][fold(word)] = word
        top.close()
        mistakes.settle()
    return Thesaurus(heads["da"], heads["en"], surfaces)


def _heads(idea: Table) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Each head of an idea: its language, itself, and the keys that it stands for, weighed."""
    same, means = idea.texts("same", ()), idea.texts("means", ())
    danish, english = idea.texts("da", ()), idea.texts("en", ())
    idea.close()
    if not same and not means:
        idea.wrong("means", "mangler")
    for name, heads in (("da", danish), ("en", english)):
        for head in heads:
            if not 1 <= len(list(words(head))) <= LONGEST_HEAD:
                idea.wrong(name, "“{head}” skal være ét til otte ord", head=head)
                return
    guideline = _keys(same, 1.0) | _fading(means)
    said = _keys([head for head in danish if len(list(words(head))) == 1], ALSO_SAID)
    for head in danish:
        yield "da", head, guideline
    for head in english:
        yield "en", head, said | guideline
    for word in same:
        yield "da", word, said | {k: w * SAME for k, w in guideline.items()} | _keys((word,), 1.0)
    for word in means[:1]:
        yield "da", word, said | _keys((word,), 1.0)


def _fading(means: Iterable[str]) -> dict[str, float]:
    """The first word is what is meant; those after it are what it is said with."""
    found: dict[str, float] = {}
    for place, meaning in enumerate(means):
        for word, weight in _keys((meaning,), FADING[min(place, len(FADING) - 1)]).items():
            found.setdefault(word, weight)
    return found


def packaged_thesauri() -> list[tuple[str, str]]:
    """The TOML texts of the thesauri that ship, each with its name."""
    return [(files("bot.answers").joinpath(name).read_text("utf-8"), name) for name in PACKAGED]


def _keys(meanings: Iterable[str], weight: float) -> dict[str, float]:
    said = [word for text in meanings for word in words(text)]
    return {key(word): weight for word in said if not is_stop_word(word)}
