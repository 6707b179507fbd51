"""What is wrong with the numbers typed for a sheet, each said at its field and none repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.words import Words
from messages.errors import MessagesError
from messages.facts import is_missing, read_facts
from messages.formatting import ValueKind
from messages.personal_data import holds_cpr
from messages.tables import N_
from messages.topics import Fact, Topic

_WRONG = {
    ValueKind.AMOUNT: N_("Det er ikke et beløb i kroner. Skriv f.eks. {example} eller 24.500,50."),
    ValueKind.PERCENT: N_("Det er ikke en procent fra 0 til 100. Skriv f.eks. {example}."),
    ValueKind.HOURS: N_("Det er ikke et antal timer. Skriv f.eks. {example}."),
    ValueKind.COUNT: N_("Det er ikke et helt tal. Skriv f.eks. {example}."),
    ValueKind.DATE: N_("Det er ikke en dato. Vælg den i kalenderen, eller skriv f.eks. {example}."),
    ValueKind.TIME: N_("Det er ikke et klokkeslæt. Skriv f.eks. {example}."),
    ValueKind.PHONE: N_("Det er ikke et telefonnummer. Skriv f.eks. {example}."),
    ValueKind.TEXT: N_("Skriv en kort tekst på én linje, f.eks. {example}."),
}
_MISSING = N_("Skal udfyldes. Skriv f.eks. {example}.")
_BOUNDS = N_("Skal være {bounds}. Skriv f.eks. {example}.")
_PERSONAL = N_("Det ligner et CPR-nummer. Skriv aldrig CPR-numre her.")


def faults(topic: Topic, typed: Mapping[str, str], words: Words) -> dict[str, str]:
    """What is wrong, by the fact's key; empty when each fact can be read by itself.

    Every fact is read alone, so that all that is wrong is said at once.
    """
    told: dict[str, str] = {}
    for fact in topic.facts:
        if fact.key not in typed:
            if typed and is_missing(fact, typed):
                told[fact.key] = words(_MISSING, example=fact.example)
            continue
        alone = replace(topic, facts=(replace(fact, required=False),))
        try:
            read_facts(alone, {fact.key: typed[fact.key]})
        except MessagesError as wrong:
            told[fact.key] = _at_the_field(wrong, fact, typed[fact.key], words)
    return told


def _at_the_field(wrong: MessagesError, fact: Fact, text: str, words: Words) -> str:
    if holds_cpr(text):
        return words(_PERSONAL)
    if "bounds" in wrong.values:
        return words(_BOUNDS, bounds=wrong.values["bounds"], example=fact.example)
    if fact.kind is ValueKind.LINES:
        return words.problem(wrong)  # it names the line
    return words(_WRONG[fact.kind], example=fact.example)
