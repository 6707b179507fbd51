"""Whether a question is in Danish or English: by its small words, and by its letters."""

from __future__ import annotations

from bot.answers.terms import STOP_WORDS, words

_ONLY_ENGLISH = STOP_WORDS["en"] - STOP_WORDS["da"] - {"man", "at", "over", "under", "for", "so", "by", "me", "as"}
_ONLY_DANISH = STOP_WORDS["da"] - STOP_WORDS["en"] - {"the", "in", "for", "over", "under", "at"}


def language_of(question: str) -> str:
    """`en` where English small words outnumber Danish ones and no æ, ø or å is typed, else `da`."""
    found = list(words(question))
    if any(letter in question.lower() for letter in "æøå"):
        danish = 2
    else:
        danish = 0
    danish += sum(word in _ONLY_DANISH for word in found)
    english = sum(word in _ONLY_ENGLISH for word in found)
    if english == danish == 0:
        return "en" if found and all(word in _ENGLISH_ALONE for word in found) else "da"
    return "en" if english > danish else "da"


_ENGLISH_ALONE = frozenset(
    "hi hello thanks thank hey bye good morning internship internships payslip tax refugees "
    "wage subsidy childcare follow women interpreter interpreters jobs salary".split()
)
