"""The form of an opening: the list as it stands, and room for one more. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.cards.blocks import Block, context, section
from bot.slack.cards.fields import View, day, form, line
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_

OPENING = "opening"


def opening_form(standing: Sequence[str], words: Words) -> View:
    """`standing` is one worded line an opening."""
    blocks: list[Block] = []
    if standing:
        lines = "\n".join(f"• {escaped(one)}" for one in standing[:25])
        blocks.append(section(clipped(lines, 2_900), "standing"))
    else:
        blocks.append(section(words(N_("Der er ingen åbninger på listen lige nu.")), "standing"))
    blocks += [
        context(words(N_("Kender du en? Skriv den her, så ser alle den.")), "add"),
        line("company", words(N_("Virksomhed")), example="Café Nord"),
        line("place", words(N_("Sted")), example="Vejle"),
        line("trade", words(N_("Arbejde")), example="køkken"),
        line("places", words(N_("Antal pladser")), example="2", longest=3),
        day("until", words(N_("Til og med"))),
    ]
    return form(OPENING, words(N_("Åbninger")), blocks, words, submit=words(N_("Tilføj")))
