"""The fields of a topic's form: what to type, an example, and what is wrong, at its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk.forms import Form
from bot.desk.visit import Visit
from bot.fact_faults import faults
from bot.words import Words
from messages.errors import Problem
from messages.formatting import ValueKind
from messages.personal_data import find_cpr, mask_cpr
from messages.tables import N_
from messages.topics import Fact, Topic

_KEYBOARD = {
    ValueKind.AMOUNT: "decimal",
    ValueKind.PERCENT: "decimal",
    ValueKind.HOURS: "decimal",
    ValueKind.COUNT: "numeric",
    ValueKind.PHONE: "tel",
}
_INPUTS = {ValueKind.DATE: "date", ValueKind.LINES: "lines"}
_UNITS = {
    ValueKind.AMOUNT: N_("kr."),
    ValueKind.PERCENT: "%",
    ValueKind.HOURS: N_("timer"),
}


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


def fields_of(facts: Iterable[Fact], visit: Visit, problems: dict[str, str]) -> list[Field]:
    """The fields in their order, with what was typed; nothing personal is shown again."""
    return [_field(fact, visit, problems) for fact in facts]


def problems_of(problem: Problem, topic: Topic, form: Form, words: Words) -> dict[str, str]:
    """What is wrong, by field; under "" what belongs to no single field."""
    told = faults(topic, form.under("f."), words)
    return told or {"": mask_cpr(words.problem(problem))}


def _field(fact: Fact, visit: Visit, problems: dict[str, str]) -> Field:
    text = visit.form.get(f"f.{fact.key}")
    unit = _UNITS.get(fact.kind, "")
    return Field(
        key=fact.key,
        label=visit.words(fact.label),
        example=fact.example,
        kind=_INPUTS.get(fact.kind, "text"),
        keyboard=_KEYBOARD.get(fact.kind, "text"),
        unit=visit.words(unit) if unit else "",
        text="" if find_cpr(text) else text,
        problem=problems.get(fact.key, ""),
        first=fact.required or fact.stand_in,
    )
