"""What a translation must be in its language: letters, terms, words that are really translated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from messages.alphabets import foreign_letters, other_script, script_of_language
from messages.catalog_rules import PLACE, TERM
from messages.errors import Problem
from messages.glossary import Glossary, Terms
from messages.languages import Language
from messages.po_file import Entry
from messages.tables import N_
from messages.wording import pieces

ZWNJ = "\u200c"
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:dk|toml|py|md|pdf|html|po|xlf)\b")
_NAMES = re.compile(r"\b(?:Brobygger|SMS|PDF|PNG|QR|CPR|MitID|NemKonto|ATP|ID)\b")


@dataclass(frozen=True)
class Rules:
    """What the rules need to know of the language; `glossary` None where nobody has made one."""

    language: Language
    domain: str
    terms: Terms
    glossary: Glossary | None = None


Rule = Callable[[Entry, Rules], Problem | None]


def hidden_signs(entry: Entry, rules: Rules) -> Problem | None:
    joins = script_of_language(rules.language) == "ARABIC" and rules.language.code != "ar"
    allowed = set(entry.source) | ({ZWNJ} if joins else set())
    hidden = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
    found = [sign for sign in entry.words if unicodedata.category(sign) in hidden]
    wrong = sorted({f"U+{ord(sign):04X}" for sign in found if sign not in allowed})
    if not wrong:
        return None
    return Problem(
        N_("har usynlige tegn ({signs}); slet dem, siden retter selv tekstens retning"),
        signs=", ".join(wrong),
    )


def letters(entry: Entry, rules: Rules) -> Problem | None:
    bare = _DOMAIN.sub(" ", TERM.sub(" ", PLACE.sub(" ", entry.words)))
    bare = _NAMES.sub(" ", rules.terms.removed_from(bare))
    wrong = foreign_letters(bare, rules.language)
    if wrong:
        return Problem(
            N_(
                "har bogstaver, som {language} ikke har: {letters}; skift tastatur, og skriv dem om"
            ),
            language=rules.language.name_da,
            letters=" ".join(wrong),
        )
    said_in_source = set(entry.source.split()) if rules.domain == "staff" else set()
    other = [word for word in other_script(bare, rules.language) if word not in said_in_source]
    if not other:
        return None
    return Problem(
        N_("har ord med fremmede bogstaver: {words}; oversæt dem, eller skriv dem som [[ord]]"),
        words=", ".join(dict.fromkeys(other)),
    )


def translated(entry: Entry, rules: Rules) -> Problem | None:
    if entry.words != entry.source:
        return None
    same = rules.glossary.same if rules.glossary else frozenset()
    said = "".join(text for kind, text in pieces(entry.source) if kind == "words")
    left = _NAMES.sub("", rules.terms.removed_from(_DOMAIN.sub("", said), kept_only=True))
    if entry.source in same or not any(sign.isalpha() for sign in left):
        return None
    return Problem(
        N_("er den danske sætning; oversæt den, eller skriv den under same i glossary.toml")
    )


def glossary(entry: Entry, rules: Rules) -> Problem | None:
    known = rules.glossary.rows if rules.glossary else {}
    for term in rules.terms.of(entry.source):
        rendering = known.get(term.word)
        if term.keep and not any(form in entry.words for form in term.forms):
            return Problem(
                N_("skal beholde ordet {term}, som står på det rigtige papir"), term=term.word
            )
        if term.keep or not rendering or not rendering.stems or rendering.stands_in(entry.words):
            continue
        return Problem(
            N_("siger ikke {term} som ordlisten: “{rendering}”; brug det, eller ret glossary.toml"),
            term=term.word,
            rendering=rendering.rendering,
        )
    return None


ERRORS: tuple[Rule, ...] = (hidden_signs, letters, translated, glossary)
