"""What a sum gives a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from messages.formatting import Value
from messages.payslip_lines import Line

ZERO = Decimal(0)


@dataclass(frozen=True)
class Reckoned:
    """Values by figure, the parts of the money bar in payslip order, and carried figures' years.

    `about` is true when the values were worked out and only nearly match the real payslip.
    `lines` are those typed from a real payslip, by the figure they stand at on the sheet.
    """

    values: Mapping[str, Value]
    parts: tuple[tuple[str, Decimal], ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)
    about: bool = False
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)


def number(facts: Mapping[str, Value], key: str) -> Decimal | None:
    """The number of the fact, or None where it is not known."""
    return facts[key].number if key in facts else None


def parts_of(named: Iterable[tuple[str, Decimal]]) -> tuple[tuple[str, Decimal], ...]:
    """The parts that a bar can show: those over nothing."""
    return tuple((key, kroner) for key, kroner in named if kroner > 0)
