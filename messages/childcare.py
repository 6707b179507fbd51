"""What a family pays for childcare: sliding subsidy (fripladstilskud), then the sibling rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from messages.amounts import LARGEST
from messages.errors import MessagesError
from messages.formatting import danish_number
from messages.rates import Rates
from messages.rounding import nearest_krone, to_øre

ZERO = Decimal(0)
ALL = 100  # percent: the full price
MOST_CHILDREN = 20
MONTHS = (11, 12)


@dataclass(frozen=True)
class Childcare:
    """What is asked: the household's yearly personal income after AM-bidrag, both partners', in kr.

    `prices` are the places' full prices a month, one for each child in care; the municipality sets
    them, so they are always typed. `children_under_18` at home default to the number of places.
    `months` is how many months a year are paid: 12, or 11 where July is free.
    """

    income: Decimal
    prices: tuple[Decimal, ...]
    children_under_18: int | None = None
    single_parent: bool = False
    months: int = 12


@dataclass(frozen=True)
class ChildcareCost:
    """What the family pays, in kroner; lists are in the order of the prices.

    `parent_percent` is the whole percent of the price left to the family, 0 to 100; `step` the
    kroner of income between two percents; `free_up_to` and `full_from` the household's own limits.
    `total` is a month that is paid, `total_year` the year.
    """

    parent_percent: int
    step: int
    free_up_to: Decimal
    full_from: Decimal
    prices: tuple[Decimal, ...]
    after_subsidy: tuple[Decimal, ...]
    after_sibling: tuple[Decimal, ...]
    total: Decimal
    total_year: Decimal
    months: int
    year: int


def work_out_childcare(asked: Childcare, rates: Rates) -> ChildcareCost:
    """What a household pays for its places, by the year's scale.

    The limits rise with 7,000 kr. for each further child under 18 and, for a single parent, with
    the year's addition (dagtilbudsbekendtgørelsen § 27). The subsidy comes first, the sibling rule
    on what is left: the dearest place full, the others half (§ 2).

    Raises MessagesError, one Danish line with a right example, for input that cannot be or a rate
    that is missing.
    """
    _check(asked)
    free, full = _limits(asked, rates)
    step = step_of(free, full, int(rates.value("childcare.first_percent")))
    percent = _parent_percent(asked.income, free, full, step, rates)
    after_subsidy = tuple(to_øre(price * percent / ALL) for price in asked.prices)
    after_sibling = _after_sibling(after_subsidy, rates.value("childcare.sibling_percent"))
    total = sum(after_sibling, ZERO)
    return ChildcareCost(
        parent_percent=percent,
        step=step,
        free_up_to=free,
        full_from=full,
        prices=tuple(to_øre(price) for price in asked.prices),
        after_subsidy=after_subsidy,
        after_sibling=after_sibling,
        total=total,
        total_year=total * asked.months,
        months=asked.months,
        year=rates.year,
    )


def step_of(free_up_to: Decimal, full_from: Decimal, first_percent: int) -> int:
    """The kroner of one step: the way between the limits, shared by the percents, to the krone.

    It gives the steps that municipalities print: 3,938 in 2019, 4,024 in 2020, 4,117 in 2021.
    """
    return int(nearest_krone((full_from - free_up_to) / (ALL - first_percent)))


def _limits(asked: Childcare, rates: Rates) -> tuple[Decimal, Decimal]:
    children = len(asked.prices)
    if asked.children_under_18 is not None:
        children = asked.children_under_18
    addition = rates.value("childcare.further_child_addition") * max(children - 1, 0)
    if asked.single_parent:
        addition += rates.value("childcare.single_parent_addition")
    return (
        rates.value("childcare.free_up_to") + addition,
        rates.value("childcare.full_from") + addition,
    )


def _parent_percent(income: Decimal, free: Decimal, full: Decimal, step: int, rates: Rates) -> int:
    """Nothing up to the lower limit, all from the upper; between them a percent more a step."""
    if income <= free:
        return 0
    if income >= full:
        return ALL
    steps = int(((income - free) / step).quantize(Decimal(1), ROUND_CEILING)) - 1
    return min(int(rates.value("childcare.first_percent")) + steps, ALL - 1)


def _after_sibling(prices: tuple[Decimal, ...], percent: Decimal) -> tuple[Decimal, ...]:
    dearest = prices.index(max(prices))
    return tuple(
        price if number == dearest else to_øre(price * percent / ALL)
        for number, price in enumerate(prices)
    )


def _check(asked: Childcare) -> None:
    for name, amount in (("income", asked.income), *(("price", price) for price in asked.prices)):
        if not (amount.is_finite() and 0 <= amount <= LARGEST):
            raise MessagesError(
                "{name} skal være fra 0 til {most}. Skriv f.eks. 380000.",
                name=name,
                most=danish_number(LARGEST, 2),
            )
    if not asked.prices:
        raise MessagesError(
            "Skriv prisen for hver plads, én gang for hvert barn i pasning, f.eks. price 3500.",
            terminal="--price 3500",
        )
    children = asked.children_under_18
    if len(asked.prices) > MOST_CHILDREN or (children or 0) > MOST_CHILDREN:
        raise MessagesError(
            "Der kan højst regnes med {most} børn. Skriv f.eks. 2.", most=MOST_CHILDREN
        )
    if children is not None and children < len(asked.prices):
        raise MessagesError(
            "Der er {children} børn under 18, men {places} pladser. Skriv mindst {places}.",
            children=children,
            places=len(asked.prices),
        )
    if asked.months not in MONTHS:
        raise MessagesError(
            "Der betales i 11 eller 12 måneder om året, ikke {months}. Skriv f.eks. 12.",
            months=asked.months,
        )
