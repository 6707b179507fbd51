"""The fields of a topic's form: what to type, an example, and what is wrong, at its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.desk.forms import Form
from bot.desk.visit import Visit
from bot.words import Words
from messages.errors import MessagesError, Problem
from messages.facts import read_facts
from messages.formatting import ValueKind
from messages.personal_data import find_cpr, holds_cpr, mask_cpr
from messages.tables import N_
from messages.topics import Fact, Topic

_KEYBOARD = {
    ValueKind.AMOUNT: "decimal",
    ValueKind.PERCENT: "decimal",
    ValueKind.HOURS: "decimal",
    ValueKind.COUNT: "numeric",
    ValueKind.PHONE: "tel",
}
_UNITS = {
    ValueKind.AMOUNT: N_("kr."),
    ValueKind.PERCENT: "%",
    ValueKind.HOURS: N_("timer"),
}
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


@dataclass(frozen=True)
class Field:
    """One field. `first`: always in sight; the others lie under “more”."""

    key: str
    label: str
    example: str
    kind: str
    keyboard: str
    unit: str
    text: str
    problem: str
    first: bool


def fields_of(topic: Topic, visit: Visit, problems: dict[str, str]) -> list[Field]:
    """The fields in the topic's order, with what was typed; nothing personal is shown again."""
    return [_field(fact, visit, problems) for fact in topic.facts]


def problems_of(problem: Problem, topic: Topic, form: Form, words: Words) -> dict[str, str]:
    """What is wrong, by field; under "" what belongs to no single field.

    Every typed field is read by itself, so that all that is wrong is said at once.
    """
    typed = form.under("f.")
    told: dict[str, str] = {}
    for fact in topic.facts:
        if fact.key not in typed:
            if fact.required and typed:
                told[fact.key] = words(_MISSING, example=fact.example)
            continue
        alone = replace(topic, facts=(replace(fact, required=False),))
        try:
            read_facts(alone, {fact.key: typed[fact.key]})
        except MessagesError as wrong:
            told[fact.key] = _at_the_field(wrong, fact, typed[fact.key], words)
    return told or {"": mask_cpr(words.problem(problem))}


def _at_the_field(wrong: Problem, fact: Fact, text: str, words: Words) -> str:
    if holds_cpr(text):
        return words(_PERSONAL)
    if "bounds" in wrong.values:
        return words(_BOUNDS, bounds=wrong.values["bounds"], example=fact.example)
    return words(_WRONG[fact.kind], example=fact.example)


def _field(fact: Fact, visit: Visit, problems: dict[str, str]) -> Field:
    text = visit.form.get(f"f.{fact.key}")
    unit = _UNITS.get(fact.kind, "")
    return Field(
        key=fact.key,
        label=visit.words(fact.label),
        example=fact.example,
        kind="date" if fact.kind is ValueKind.DATE else "text",
        keyboard=_KEYBOARD.get(fact.kind, "text"),
        unit=visit.words(unit) if unit else "",
        text="" if find_cpr(text) else text,
        problem=problems.get(fact.key, ""),
        first=fact.required or fact.stand_in,
    )
