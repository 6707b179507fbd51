"""A Library, a made-up language to lay pages out in, and the day on which sheets are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from messages.catalogs import Catalog
from messages.compose import sheet_sentences
from messages.languages import Direction, Language
from messages.library import Library, load_library

TODAY = date(2026, 11, 22)
LETTERS = {"rtl": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "ltr": "ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገጠጨ"}
KEPT = re.compile(r"(\{[a-z_0-9]+\}|\[\[[^\]]+\]\]|[\s.,:;?()])")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def pseudo(library: Library) -> Callable[[Direction], Library]:
    """The library with a language `xx` a third longer than Danish, in Arabic or Ethiopic letters.

    Nothing in it is Latin but the Danish terms and the values: what shows Danish has slipped by.
    """

    def with_pseudo(direction: Direction) -> Library:
        fonts = {"rtl": "Noto Sans Arabic", "ltr": "Noto Sans Ethiopic"}
        html = {"rtl": "ar", "ltr": "ti"}[direction]
        language = Language(
            code="xx",
            name_da="prøvesprog",
            name_own="xx",
            babel="ar" if direction == "rtl" else "ti",
            html=html,
            direction=direction,
            fonts=(fonts[direction], "Noto Sans"),
            plural="nplurals=1; plural=0;",
        )
        sentences = {
            sentence: _pseudo(sentence, LETTERS[direction])
            for topic in library.topics.values()
            for sentence in sheet_sentences(topic)
        }
        sentences |= {
            picture.alt: _pseudo(picture.alt, LETTERS[direction])
            for picture in library.pictures.values()
        }
        catalog = Catalog("xx", "handout", MappingProxyType(sentences))
        return replace(
            library,
            languages={**library.languages, "xx": language},
            handout={**library.handout, "xx": catalog},
        )

    return with_pseudo


def _pseudo(sentence: str, letters: str) -> str:
    parts = KEPT.split(sentence)
    return "".join(part if KEPT.fullmatch(part) else _word(part, letters) for part in parts)


def _word(word: str, letters: str) -> str:
    chosen = [letters[ord(letter) % len(letters)] for letter in word]
    return "".join(chosen) + "".join(chosen[: len(word) // 3])
