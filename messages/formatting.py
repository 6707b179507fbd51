"""Values as a sheet shows them: numbers always in Danish form, dates in the reader's words.

A payslip says 12.345,50; the reader's locale would turn its separators round. So every number is
Danish in every language, and every value is a run of its own that the pages isolate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from unicodedata import bidirectional

from messages.document import Kind, Run
from messages.languages import Direction, Language

NBSP = "\u00a0"
_WHOLE = Decimal(1)
_ORE = Decimal("0.01")


class ValueKind(StrEnum):
    """What a value is, and so how it is typed and shown."""

    AMOUNT = "amount"
    PERCENT = "percent"
    HOURS = "hours"
    COUNT = "count"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    TEXT = "text"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Value:
    """A number in kroner, percent or hours; or a day; or words; or rows of (words, kroner).

    `about` asks for “ca.”. Rows stand in no sentence: a sum lays them out as lines.
    """

    kind: ValueKind
    number: Decimal = Decimal(0)
    day: date | None = None
    words: str = ""
    about: bool = False
    rows: tuple[tuple[str, Decimal], ...] = ()


def amount(kroner: Decimal, *, about: bool = False) -> Value:
    """Kroner as a value; `about` when it is worked out before payday and only nearly right."""
    return Value(ValueKind.AMOUNT, kroner, about=about)


def percent(number: Decimal) -> Value:
    return Value(ValueKind.PERCENT, number)


def danish_number(number: Decimal, decimals: int) -> str:
    """`12345.5` with two decimals is `12.345,50`."""
    step = Decimal(1).scaleb(-decimals)
    grouped = f"{number.quantize(step, ROUND_HALF_UP):,.{decimals}f}"
    return grouped.replace(",", " ").replace(".", ",").replace(" ", ".")


def _amount(value: Value) -> str:
    whole = value.about or value.number == value.number.quantize(_WHOLE)
    return f"{danish_number(value.number, 0 if whole else 2)}{NBSP}kr."


def _bare(number: Decimal) -> str:
    text = f"{number.quantize(_ORE, ROUND_HALF_UP):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@lru_cache(maxsize=512)
def _day(day: date, babel: str) -> str:
    from babel.dates import format_date

    shown: str = format_date(day, "d. MMMM y" if babel == "da" else "d MMMM y", locale=babel)
    return shown.replace(" ", NBSP)


def month_name(month: date, language: Language) -> Run:
    """`december 2026` in the words of `language`, as a run to be isolated."""
    from babel.dates import format_date

    shown = format_date(month, "LLLL y", locale=language.babel).replace(" ", NBSP)
    return Run(Kind.VALUE, shown, language.html, language.direction)


@lru_cache(maxsize=512)
def direction_of(text: str) -> Direction:
    """The direction of the first letter that has one, as Unicode's P2 says; else left to right."""
    for character in text:
        kind = bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def show(value: Value, language: Language) -> Run:
    """The value as a run to be isolated, in Danish form; a date in the words of `language`."""
    if value.kind is ValueKind.DATE and value.day:
        return Run(Kind.VALUE, _day(value.day, language.babel), language.html, language.direction)
    if value.kind is ValueKind.TEXT:
        return Run(Kind.VALUE, value.words, "", direction_of(value.words))
    return Run(Kind.VALUE, _danish(value), "da", "ltr")


def _danish(value: Value) -> str:
    if value.kind is ValueKind.AMOUNT:
        return _amount(value)
    if value.kind is ValueKind.PERCENT:
        return f"{_bare(value.number)}{NBSP}%"
    if value.kind in {ValueKind.HOURS, ValueKind.COUNT}:
        return _bare(value.number)
    return value.words.replace(" ", NBSP)
