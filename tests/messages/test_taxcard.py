"""A year's tax and the tax card: published examples, the ceiling, and what holds for any income."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.errors import MessagesError
from messages.rates import read_rates
from messages.taxcard import Income, card_for, deduction_for, work_out_year
from tests.messages.packaged_rates import kr, packaged

RATES = packaged(2026)

# What nordisketax.net used for 2021 (its bundskat is that of 2020, and its limit 200.300).
NORDISK_2021 = """
year = 2021
[tax]
since = 2021-01-01
checked = 2026-11-22
confidence = "secondary"
source = "https://www.nordisketax.net/main.asp?url=files/dan/dan/i12.asp"
unit = "kr or percent"
personal_allowance = { value = 46700 }
bottom_percent = { value = 12.11 }
employment_percent = { value = 10.6 }
employment_max = { value = 40600 }
job_percent = { value = 4.5 }
job_over = { value = 200300 }
job_max = { value = 2600 }
step_1_over = { value = 544800 }
step_1_percent = { value = 15 }
ceiling_percent = { value = 52.06 }
[pay]
since = 2011-01-01
checked = 2026-11-22
confidence = "verified"
source = "https://skat.dk"
unit = "percent"
am_percent = { value = 8 }
[municipalities]
since = 2021-01-01
checked = 2026-11-22
confidence = "secondary"
source = "https://www.nordisketax.net/main.asp?url=files/dan/dan/i12.asp"
"København" = { municipal = 23.8, church = 0.8 }
"""


@pytest.mark.parametrize(
    ("gross", "total"), [(120000, 29447), (240000, 75239), (480000, 169926), (600000, 220251)]
)
def test_the_nordic_authorities_four_examples_of_2021(gross: int, total: int) -> None:
    # https://www.nordisketax.net/main.asp?url=files/dan/dan/i12.asp: “Samlet skat”, øre cut.
    rates = read_rates(NORDISK_2021, "2021.toml")
    assert int(work_out_year(Income(kr(gross)), "København", rates).total_tax) == total


def test_the_guides_example_of_a_tax_cards_percent_and_deduction() -> None:
    # Den juridiske vejledning, example F-04: https://info.skat.dk/data.aspx?oid=121286
    tax = kr("169625.18") - kr("36000.00")
    card = card_for(kr(414000), tax, kr("35.97"), kr("4995.00"), kr(377200) + kr(46000))
    assert card.raw_percent == kr("37.15")
    assert card.percent == 38
    assert card.yearly_deduction.quantize(kr("0.01")) == kr("54309.08")
    assert deduction_for(card.yearly_deduction, 12) == 4525


def test_a_year_in_vejle_followed_by_hand() -> None:
    # docs/how-the-sums-are-made.md follows the same figures line by line.
    year = work_out_year(Income(kr(294000)), "Vejle", RATES)
    assert year.am_bidrag == kr("23520.00")
    assert year.personal_income == kr("270480.00")
    assert year.employment_deduction == kr("37485.00")
    assert year.job_deduction == kr("2646.00")
    assert year.bottom_tax == kr("25987.24")
    assert year.municipal_tax == kr("41242.27")
    assert year.church_tax == 0
    assert year.income_tax == kr("67229.51")
    assert year.total_tax == kr("90749.51")
    assert year.net == kr("203250.49")
    assert year.withholding_percent == 36
    assert year.monthly_deduction == 6718


def test_the_card_withholds_just_the_years_tax_before_its_percent_is_rounded_up() -> None:
    year = work_out_year(Income(kr(294000)), "Vejle", RATES)
    withheld = (year.personal_income - year.yearly_deduction) * year.raw_percent / 100
    assert withheld.quantize(kr("0.01")) == year.income_tax


def test_the_employment_deduction_is_full_at_the_income_the_tax_agency_names() -> None:
    # 63.300 kr. at 496.471 kr. before AM-bidrag in 2026, 55.600 kr. at 452.033 kr. in 2025.
    for rates, full_at, most in ((RATES, 496471, 63300), (packaged(2025), 452033, 55600)):
        at = work_out_year(Income(kr(full_at)), "Vejle", rates)
        below = work_out_year(Income(kr(full_at - 100)), "Vejle", rates)
        assert at.employment_deduction == most
        assert below.employment_deduction < most


def test_atp_and_pension_enter_only_the_base_of_the_deductions() -> None:
    # https://info.skat.dk/data.aspx?oid=2273718: before AM-bidrag, with ATP and pension
    plain = work_out_year(Income(kr(294000)), "Vejle", RATES)
    saved = work_out_year(Income(kr(294000), atp=kr(1188), pension=kr(12000)), "Vejle", RATES)
    assert saved.am_bidrag == plain.am_bidrag
    assert saved.bottom_tax == plain.bottom_tax
    assert saved.employment_deduction == plain.employment_deduction + kr("1681.47")
    assert saved.job_deduction == plain.job_deduction + kr("454.00")  # stopped by its most: 3.100
    assert saved.municipal_tax < plain.municipal_tax


def test_church_tax_is_the_municipalitys_own_and_raises_the_percent() -> None:
    year = work_out_year(Income(kr(294000), church=True), "Vejle", RATES)
    assert year.church_tax == kr("1568.62")  # 0,89 % of 230.349 − 54.100
    assert year.raw_percent == kr("36.30")
    assert year.withholding_percent == 37


def test_a_single_parent_gets_11_5_percent_up_to_the_years_most() -> None:
    year = work_out_year(Income(kr(294000), single_parent=True), "Vejle", RATES)
    assert year.single_parent_deduction == kr("33810.00")
    rich = work_out_year(Income(kr(900000), single_parent=True), "Vejle", RATES)
    assert rich.single_parent_deduction == 50600
    assert work_out_year(Income(kr(294000)), "Vejle", RATES).single_parent_deduction == 0


def income_for(personal: int) -> Income:
    """The pay whose personal income after AM-bidrag is `personal`."""
    return Income(kr(personal) / kr("0.92"))


def test_the_ceiling_of_2026_takes_the_excess_off_the_first_layer() -> None:
    # Svendborg 26,30: 12,01 + 7,5 + 26,30 is 1,24 above 44,57; 1,24 % of 58.800 is 729,12.
    year = work_out_year(income_for(700000), "Svendborg", RATES)
    assert year.top_taxes == kr("4410.00")
    assert year.ceiling_relief == kr("729.12")


def test_the_ceiling_of_2025_takes_the_same_excess_off_the_one_top_tax() -> None:
    year = work_out_year(income_for(711800), "Svendborg", packaged(2025))
    assert year.top_taxes == kr("15000.00")
    assert year.ceiling_relief == kr("1240.00")


def test_below_the_ceiling_there_is_no_relief() -> None:
    assert work_out_year(income_for(700000), "Vejle", RATES).ceiling_relief == 0


def test_the_three_steps_of_2026_stand_on_each_other() -> None:
    year = work_out_year(income_for(3000000), "Vejle", RATES)
    first, second, third = 3000000 - 641200, 3000000 - 777900, 3000000 - 2592700
    assert year.top_taxes == (first + second) * kr("0.075") + third * kr("0.05")


def test_a_small_income_uses_the_rest_of_the_allowance_on_the_bottom_tax() -> None:
    # Personskatteloven § 12, stk. 2: what municipal tax cannot use lowers the other taxes.
    year = work_out_year(Income(kr(62000)), "Vejle", RATES)
    assert year.personal_income == 57040
    assert year.municipal_tax == 0
    unused = (54100 - (57040 - kr("7905.00"))) * kr("0.234")
    expected = (57040 - 54100) * kr("0.1201") - unused
    assert year.bottom_tax == max(expected, kr(0)).quantize(kr("0.01"))


def test_an_income_below_the_allowance_pays_am_bidrag_only() -> None:
    year = work_out_year(Income(kr(50000)), "Vejle", RATES)
    assert year.income_tax == 0
    assert year.total_tax == 4000
    assert year.yearly_deduction == year.personal_income


incomes = st.builds(
    Income,
    am_income=st.decimals(min_value=1, max_value=4000000, places=2),
    atp=st.sampled_from([kr(0), kr(1188)]),
    pension=st.decimals(min_value=0, max_value=60000, places=2),
    church=st.booleans(),
    single_parent=st.booleans(),
)
places = st.sampled_from(sorted(RATES.municipalities))


@given(incomes, places, st.sampled_from([2025, 2026]))
def test_no_tax_is_negative_and_the_parts_make_the_whole(
    income: Income, place: str, year: int
) -> None:
    found = work_out_year(income, place, BOTH[year])
    parts = (found.bottom_tax, found.municipal_tax, found.church_tax, found.top_taxes)
    assert min(*parts, found.ceiling_relief, found.yearly_deduction) >= 0
    assert found.ceiling_relief <= found.top_taxes
    assert found.income_tax == sum(parts) - found.ceiling_relief
    assert found.net == income.am_income - found.income_tax - found.am_bidrag


@given(incomes, places, st.decimals(min_value=1, max_value=100000, places=2))
def test_more_pay_leaves_more_after_tax(income: Income, place: str, more: Decimal) -> None:
    richer = replace(income, am_income=income.am_income + more)
    assert work_out_year(richer, place, RATES).net > work_out_year(income, place, RATES).net


BOTH = {2025: packaged(2025), 2026: RATES}


@pytest.mark.parametrize("wrong", ["0", "-1", "NaN", "Infinity", "1e309"])
def test_an_impossible_income_is_refused_in_one_line(wrong: str) -> None:
    with pytest.raises(MessagesError, match="skal være over nul") as caught:
        work_out_year(Income(kr(wrong)), "Vejle", RATES)
    assert "\n" not in str(caught.value)
