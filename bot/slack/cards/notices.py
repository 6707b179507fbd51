"""Short notices: a refusal, a warning about a CPR number, a button from another time."""

from __future__ import annotations

from bot.slack.cards.blocks import Card, section
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_

PERSONAL = N_(
    "Din besked ligner en, der har et CPR-nummer i sig. Jeg har ikke gemt den og svarer ikke på "
    "den. Slet beskeden i Slack, og stil spørgsmålet igen uden nummeret."
)
STRANGER = N_(
    "Kun medarbejdere, der står i Brobyggers konfiguration, kan markere en opfølgning. Bed din "
    "administrator om at tilføje dig under [people]."
)
ALREADY = N_("{who} har allerede markeret den som udført.")
UNKNOWN_BUTTON = N_(
    "Den knap kender jeg ikke længere; den hører til en ældre udgave. "
    "Skriv til mig, så hjælper jeg."
)
UNKNOWN_COMMAND = N_(
    "Den kommando kender jeg ikke. Nævn mig i en kanal, eller skriv til mig direkte med dit "
    "spørgsmål."
)
BROKEN = N_(
    "Det gik galt hos mig, og jeg kunne ikke svare. Prøv igen; bliver det ved, så sig det til din "
    "administrator."
)


def notice(message: str, words: Words, **values: object) -> Card:
    """One of the sentences above."""
    return _card(words(message, **values))


def refusal(problem: Problem, words: Words) -> Card:
    """What an action refused, in the reader's words."""
    return _card(words.problem(problem))


def _card(sentence: str) -> Card:
    text = clipped(escaped(sentence), 2_900)
    return Card(text, (section(text, "notice"),))
