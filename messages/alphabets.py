"""Which letters a language is written in, and those that only a neighbour's language has."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from messages.languages import Language

# Letters that look right and are another language's: pasted text, or the wrong keyboard.
FOREIGN = {
    "ar": "یکەۆێڕڵۍې",
    "fa_AF": "يكىە",
    "fa": "يكىە",
    "uk": "ыэёъЫЭЁЪ",
    "ku": "ıİüÜöÖğĞ",
    "tr": "êÊîÎûÛ",
}
# Somali and English use no letter outside a to z; a borrowed é is as rare as a slip is likely.
PLAIN = {"so", "en"}
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """The script as Unicode names it, such as LATIN or ARABIC; "" for what is no letter."""
    if not letter.isalpha():
        return ""
    return unicodedata.name(letter, "?").split(" ", 1)[0]


def script_of_language(language: Language) -> str:
    """The script that the language writes its own name in."""
    return next((script_of(letter) for letter in language.name_own if letter.isalpha()), "LATIN")


def words_in(text: str) -> list[str]:
    """The words of a sentence: letters, with hyphens and apostrophes inside them."""
    return _LATIN_WORD.findall(text)


def other_script(text: str, language: Language) -> list[str]:
    """The words in `text` with a letter of another script than the language's."""
    own = script_of_language(language)
    return [
        word
        for word in words_in(text)
        if any(script_of(letter) not in {own, ""} for letter in word)
    ]


def foreign_letters(text: str, language: Language) -> str:
    """The letters in `text` that belong to a neighbour's alphabet, each once."""
    wrong = FOREIGN.get(language.code, "")
    found = [letter for letter in text if letter in wrong]
    if language.code in PLAIN:
        found += [letter for letter in text if letter.isalpha() and not letter.isascii()]
    return "".join(dict.fromkeys(found))
