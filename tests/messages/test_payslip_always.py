"""What holds for any pay: the lines add up, no tax is negative, more pay is never less net."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from messages.payslip import Pay, Period, Rounding, work_out
from tests.messages.packaged_rates import kr, packaged

RATES = packaged(2026)
amounts = st.decimals(min_value=0, max_value=150000, places=2)
pays = st.builds(
    Pay,
    gross=st.decimals(min_value=1000, max_value=150000, places=2),
    hours=st.decimals(min_value=0, max_value=168, places=2),
    benefits=st.decimals(min_value=0, max_value=200, places=2),
    pension_percent=st.sampled_from([None, kr(2), kr(4), kr("12.5")]),
    tax_free=amounts,
    after_tax=st.decimals(min_value=0, max_value=20, places=2),
    percent=st.decimals(min_value=0, max_value=56, places=0),
    deduction=st.decimals(min_value=0, max_value=20000, places=0),
    period=st.sampled_from(Period),
    rounding=st.sampled_from(Rounding),
)


@given(pays)
def test_the_lines_add_up_to_the_øre_in_every_rounding(pay: Pay) -> None:
    slip = work_out(pay, RATES)
    assert slip.net == (
        slip.gross
        + slip.tax_free
        - slip.atp
        - slip.pension
        - slip.am_bidrag
        - slip.a_tax
        - slip.after_tax
    )
    assert slip.am_income == slip.gross + slip.benefits - slip.atp - slip.pension
    assert slip.a_income == slip.am_income - slip.am_bidrag
    assert slip.net == slip.net.quantize(kr("0.01"))


@given(pays)
def test_no_tax_is_ever_negative(pay: Pay) -> None:
    slip = work_out(pay, RATES)
    assert min(slip.am_bidrag, slip.a_tax, slip.tax_base, slip.deduction) >= 0


@given(pays, st.decimals(min_value=kr("0.01"), max_value=50000, places=2))
def test_in_exact_rounding_more_pay_never_gives_less_net(pay: Pay, more: Decimal) -> None:
    pay = replace(pay, rounding=Rounding.EXACT)
    assert work_out(replace(pay, gross=pay.gross + more), RATES).net >= work_out(pay, RATES).net


@given(pays)
def test_roundings_differ_by_less_than_a_fifteen_kroner(pay: Pay) -> None:
    nets = [work_out(replace(pay, rounding=rounding), RATES).net for rounding in Rounding]
    assert max(nets) - min(nets) < 15
