"""Whether a question is in Danish or English: by its small words, and by its letters."""

from __future__ import annotations

import simplemma

from bot.answers.terms import STOP_WORDS, known, words

_BOTH = frozenset(["man", "at", "over", "under", "for", "so", "by", "me", "as", "the", "in"])
_ONLY_ENGLISH = STOP_WORDS["en"] - STOP_WORDS["da"] - _BOTH
_ONLY_DANISH = STOP_WORDS["da"] - STOP_WORDS["en"] - _BOTH


def language_of(question: str) -> str:
    """`en` where English small words outnumber Danish ones and no æ, ø or å is typed, else `da`.

    Without small words it is English when no word is Danish and one of them is English.
    """
    found = list(words(question))
    danish = 2 * any(letter in question.lower() for letter in "æøå")
    danish += sum(word in _ONLY_DANISH for word in found)
    english = sum(word in _ONLY_ENGLISH for word in found)
    if english == danish == 0:
        return "en" if found and _looks_english(found) else "da"
    return "en" if english > danish else "da"


def _looks_english(found: list[str]) -> bool:
    if any(known(word) for word in found):
        return False
    return any(simplemma.is_known(word, lang="en") for word in found)
