"""What the caseworker typed, read strictly into values: unknown, missing, wrong, personal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from messages.amounts import parse_amount, parse_percent
from messages.dates import parse_date
from messages.errors import MessagesError
from messages.formatting import Value, ValueKind, danish_number
from messages.personal_data import holds_cpr
from messages.tables import did_you_mean
from messages.topics import Fact, Topic
from messages.typed_lines import read_lines

LONGEST = 80
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)", re.ASCII)
_PHONE = re.compile(r"\+?[\d ]{3,20}", re.ASCII)
_CHOSEN = {ValueKind.AMOUNT, ValueKind.PERCENT, ValueKind.HOURS, ValueKind.COUNT}


@dataclass(frozen=True)
class Facts:
    """Values by key; `examples` are the keys whose value is the topic's example, not typed."""

    values: Mapping[str, Value]
    examples: frozenset[str]


def read_facts(topic: Topic, given: Mapping[str, str]) -> Facts:
    """The values of `given` as `topic` asks for them; with nothing given, the topic's example.

    Raises MessagesError naming the unknown, missing, wrong or personal fact and a right example.
    """
    known = {fact.key: fact for fact in topic.facts}
    for key in given:
        if key not in known:
            raise _unknown(topic, key)
    missing = [fact for fact in topic.facts if is_missing(fact, given)]
    if given and missing:
        raise MessagesError(
            "Emnet {topic} mangler {names}. Skriv f.eks. {example}.",
            topic=topic.id,
            names=", ".join(f"{fact.key} ({fact.label})" for fact in missing),
            example=missing[0].example,
            terminal=_setting(missing[0]),
        )
    values = {key: _value(known[key], text) for key, text in given.items()}
    examples = {fact.key for fact in topic.facts if _stands_in(fact, given)}
    values |= {key: _value(known[key], known[key].example) for key in examples}
    return Facts(values, frozenset(examples))


def is_missing(fact: Fact, given: Mapping[str, str]) -> bool:
    """Whether the topic cannot do without it, and nothing that was typed can take its place."""
    return fact.required and not any(given.get(key) for key in (fact.key, *fact.unless))


def _stands_in(fact: Fact, given: Mapping[str, str]) -> bool:
    if fact.key in given or not (fact.required or fact.stand_in):
        return False
    return not any(other in given for other in fact.unless)


def _unknown(topic: Topic, key: str) -> MessagesError:
    known = [fact.key for fact in topic.facts]
    if not known:
        return MessagesError(
            "Emnet {topic} spørger ikke om tal. Lad dem være tomme.",
            topic=topic.id,
            terminal=f"brobygger handout {topic.id} -o {topic.id}.pdf",
        )
    return MessagesError(
        "Emnet {topic} spørger ikke om “{key}”{hint} Skriv f.eks. {known}.",
        topic=topic.id,
        key=key[:40],
        hint=did_you_mean(key[:40], known),
        known=known[0],
        terminal=_setting(topic.facts[0]),
    )


def _value(fact: Fact, text: str) -> Value:
    if holds_cpr(text):
        raise MessagesError(
            "{key} ligner et CPR-nummer. Skriv aldrig CPR-numre her; {key} er f.eks. {example}.",
            key=fact.key,
            example=fact.example,
        )
    if fact.kind is ValueKind.AMOUNT:
        value = Value(fact.kind, parse_amount(text, fact.key))
    elif fact.kind is ValueKind.PERCENT:
        value = Value(fact.kind, parse_percent(text, fact.key))
    elif fact.kind in _CHOSEN:
        value = Value(fact.kind, _number(fact, text))
    elif fact.kind is ValueKind.LINES:
        return Value(fact.kind, rows=read_lines(text))
    else:
        return _words(fact, text.strip())
    _in_range(fact, value.number)
    return value


def _number(fact: Fact, text: str) -> Decimal:
    bare = text.strip()
    decimals = r"(,\d{1,2})?" if fact.kind is ValueKind.HOURS else ""
    if not re.fullmatch(rf"\d{{1,4}}{decimals}", bare, re.ASCII):
        raise _wrong(fact, text)
    return Decimal(bare.replace(",", "."))


def _in_range(fact: Fact, number: Decimal) -> None:
    low = Decimal(fact.low.replace(",", ".")) if fact.low else Decimal(0)
    high = Decimal(fact.high.replace(",", ".")) if fact.high else None
    if number < low or (high is not None and number > high):
        raise MessagesError(
            "{key} er {number}, men skal være {bounds}. Skriv f.eks. {example}.",
            terminal=_setting(fact),
            key=fact.key,
            number=danish_number(number, 2).removesuffix(",00"),
            bounds=MessagesError("mindst {low}", low=fact.low or 0)
            if high is None
            else MessagesError("fra {low} til {high}", low=fact.low or 0, high=fact.high),
            example=fact.example,
        )


def _words(fact: Fact, text: str) -> Value:
    if fact.kind is ValueKind.DATE:
        try:
            return Value(fact.kind, day=parse_date(text))
        except ValueError:
            raise _wrong(fact, text) from None
    if not text or len(text) > LONGEST or _CONTROLS.search(text):
        raise MessagesError(
            "{key} skal være en kort tekst på én linje, højst {most} tegn. Skriv f.eks. {example}.",
            terminal=_setting(fact),
            key=fact.key,
            most=LONGEST,
            example=fact.example,
        )
    if fact.kind is ValueKind.TIME:
        clock = _TIME.fullmatch(text)
        if not clock:
            raise _wrong(fact, text)
        return Value(fact.kind, words=f"{int(clock[1]):02}.{clock[2]}")
    if fact.kind is ValueKind.PHONE and not _PHONE.fullmatch(text):
        raise _wrong(fact, text)
    return Value(fact.kind, words=text)


def _setting(fact: Fact) -> str:
    return f"--set {fact.key}={fact.example}"


def _wrong(fact: Fact, text: str) -> MessagesError:
    return MessagesError(
        "“{text}” er ikke {key} ({label}). Skriv f.eks. {example}.",
        terminal=_setting(fact),
        text=text[:40],
        key=fact.key,
        label=fact.label,
        example=fact.example,
    )
