"""What is met before any search: empty questions, CPR numbers, injection attempts, small talk."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.answers.answer_types import any_of
from bot.answers.reply import State
from bot.answers.terms import fold, words
from messages.errors import Problem
from messages.personal_data import find_cpr, mask_cpr
from messages.tables import N_, Table

LONGEST_QUESTION = 2000

_CPR = N_(
    "Jeg har ikke læst spørgsmålet, for der står et CPR-nummer i det. "
    "Slet beskeden, og spørg igen uden nummeret."
)
_EMPTY = N_("Der står ikke noget spørgsmål. Skriv f.eks. Hvornår forlænges en praktik?")
_INJECTION = N_(
    "Jeg svarer kun på spørgsmål ud fra retningslinjerne og følger ikke andre ordrer. "
    "Skriv f.eks. Hvornår forlænges en praktik?"
)
_GREETING = N_("Hej! Spørg mig om retningslinjerne. Skriv f.eks. Hvornår forlænges en praktik?")
_THANKS = N_("Det var så lidt. Skriv bare, når der er et spørgsmål mere.")
_WHO = N_(
    "Jeg finder svar i jeres retningslinjer og viser ordret, hvor de står. "
    "Jeg er et program og finder ikke på svar selv."
)


@dataclass(frozen=True)
class _Met:
    """The words and patterns of gate.toml."""

    greeting: frozenset[str]
    thanks: frozenset[str]
    about_bot: re.Pattern[str]
    orders: re.Pattern[str]


@cache
def _met() -> _Met:
    name = "gate.toml"
    top, mistakes = Table.parse(files("bot.answers").joinpath(name).read_text("utf-8"), name)
    said, patterns = top.table("words"), top.table("patterns")
    found = _Met(
        frozenset(said.texts("greeting")),
        frozenset(said.texts("thanks")),
        any_of(patterns.texts("about_bot")),
        any_of(patterns.texts("orders")),
    )
    mistakes.settle()
    return found


def meet(question: str) -> tuple[State, Problem] | None:
    """The reply of the bot's own to what is no question about guidelines, else None."""
    if find_cpr(question):
        return State.REFUSED, Problem(_CPR)
    said = [fold(word) for word in words(question[:LONGEST_QUESTION])]
    plain = " ".join(said)
    if not any(any(letter.isalpha() for letter in word) for word in said):
        return State.REFUSED, Problem(_EMPTY)
    if _met().orders.search(plain):
        return State.REFUSED, Problem(_INJECTION)
    if _met().about_bot.search(plain):
        return State.SMALLTALK, Problem(_WHO)
    if len(said) <= 8 and all(word in _met().thanks | _met().greeting for word in said):
        thanks = any(word.startswith(("tak", "thank")) or word == "tusind" for word in said)
        return State.SMALLTALK, Problem(_THANKS if thanks else _GREETING)
    return None


def cleaned(question: str) -> str:
    """The question as it is searched and shown: NFC, no control or hidden characters, masked."""
    composed = unicodedata.normalize("NFC", question[: LONGEST_QUESTION * 2])
    visible = "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace()
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return mask_cpr(" ".join(visible.split()))[:LONGEST_QUESTION]
