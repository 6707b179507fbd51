"""What a family pays for childcare: the printed scales of seven years, siblings, bad input."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.childcare import Childcare, step_of, work_out_childcare
from messages.errors import MessagesError
from messages.rates import Rates, read_rates
from tests.messages.packaged_rates import kr, packaged

RATES = packaged(2026)
ONE = Childcare(income=kr(380000), prices=(kr(3500),))


def scale(free: int, full: int, single: int) -> Rates:
    return read_rates(
        f"""
year = 2021
[childcare]
since = 2021-01-01
checked = 2026-11-22
confidence = "verified"
source = "test"
unit = "kr/year"
free_up_to = {{ value = {free} }}
full_from = {{ value = {full} }}
single_parent_addition = {{ value = {single} }}
further_child_addition = {{ value = 7000 }}
first_percent = {{ value = 5 }}
sibling_percent = {{ value = 50 }}
""",
        "scale.toml",
    )


ESBJERG_2021 = scale(185700, 576800, 64967)
ESBJERG_2020 = scale(181500, 563800, 63506)
HELSINGØR_2019 = scale(177600, 551700, 62139)


@pytest.mark.parametrize(
    ("free", "full", "step"),
    [
        (177600, 551700, 3938),
        (181500, 563800, 4024),
        (185700, 576800, 4117),
        (218100, 677500, 4836),
    ],
)
def test_the_step_is_the_one_that_municipalities_print(free: int, full: int, step: int) -> None:
    # helsingor.dk 2019; esbjerg.dk 2020 and 2021.
    assert step_of(kr(free), kr(full), 5) == step


@pytest.mark.parametrize(
    ("rates", "income", "percent"),
    [
        (ESBJERG_2021, "185700", 0),
        (ESBJERG_2021, "185700.01", 5),
        (ESBJERG_2021, "185701", 5),
        (ESBJERG_2021, "189817", 5),
        (ESBJERG_2021, "189818", 6),
        (ESBJERG_2021, "576799", 99),
        (ESBJERG_2021, "576800", 100),
        (ESBJERG_2020, "181500", 0),
        (ESBJERG_2020, "185524", 5),
        (ESBJERG_2020, "185525", 6),
        (ESBJERG_2020, "563799", 99),
        (ESBJERG_2020, "563800", 100),
        (HELSINGØR_2019, "181538", 5),
        (HELSINGØR_2019, "181539", 6),
        (HELSINGØR_2019, "551699", 99),
        (HELSINGØR_2019, "551700", 100),
    ],
)
def test_the_scale_turns_where_the_printed_ones_turn(
    rates: Rates, income: str, percent: int
) -> None:
    # børnepasning.esbjerg.dk (2020, 2021) and helsingor.dk (2019), økonomisk friplads.
    assert work_out_childcare(replace(ONE, income=kr(income)), rates).parent_percent == percent


@pytest.mark.parametrize(
    ("income", "percent"), [(0, 0), (218100, 0), (218101, 5), (677499, 99), (677500, 100)]
)
def test_the_limits_of_2026(income: int, percent: int) -> None:
    assert work_out_childcare(replace(ONE, income=kr(income)), RATES).parent_percent == percent


def test_a_single_parents_limits_are_higher() -> None:
    single = replace(ONE, income=kr(218100 + 76317), single_parent=True)
    assert work_out_childcare(single, RATES).parent_percent == 0
    assert work_out_childcare(replace(single, income=single.income + 1), RATES).parent_percent == 5


def test_each_further_child_under_18_lifts_the_limits_by_7000() -> None:
    # dagtilbudsbekendtgørelsen § 27, stk. 3
    three = replace(ONE, income=kr(218100 + 14000), children_under_18=3)
    assert work_out_childcare(three, RATES).parent_percent == 0
    assert work_out_childcare(replace(three, income=three.income + 1), RATES).parent_percent == 5


def test_two_children_followed_by_hand() -> None:
    # docs/how-the-sums-are-made.md follows the same figures line by line.
    cost = work_out_childcare(Childcare(kr(380000), (kr(3500), kr(2400))), RATES)
    assert cost.parent_percent == 37
    assert cost.step == 4836
    assert cost.after_subsidy == (kr("1295.00"), kr("888.00"))
    assert cost.after_sibling == (kr("1295.00"), kr("444.00"))
    assert cost.total == kr("1739.00")


def test_the_dearest_place_is_paid_in_full_wherever_it_stands() -> None:
    cost = work_out_childcare(
        Childcare(kr(900000), (kr(2000), kr(4000), kr(1000)), children_under_18=3), RATES
    )
    assert cost.after_sibling == (kr(1000), kr(4000), kr(500))


def test_of_two_places_at_the_same_price_one_is_halved() -> None:
    cost = work_out_childcare(Childcare(kr(900000), (kr(3000), kr(3000))), RATES)
    assert cost.total == 4500


def test_with_a_month_free_the_year_is_eleven_payments() -> None:
    cost = work_out_childcare(replace(ONE, income=kr(900000), months=11), RATES)
    assert cost.total == 3500
    assert cost.total_year == 38500


households = st.builds(
    Childcare,
    income=st.decimals(min_value=0, max_value=1000000, places=2),
    prices=st.lists(st.decimals(min_value=0, max_value=6000, places=2), min_size=1, max_size=4).map(
        tuple
    ),
    single_parent=st.booleans(),
)


@given(households, st.decimals(min_value=0, max_value=200000, places=2))
def test_more_income_never_lowers_the_parents_share(asked: Childcare, more: Decimal) -> None:
    richer = replace(asked, income=asked.income + more)
    poor, rich = work_out_childcare(asked, RATES), work_out_childcare(richer, RATES)
    assert poor.parent_percent <= rich.parent_percent
    assert poor.total <= rich.total


@given(households)
def test_nobody_pays_more_than_the_price_or_less_than_nothing(asked: Childcare) -> None:
    cost = work_out_childcare(asked, RATES)
    for price, subsidised, paid in zip(
        cost.prices, cost.after_subsidy, cost.after_sibling, strict=True
    ):
        assert 0 <= paid <= subsidised <= price
    assert cost.parent_percent in {0, *range(5, 101)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"income": kr(-1)}, "income skal være fra 0"),
        ({"income": kr("NaN")}, "income skal være fra 0"),
        ({"income": kr("1e309")}, "income skal være fra 0"),
        ({"prices": ()}, "Skriv prisen for hver plads"),
        ({"prices": (kr(-1),)}, "price skal være fra 0"),
        ({"prices": (kr(1),) * 21}, "højst regnes med 20"),
        ({"children_under_18": 0}, "0 børn under 18, men 1 pladser"),
        ({"children_under_18": 99}, "højst regnes med 20"),
        ({"months": 10}, "11 eller 12 måneder"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(change: dict[str, object], said: str) -> None:
    with pytest.raises(MessagesError, match=said) as caught:
        work_out_childcare(replace(ONE, **change), RATES)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
