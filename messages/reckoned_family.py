"""The sums of a household as a sheet needs them: childcare, the way to pay, two incomes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from messages.childcare import Childcare, work_out_childcare
from messages.errors import MessagesError
from messages.formatting import Value, ValueKind, amount
from messages.rates import Rates
from messages.reckoned import Reckoned, number
from messages.transition import Change, lay_out_gap

MONTHS = 12
_PLACE = {"price": "3.900", "income_one": "21.500", "income_both": "42.000"}


def childcare(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """A place's price, the subsidy and the family's own share; `income` is a month's, of both."""
    price = facts["price"].number
    children = number(facts, "children")
    cost = work_out_childcare(
        Childcare(
            income=facts["income"].number * MONTHS,
            prices=(price,),
            children_under_18=None if children is None else int(children),
            single_parent=number(facts, "adults") == 1,
        ),
        rates,
    )
    values = {
        **facts,
        "price": amount(price),
        "own_share": amount(cost.total, about=True),
        "subsidy": amount(price - cost.total, about=True),
    }
    return Reckoned(values, about=True)


def transition(facts: Mapping[str, Value], rates: Rates) -> Reckoned:  # noqa: ARG001 - a sum's shape
    """The days from the last benefit to the first pay, where all three dates are known."""
    days = [facts[key].day for key in ("last_benefit", "first_workday", "payday") if key in facts]
    if len(days) < 3 or not (days[0] and days[1] and days[2]):
        return Reckoned(dict(facts))
    gap = lay_out_gap(Change(days[0], days[1], days[2])).gap_days
    return Reckoned({**facts, "gap_days": Value(ValueKind.COUNT, Decimal(gap))})


def two_incomes(facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """The pay of one and of both together, in net kroner a month, and what a place in childcare
    costs the family with each: nothing is assumed of benefits.

    Raises MessagesError when some but not all of the price and the two incomes are typed.
    """
    together = facts["first_pay"].number + facts["second_pay"].number
    values = {**facts, "together": amount(together)}
    typed = [key for key in _PLACE if key in facts]
    if typed:
        for key in _PLACE:
            if key not in facts:
                raise MessagesError(
                    "Skriv tre tal for pladsen: dens pris, familiens løn med ét job og med to job. "
                    "{missing} mangler, f.eks. {example}.",
                    terminal=f"--set {key}={_PLACE[key]}",
                    missing=key,
                    example=_PLACE[key],
                )
        values |= {
            "share_one": _own_share(facts, "income_one", rates),
            "share_both": _own_share(facts, "income_both", rates),
        }
    return Reckoned(values)


def _own_share(facts: Mapping[str, Value], income: str, rates: Rates) -> Value:
    children = number(facts, "children")
    cost = work_out_childcare(
        Childcare(
            income=facts[income].number * MONTHS,
            prices=(facts["price"].number,),
            children_under_18=None if children is None else int(children),
        ),
        rates,
    )
    return amount(cost.total, about=True)
