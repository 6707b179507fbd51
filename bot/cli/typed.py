"""What is typed at the sums' commands, read into numbers; and how their results are written out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

import click

from bot.errors import BotError
from bot.words import Words
from messages.amounts import parse_amount, parse_percent
from messages.formatting import danish_number
from messages.rates import Rates, rates_for, read_rates
from messages.tables import did_you_mean
from messages.topics import Topic

Chosen = TypeVar("Chosen", bound=StrEnum)
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Library(Protocol):
    """The part of the library that the sums need."""

    @property
    def rates(self) -> Mapping[int, Rates]: ...

    @property
    def topics(self) -> Mapping[str, Topic]: ...


class App(Protocol):
    @property
    def library(self) -> Library: ...


class SumsShell(Protocol):
    """What a sum's command is handed: the rates, the words of its reader, and the day."""

    @property
    def app(self) -> App: ...

    @property
    def words(self) -> Words: ...

    @property
    def today(self) -> date: ...


def amount(text: str | None, name: str) -> Decimal | None:
    """Kroner as Danes write them, None where nothing was typed; raises as `parse_amount`."""
    return None if text is None else parse_amount(text, name)


def percent(text: str | None, name: str) -> Decimal | None:
    """A percentage, None where nothing was typed; raises as `parse_percent`."""
    return None if text is None else parse_percent(text, name)


def count(text: str | None, name: str, example: int) -> int | None:
    """A whole number of at most three figures, None where nothing was typed."""
    if text is None:
        return None
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 3):
        raise BotError(
            "“{text}” er ikke et helt tal, som {name} kan være. Skriv f.eks. {example}.",
            text=text[:40],
            name=name,
            example=example,
        )
    return int(bare)


def choice(text: str, name: str, kinds: type[Chosen]) -> Chosen:
    """The member of `kinds` that was typed; raises BotError with the nearest."""
    known = [str(kind) for kind in kinds]
    if text not in known:
        raise BotError(
            "“{text}” kendes ikke som {name}{hint} Skriv f.eks. {example}.",
            text=text[:40],
            name=name,
            hint=did_you_mean(text[:40], known),
            example=known[0],
        )
    return kinds(text)


@dataclass(frozen=True)
class Chapter:
    """All years that are known to this command, and the year it works in."""

    all_rates: Mapping[int, Rates]
    rates: Rates


def rates_from(shell: SumsShell, year: str | None, file: str | None) -> Chapter:
    """The rates of `year`, with those of `file` beside the known ones.

    Without a year it is the file's, and without a file today's. Raises a Problem for a year that is
    none and a file that is broken, OSError for one that cannot be read.
    """
    all_rates = dict(shell.app.library.rates)
    day = shell.today
    if file is not None:
        more = read_rates(Path(file).read_text(encoding="utf-8", errors="replace"), file)
        all_rates[more.year] = more
        day = date(more.year, 1, 1)
    if year is not None:
        day = date(whole_year(year), 1, 1)
    if day.year == shell.today.year:
        day = shell.today
    return Chapter(all_rates, rates_for(all_rates, day))


def whole_year(text: str) -> int:
    """The year that was typed, from 2000 to 2100."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and FIRST_YEAR <= int(bare[:5]) <= LAST_YEAR):
        raise BotError("“{text}” er ikke et år. Skriv f.eks. 2026.", text=text[:40])
    return int(bare)


def as_json(values: Mapping[str, object]) -> str:
    """One JSON object; kroner and percents as text, kroner with two decimals."""
    return json.dumps({key: _plain(value) for key, value in values.items()}, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def kroner(value: Decimal) -> str:
    """`12.345,50 kr.`, as on a payslip."""
    return f"{danish_number(value, 2)} kr."


def danish(value: Decimal) -> str:
    """A number as Danes write it, without needless zeros: `12,75`, `54.100`."""
    whole = value == value.to_integral_value()
    return danish_number(value, 0) if whole else danish_number(value, 3).rstrip("0")


def show_table(rows: Sequence[tuple[str, str, str]]) -> None:
    """Rows of a term, an amount set right, and a remark, each on a line of its own."""
    wide = max((len(term) for term, _, _ in rows), default=0)
    right = max((len(number) for _, number, _ in rows), default=0)
    for term, number, remark in rows:
        click.echo(f"{term:<{wide}}  {number:>{right}}  {remark}".rstrip())
