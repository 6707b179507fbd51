"""The figures of a sentence, as a topic's example has them: a reader sees no field names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from messages.errors import Problem
from messages.facts import read_facts
from messages.formatting import Value, show
from messages.languages import Language
from messages.library import Library
from messages.rates import rates_for
from messages.reckoning import reckon
from messages.review_sheet import Pieces
from messages.topics import Topic

_UNKNOWN = "…"


def example_values(topic: Topic | None, library: Library, today: date) -> Mapping[str, Value]:
    """What may stand in the topic's sentences, by its name; nothing where it cannot be reckoned."""
    if topic is None:
        return {}
    found: dict[str, Value] = {}
    for given in ({fact.key: fact.example for fact in topic.facts}, {}):
        try:
            facts = read_facts(topic, given).values
            found |= facts
            found |= reckon(topic.sum, facts, rates_for(library.rates, today)).values
        except Problem:  # figures that exclude each other, or a year without rates
            continue
    return found


def filled(pieces: Pieces, values: Mapping[str, Value], language: Language) -> Pieces:
    """The sentence with examples for its values, and a gap where none is known."""
    shown = {name: show(value, language).text for name, value in values.items()}
    return tuple(
        (kind, shown.get(text, _UNKNOWN) if kind == "value" else text) for kind, text in pieces
    )
