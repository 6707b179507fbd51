"""Words made comparable: lemma, stem and folded letters, and the parts of Danish compounds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import simplemma
import Stemmer

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_STEMMER = {"da": Stemmer.Stemmer("danish"), "en": Stemmer.Stemmer("english")}
_FOLD = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "è": "e", "ü": "u", "ß": "ss"}
)
_UNFOLD = (("ae", "æ"), ("oe", "ø"), ("aa", "å"))
_SHORTEST_PART = 3
_LONGEST_WORD = 60
_NUMBERS = (
    "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten"
)
_FIGURES = {word: str(figure) for figure, word in enumerate(_NUMBERS.split(" "), 2)}


def words(text: str) -> Iterator[str]:
    """The words and numbers of a text in lower case, in order."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()):
        yield match[0]


def fold(word: str) -> str:
    """æ, ø and å as they are typed without a Danish keyboard: one spelling on both sides."""
    return word.translate(_FOLD)


def _word_lists(name: str) -> dict[str, frozenset[str]]:
    text = files("bot.answers").joinpath(name).read_text("utf-8")
    sets: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        name, colon, rest = line.partition(":")
        if colon:
            sets[name] = frozenset(rest.split())
    return sets


STOP_WORDS = _word_lists("stop_words.txt")
_FOLDED_STOP_WORDS = frozenset(fold(word) for word in STOP_WORDS["da"])


def is_stop_word(word: str, language: str = "da") -> bool:
    """Whether a word says nothing about the subject; English questions use both lists."""
    if word in STOP_WORDS["da"] or fold(word) in _FOLDED_STOP_WORDS:
        return not (language == "en" and word in STOP_WORDS["only_english_content"])
    return language == "en" and word in STOP_WORDS["en"]


@cache
def _common_keys(language: str) -> frozenset[str]:
    name = english_key if language == "en" else key
    lists = _word_lists("common_words.txt")
    return frozenset(name(word) for of in lists if of[:2] == language for word in lists[of])


def is_everyday(word: str, language: str) -> bool:
    """Whether a word colours a question rather than carries its subject."""
    return (english_key(word) if language == "en" else key(word)) in _common_keys(language)


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """What a Danish word is found by: its lemma's stem, folded; a number word is its figure."""
    if word in _FIGURES:
        return _FIGURES[word]
    if word[0].isdigit() or len(word) > _LONGEST_WORD:
        return word[:_LONGEST_WORD]
    return fold(_STEMMER["da"].stemWord(lemma(word)))


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The Danish dictionary form, `løn` for both `lønnen` and `loennen`."""
    plain = unfolded(word)
    return str(simplemma.lemmatize(plain, lang="da")).lower()


@lru_cache(maxsize=16384)
def english_key(word: str) -> str:
    """What an English word is found by in the thesaurus."""
    return str(_STEMMER["en"].stemWord(str(simplemma.lemmatize(word, lang="en")).lower()))


@lru_cache(maxsize=65536)
def unfolded(word: str) -> str:
    """The word with æ, ø and å, where it was typed with ae, oe and aa and is known with them."""
    if not any(typed in word for typed, _ in _UNFOLD) or known(word):
        return word
    plain = word
    for typed, letter in _UNFOLD:
        plain = plain.replace(typed, letter)
    return plain


@lru_cache(maxsize=131072)
def known(word: str) -> bool:
    """Whether the dictionary has the word in this very form."""
    return bool(simplemma.is_known(word, lang="da"))


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, ...]:
    """A compound's parts, as few as there can be; nothing for a word that is no compound.

    The linking s and e are left out; the dictionary is simplemma's.
    """
    plain = lemma(word)
    if len(plain) < 2 * _SHORTEST_PART or len(plain) > _LONGEST_WORD or not plain.isalpha():
        return ()
    split = _split(plain, 0)
    return split if split and len(split) > 1 else ()


def _split(word: str, depth: int) -> tuple[str, ...] | None:
    """The fewest dictionary words that make up `word`, the longer first word where two tie."""
    best: tuple[str, ...] | None = None
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head, tail = word[:cut], word[cut:]
        if not _is_part(head):
            continue
        for rest in _tails(tail):
            if _is_part(rest):
                return (head, rest)
            if depth < 2 and len(rest) >= 2 * _SHORTEST_PART:
                deeper = _split(rest, depth + 1)
                if deeper and (best is None or len(deeper) + 1 < len(best)):
                    best = (head, *deeper)
    return best


def _tails(tail: str) -> Iterator[str]:
    yield tail
    if tail[0] in "se" and len(tail) > _SHORTEST_PART:
        yield tail[1:]


_NO_PARTS = frozenset(
    [
        "hed",
        "ende",
        "else",
        "erne",
        "eren",
        "ene",
        "ert",
        "ers",
        "est",
        "ere",
        "ens",
        "ing",
        "inger",
        "ant",
        "tion",
        "ion",
        "skab",
        "som",
        "ring",
    ]
)


@lru_cache(maxsize=65536)
def _is_part(word: str) -> bool:
    if len(word) < _SHORTEST_PART or word in _NO_PARTS or word in STOP_WORDS["da"]:
        return False
    return known(word)


def weighed(text: str) -> Counter[str]:
    """How often each key stands in a text; the parts of a compound count half."""
    counts: Counter[str] = Counter()
    for word in words(text):
        if is_stop_word(word):
            continue
        counts[key(word)] += 2
        for part in parts(word):
            counts[key(part)] += 1
    return counts


def trigrams(word: str) -> frozenset[str]:
    """The letter triples of a folded word with its ends marked."""
    marked = f"^{word}$"
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))
