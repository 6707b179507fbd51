"""Misspelt words of a question: what they were meant to be, in guidelines and thesaurus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.corpus import Corpus
from bot.answers.terms import STOP_WORDS, fold, is_stop_word, key, known, unfolded
from bot.answers.thesaurus import Thesaurus, head_key

SPELLED = 0.97
ALIKE = 0.55
LEAST_ALIKE = 0.42
LEAST_SPELLED = 0.72
AKIN = 3
SHORT = 6
LEAST_HEAD = 0.8
LONG_STOP_WORDS = {
    language: sorted(word for word in STOP_WORDS[language] if len(word) >= 5 and word.isascii())
    for language in ("da", "en")
}


def corrected_head(word: str, corpus: Corpus, thesaurus: Thesaurus, language: str) -> str:
    """The word, or the small word or thesaurus head that it misspells, where nobody knows it."""
    heads = thesaurus.heads(language)
    if len(word) < 5 or is_stop_word(word, language) or (head_key(word, language),) in heads:
        return word
    plain = fold(word)
    if known(word) or plain in corpus.vocabulary() or corpus.holders(key(word)):
        return word
    small = _nearest(plain, LONG_STOP_WORDS[language])
    if small and unfolded(word) == word:
        return small[0]
    surfaces = thesaurus.surfaces.get(language, {})
    near = _nearest(plain, surfaces)
    best_here = _nearest(plain, corpus.alike(plain))
    if near and (best_here is None or near[1] > best_here[1]):
        return surfaces[near[0]]
    return word


def _nearest(word: str, choices: Iterable[str]) -> tuple[str, float] | None:
    found = process.extractOne(
        word, list(choices), scorer=OSA.normalized_similarity, score_cutoff=LEAST_HEAD
    )
    return (found[0], float(found[1])) if found else None


def add_alike(word: str, corpus: Corpus, add: Callable[[str, float], None]) -> set[str]:
    """Add words of the guidelines spelt like this one; gives those that it misspells."""
    plain = fold(word)
    meant: set[str] = set()
    if len(plain) < 3 or plain.isdigit() or (known(word) and corpus.holders(key(word))):
        return meant
    surfaces = corpus.vocabulary()
    own = len(plain)
    misspelt = plain not in surfaces and not corpus.holders(key(word)) and not known(word)
    alike = dict(corpus.alike(plain))
    if misspelt and len(plain) <= SHORT:
        alike |= {one: 1 for one in _shuffled(plain, surfaces) if one not in alike}
    for surface, shared in alike.items():
        dice = 2 * shared / (own + len(surface))
        if dice >= LEAST_ALIKE and (misspelt or _akin(plain, surface)):
            add(surfaces[surface], ALIKE * dice)
        if misspelt and shared >= 1 and abs(len(surface) - len(plain)) <= 3:
            ratio = OSA.normalized_similarity(plain, surface)
            if ratio >= LEAST_SPELLED:
                add(surfaces[surface], SPELLED * ratio)
                meant.add(surfaces[surface])
    return meant


def _shuffled(word: str, surfaces: Mapping[str, str]) -> list[str]:
    """The words that a short one is with two letters changed round: too few triples stay whole."""
    turned = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return [one for one in turned if one in surfaces]


def _akin(word: str, surface: str) -> bool:
    """Whether two words that are spelt alike begin alike, or one ends with the other.

    Of a word that a dictionary knows, `morgen`, a likeness such as `borgere` is chance.
    """
    return word[:AKIN] == surface[:AKIN] or word.endswith(surface) or surface.endswith(word)
