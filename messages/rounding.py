"""The three lawful ways to round a payslip, by name, and the few steps they are made of.

The law leaves the choice to the employer; a sheet must say which one it used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

Step = Callable[[Decimal], Decimal]

_ØRE = Decimal("0.01")
_KRONE = Decimal(1)
_TEN = Decimal(10)


class Rounding(StrEnum):
    """`exact`: to the øre, as in the Tax Agency's own payslip example.

    `payroll`: AM-bidrag to the nearest krone, the base of A-skat down to whole tens, A-skat up to
    the krone, as the largest payroll systems do.
    `authority`: both bases down to whole tens, both taxes up to the krone, as Den juridiske
    vejledning describes it.
    """

    EXACT = "exact"
    PAYROLL = "payroll"
    AUTHORITY = "authority"


def to_øre(amount: Decimal) -> Decimal:
    """Kroner with two decimals, half an øre upwards."""
    return amount.quantize(_ØRE, ROUND_HALF_UP)


def cut_to_øre(amount: Decimal) -> Decimal:
    """Kroner with two decimals, what is beyond them cut off."""
    return amount.quantize(_ØRE, ROUND_DOWN)


def nearest_krone(amount: Decimal) -> Decimal:
    return amount.quantize(_KRONE, ROUND_HALF_UP)


def up_to_krone(amount: Decimal) -> Decimal:
    return amount.quantize(_KRONE, ROUND_CEILING)


def down_to_krone(amount: Decimal) -> Decimal:
    return amount.quantize(_KRONE, ROUND_FLOOR)


def down_to_ten(amount: Decimal) -> Decimal:
    return (amount / _TEN).quantize(_KRONE, ROUND_FLOOR) * _TEN


@dataclass(frozen=True)
class Rule:
    """How one way of rounding treats the two bases and the two taxes, and where it is described."""

    am_base: Step
    am_bidrag: Step
    tax_base: Step
    a_tax: Step
    source: str


RULES = {
    Rounding.EXACT: Rule(
        to_øre,
        to_øre,
        to_øre,
        to_øre,
        "https://skat.dk/en-us/individuals/cross-border-tax-matters/first-steps/see-example-of-payslip",
    ),
    Rounding.PAYROLL: Rule(
        to_øre,
        nearest_krone,
        down_to_ten,
        up_to_krone,
        "https://bluegarden.zendesk.com/hc/da/articles/360017636958-Afrunding-af-AM-bidrag-og-A-skat",
    ),
    Rounding.AUTHORITY: Rule(
        down_to_ten,
        up_to_krone,
        down_to_ten,
        up_to_krone,
        "https://info.skat.dk/data.aspx?oid=2292833",
    ),
}
