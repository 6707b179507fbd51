"""The code of a language as people type it, made the one that the table of languages uses."""

from __future__ import annotations

import re

from messages.errors import MessagesError

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
