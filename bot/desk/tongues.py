"""What a language is called in the language of who reads the desk."""

from __future__ import annotations

from functools import cache

from messages.languages import Language


@cache
def name_of(language: Language, reader: str) -> str:
    """`arabisk` for a Dane, `Arabic` for who reads English; the Danish name where CLDR has none."""
    if reader == "da":
        return language.name_da
    from babel import Locale

    names = Locale.parse(reader).languages
    found = names.get(language.babel) or names.get(language.babel.partition("_")[0])
    return str(found or language.name_da)
