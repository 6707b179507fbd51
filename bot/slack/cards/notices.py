"""Short notices: a refusal, a warning about a CPR number, a button from another time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.cards.blocks import Card, section
from bot.slack.cards.fields import View, form
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_

PERSONAL = N_(
    "Din besked ligner en, der har et CPR-nummer i sig. Jeg har ikke gemt den og svarer ikke på "
    "den. Slet beskeden i Slack, og stil spørgsmålet igen uden nummeret."
)
PERSONAL_COMMAND = N_(
    "Det ligner et spørgsmål med et CPR-nummer i sig. Jeg har ikke gemt det og svarer ikke på det. "
    "Stil spørgsmålet igen uden nummeret."
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
NOT_HERE = N_(
    "Jeg svarer ikke i denne kanal. Skriv til mig direkte, eller spørg i en af de kanaler, som "
    "kommunen har valgt: {channels}"
)
NOT_A_MEMBER = N_(
    "Jeg er ikke med i kanalen, så jeg kan ikke dele svaret der. Skriv /invite @{bot} i kanalen, "
    "og prøv igen."
)
SHARING = N_("Svaret deles nu i kanalen.")
TOO_LATE = N_(
    "Slack nåede ikke at åbne formularen. Prøv igen; bliver det ved, så sig det til din "
    "administrator."
)
NOT_SENT = N_(
    "Arket kunne ikke sendes ({why}). Det, du skrev, er ikke gemt. Prøv igen om lidt, eller lav "
    "arket på skrivebordet i browseren."
)
SENT_TO_EXPERTS = N_(
    "Dit spørgsmål er sendt til fagpersonerne. Du får svaret her i dine direkte beskeder."
)
THANKS = N_("Tak for svaret.")
TAKEN = N_("{who} har allerede taget den.")
NOTHING_SAID = N_("Beskeden har ingen tekst, som jeg kan slå op. Skriv spørgsmålet til mig.")


def notice(message: str, words: Words, **values: object) -> Card:
    """One of the sentences above."""
    return _card(words(message, **values))


def refusal(problem: Problem, words: Words) -> Card:
    """What an action refused, in the reader's words."""
    return _card(words.problem(problem))


def not_here(channels: Sequence[str], words: Words) -> Card:
    """In this channel the bot does not answer; the links show only channels one may see."""
    links = ", ".join(f"<#{channel}>" for channel in channels[:10] if channel.isalnum())
    text = escaped(words(NOT_HERE, channels="")).rstrip() + f" {links}"
    return Card(text, (section(text, "notice"),))


def page_with(card: Card, words: Words) -> View:
    """A notice in the place of a form."""
    return form("notice", "Brobygger", list(card.blocks), words)


def home_refusal(problem: Problem, words: Words) -> View:
    """The App Home of somebody who must stay outside."""
    return {"type": "home", "blocks": [section(escaped(words.problem(problem)), "notice")]}


def _card(sentence: str) -> Card:
    text = clipped(escaped(sentence), 2_900)
    return Card(text, (section(text, "notice"),))
