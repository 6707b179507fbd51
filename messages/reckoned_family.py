"""The sums of a household as a sheet needs them: childcare, the way to pay, two incomes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from messages.childcare import Childcare, work_out_childcare
from messages.formatting import Value, ValueKind, amount
from messages.rates import Rates
from messages.reckoned import Reckoned, number
from messages.transition import Change, lay_out_gap

MONTHS = 12


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


def two_incomes(facts: Mapping[str, Value], rates: Rates) -> Reckoned:  # noqa: ARG001
    """The pay of one and of both together, in net kroner a month."""
    together = facts["first_pay"].number + facts["second_pay"].number
    return Reckoned({**facts, "together": amount(together)})
