"""Which sum works out a topic's figures: one function a sum, from facts to values and bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from messages.formatting import Value
from messages.rates import Rates
from messages.reckoned import Reckoned
from messages.reckoned_family import childcare, transition, two_incomes
from messages.reckoned_pay import atp, holiday, payslip, taxcard

Sum = Callable[[Mapping[str, Value], Rates], Reckoned]
SUMS: Mapping[str, Sum] = {
    "payslip": payslip,
    "taxcard": taxcard,
    "atp": atp,
    "holiday": holiday,
    "childcare": childcare,
    "transition": transition,
    "two_incomes": two_incomes,
}


def reckon(name: str, facts: Mapping[str, Value], rates: Rates) -> Reckoned:
    """The figures of a topic whose `sum` is `name`; a topic without a sum has just its facts."""
    return SUMS[name](facts, rates) if name else Reckoned(dict(facts))
