"""A payslip (lønseddel): from gross pay to what lands in the account, line by line.

Order of the law: gross pay + taxed benefits − own ATP − own pension = AM-indkomst; − AM-bidrag =
A-indkomst; − the card's deduction, × the card's percent = A-skat. Benefits are taxed but never paid
out, so `gross` is money: gross + tax_free − atp − pension − am_bidrag − a_tax − after_tax = net.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from messages.atp import Period, own_atp
from messages.errors import MessagesError
from messages.formatting import danish_number
from messages.pay import Card, Pay
from messages.payslip_lines import Grounds, Line, lines_of
from messages.rates import Figure, Rates
from messages.rounding import RULES, Rounding, to_øre
from messages.taxcard import Income, deduction_for, work_out_year

__all__ = ["Card", "Line", "Pay", "Payslip", "Period", "Rounding", "work_out"]

ZERO = Decimal(0)
DAYS = 365


@dataclass(frozen=True)
class Payslip:
    """A payslip in kroner to the øre; `tax_card` is `given` or `estimated`.

    `am_income` and `a_income` are the true sums. `tax_base` is what A-skat was computed of: after
    the deduction, rounded as `rounding` says, and zero with an exemption card. `assumed` holds the
    names of what was not given and was assumed (`hours`: full time).
    """

    gross: Decimal
    benefits: Decimal
    atp: Decimal
    pension: Decimal
    am_income: Decimal
    am_bidrag: Decimal
    a_income: Decimal
    deduction: Decimal
    tax_base: Decimal
    percent: Decimal
    a_tax: Decimal
    tax_free: Decimal
    after_tax: Decimal
    net: Decimal
    tax_card: str
    rounding: Rounding
    year: int
    lines: tuple[Line, ...]
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _TaxCard:
    """The card that is used: percent, the period's deduction, and how it was come by."""

    percent: Decimal
    deduction: Decimal
    origin: str
    figure: Figure | None = None


def work_out(pay: Pay, rates: Rates) -> Payslip:
    """The payslip of `pay` by the figures of `rates`.

    Raises MessagesError, in one Danish line with a right example, for input that cannot be, and for
    a figure that the year lacks and that was not typed.
    """
    pay.checked()
    rule = RULES[pay.rounding]
    figures = {"am_bidrag": rates.figure("pay.am_percent")}
    atp = pay.atp
    if atp is None:
        atp, figures["atp"] = own_atp(pay.hours, pay.period, rates)
    pension = _own_pension(pay)
    am_income = _am_income(pay, atp, pension)
    am_bidrag = rule.am_bidrag(rule.am_base(am_income) * figures["am_bidrag"].value / 100)
    a_income = am_income - am_bidrag
    card = _card(pay, am_income, atp, pension, rates)
    if card.figure:
        figures["a_tax"] = card.figure
    taxed = ZERO if pay.card is Card.EXEMPT else max(a_income - card.deduction, ZERO)
    tax_base = rule.tax_base(taxed)
    a_tax = rule.a_tax(tax_base * card.percent / 100)
    amounts = {
        "gross": pay.gross,
        "benefits": pay.benefits,
        "atp": atp,
        "pension": pension,
        "am_income": am_income,
        "am_bidrag": am_bidrag,
        "a_income": a_income,
        "deduction": card.deduction,
        "tax_base": tax_base,
        "a_tax": a_tax,
        "tax_free": pay.tax_free,
        "after_tax": pay.after_tax,
    }
    return _payslip(pay, amounts, figures, card, rates.year)


def _payslip(
    pay: Pay,
    amounts: Mapping[str, Decimal],
    figures: Mapping[str, Figure],
    card: _TaxCard,
    year: int,
) -> Payslip:
    """The amounts to the øre with what is paid out; refuses where more is taken than there is."""
    rounded = {key: to_øre(amount) for key, amount in amounts.items()}
    taken = ("atp", "pension", "am_bidrag", "a_tax", "after_tax")
    net = rounded["gross"] + rounded["tax_free"] - sum((rounded[key] for key in taken), ZERO)
    if net < 0:
        raise MessagesError(
            "Der er ikke løn nok til det, der skal trækkes: der mangler {missing} kr. Skriv en "
            "højere bruttoløn, eller et mindre beløb i after-tax eller benefits.",
            missing=danish_number(-net, 2),
        )
    rounded["net"] = net
    percents = {"am_bidrag": figures["am_bidrag"].value, "a_tax": card.percent}
    return Payslip(
        **rounded,
        percent=card.percent,
        tax_card="estimated" if card.origin == "estimated" else "given",
        rounding=pay.rounding,
        year=year,
        lines=lines_of(rounded, Grounds(figures, percents, card.origin, pay.rounding)),
        assumed=("hours",) if pay.atp is None and pay.hours is None else (),
    )


def _am_income(pay: Pay, atp: Decimal, pension: Decimal) -> Decimal:
    if pay.gross < atp + pension:
        raise MessagesError(
            "ATP og egen pension ({taken} kr.) er mere end lønnen. Skriv en højere bruttoløn, "
            "eller skriv timer eller ATP fra lønsedlen, f.eks. atp 0.",
            taken=danish_number(atp + pension, 2),
        )
    return pay.gross + pay.benefits - atp - pension


def _own_pension(pay: Pay) -> Decimal:
    if pay.pension_percent is not None:
        return to_øre(pay.gross * pay.pension_percent / 100)
    return pay.pension or ZERO


def _card(pay: Pay, am_income: Decimal, atp: Decimal, pension: Decimal, rates: Rates) -> _TaxCard:
    """The card as typed, or a main card as the municipality's tax would make it."""
    if pay.card is Card.EXEMPT:
        return _TaxCard(ZERO, ZERO, "exempt")
    if pay.card is Card.NONE:
        figure = rates.figure("pay.no_card_percent")
        return _TaxCard(figure.value, ZERO, "none", figure)
    if pay.card is Card.SECONDARY and pay.percent is not None:
        return _TaxCard(pay.percent, ZERO, "given")
    if pay.percent is not None and pay.deduction is not None:
        origin = "given" if pay.days is None else "part"
        yearly = pay.deduction * pay.period.a_year
        return _TaxCard(pay.percent, _for_the_days(pay, pay.deduction, yearly), origin)
    periods = pay.period.a_year
    income = Income(am_income * periods, atp * periods, pension * periods, church=pay.church)
    year = work_out_year(income, pay.municipality or "", rates)
    whole = deduction_for(year.yearly_deduction, periods)
    deduction = _for_the_days(pay, whole, year.yearly_deduction)
    return _TaxCard(year.withholding_percent, deduction, "estimated")


def _for_the_days(pay: Pay, whole: Decimal, yearly: Decimal) -> Decimal:
    """The deduction of a period that was not filled: by the day, a 365th of the year each.

    Weekends and holidays within it count (vejledning F.1.5; kildeskatteloven § 48).
    """
    if pay.days is None:
        return whole
    by_day = pay.day_deduction
    if by_day is None:
        by_day = deduction_for(yearly, DAYS)
    return min(by_day * pay.days, whole)
