"""The code of a language as people type it, made the one that the table of languages uses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from messages.errors import MessagesError
from messages.languages import Language, unknown_language

_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?", re.ASCII)
# ISO 639-3 has codes of their own for what CLDR, and our folders, call by another.
_ALIASES = {"prs": "fa_AF", "kmr": "ku", "pbt": "ps", "pes": "fa", "tir": "ti", "som": "so"}


def normal_code(typed: str) -> str:
    """`prs`, `kmr`, `AR_sa`, `ti-ER` → `fa_AF`, `ku`, `ar`, `ti`: a language without its country.

    Dari alone keeps its country, since it is Persian in CLDR. Raises MessagesError for what is no
    code, a path for instance.
    """
    found = _CODE.fullmatch(typed.strip())
    if not found:
        raise MessagesError(
            "“{code}” er ikke en sprogkode. Skriv to eller tre bogstaver, f.eks. ps.",
            code=typed[:40],
        )
    language, _, country = found.groups()
    language = language.lower()
    if language == "fa" and (country or "").upper() == "AF":
        return "fa_AF"
    return _ALIASES.get(language, language)


def known_code(typed: str, languages: Mapping[str, Language]) -> str:
    """The code in the table for a code or a name (`arabisk`, `العربية`) as a caseworker types it.

    Raises MessagesError for what is neither, with the nearest code or name.
    """
    wanted = typed.strip().casefold()
    for code, language in languages.items():
        if wanted in {language.name_da.casefold(), language.name_own.casefold()}:
            return code
    if _CODE.fullmatch(typed.strip()) and normal_code(typed) in languages:
        return normal_code(typed)
    names = [language.name_da for language in languages.values()]
    raise unknown_language(typed.strip(), [*languages, *names])
