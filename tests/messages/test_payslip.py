"""A payslip: published examples to the øre, every card, every rounding, and impossible input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from messages.errors import MessagesError
from messages.payslip import Card, Pay, Period, Rounding, work_out
from messages.rates import rates_for
from tests.messages.packaged_rates import kr, packaged

RATES = packaged(2026)
MAIN = Pay(gross=kr(24500), hours=kr("160.33"), percent=kr(38), deduction=kr(5000))


def test_the_tax_agencys_example_of_october_2020_to_the_øre() -> None:
    # https://skat.dk/en-us/individuals/cross-border-tax-matters/first-steps/see-example-of-payslip
    slip = work_out(
        Pay(
            gross=kr(24000) + kr(1552),
            benefits=kr(3400),
            atp=kr(90),
            pension=kr(500),
            percent=kr(45),
            deduction=kr(5000),
            tax_free=kr(754) + kr(1200),
            after_tax=kr(400),
            rounding=Rounding.EXACT,
        ),
        rates_for({2026: RATES}, date(2020, 10, 31)),
    )
    assert slip.am_income == kr("28362.00")
    assert slip.am_bidrag == kr("2268.96")
    assert slip.a_income == kr("26093.04")
    assert slip.tax_base == kr("21093.04")
    assert slip.a_tax == kr("9491.87")
    assert slip.net == kr("14755.17")


def test_the_payroll_vendors_example_of_rounding() -> None:
    # https://bluegarden.zendesk.com/hc/da/articles/360017636958-Afrunding-af-AM-bidrag-og-A-skat
    slip = work_out(
        Pay(gross=kr("38305.35"), atp=kr(0), percent=kr(39), deduction=kr(10076)), RATES
    )
    assert slip.am_bidrag == kr("3064.00")
    assert slip.tax_base == kr("25160.00")
    assert slip.a_tax == kr("9813.00")


@pytest.mark.parametrize(
    ("am_income", "am_bidrag"), [("29080.88", "2326.00"), ("29081.25", "2327.00")]
)
def test_payroll_rounds_half_a_krone_of_am_bidrag_upwards(am_income: str, am_bidrag: str) -> None:
    # Same page: 2.326,47 becomes 2.326 and 2.326,50 becomes 2.327.
    slip = work_out(replace(MAIN, gross=kr(am_income), atp=kr(0)), RATES)
    assert slip.am_bidrag == kr(am_bidrag)


def test_the_guides_example_of_am_income_and_a_income() -> None:
    # Den juridiske vejledning, example F-01: https://skat.dk/data.aspx?oid=121281 (øre cut there)
    slip = work_out(
        Pay(
            gross=kr(250000),
            benefits=kr(50000),
            pension=kr(15000),
            atp=kr(1080),
            percent=kr(38),
            deduction=kr(0),
            rounding=Rounding.EXACT,
        ),
        RATES,
    )
    assert slip.am_income == kr(283920)
    assert int(slip.am_bidrag) == 22713
    assert slip.a_income == kr("261206.40")


def test_the_authoritys_rounding_goes_down_to_tens_and_up_to_kroner() -> None:
    # https://info.skat.dk/data.aspx?oid=2292833: both bases down to whole tens, both taxes up.
    slip = work_out(
        Pay(
            gross=kr("24503.75"),
            atp=kr(99),
            percent=kr(38),
            deduction=kr(5000),
            rounding=Rounding.AUTHORITY,
        ),
        RATES,
    )
    assert slip.am_income == kr("24404.75")
    assert slip.am_bidrag == kr("1952.00")  # 8 % of 24.400, which needs no rounding up
    assert slip.tax_base == kr("17450.00")  # 24.404,75 − 1.952 − 5.000 = 17.452,75
    assert slip.a_tax == kr("6631.00")


@pytest.mark.parametrize(
    ("period", "hours", "atp"),
    [
        ("month", "117", "99.00"),
        ("month", "116.99", "66.00"),
        ("month", "78", "66.00"),
        ("month", "77.99", "33.00"),
        ("month", "39", "33.00"),
        ("month", "38.99", "0.00"),
        ("month", "0", "0.00"),
        ("fortnight", "54", "52.20"),
        ("fortnight", "53.99", "34.80"),
        ("fortnight", "36", "34.80"),
        ("fortnight", "18", "17.40"),
        ("fortnight", "17.99", "0.00"),
        ("week", "27", "26.10"),
        ("week", "18", "17.40"),
        ("week", "9", "8.70"),
        ("week", "8.99", "0.00"),
    ],
)
def test_atp_follows_the_hours_of_the_period(period: str, hours: str, atp: str) -> None:
    # A-satser from 1 January 2024: borger.dk, historiske ATP-satser; kapleje.dk for the bands.
    slip = work_out(replace(MAIN, period=Period(period), hours=kr(hours)), RATES)
    assert slip.atp == kr(atp)


def test_without_hours_full_time_is_assumed_and_said() -> None:
    slip = work_out(replace(MAIN, hours=None), RATES)
    assert slip.atp == 99
    assert slip.assumed == ("hours",)
    assert work_out(MAIN, RATES).assumed == ()
    assert work_out(replace(MAIN, hours=None, atp=kr(0)), RATES).assumed == ()


def test_a_typed_atp_wins_over_the_hours() -> None:
    assert work_out(replace(MAIN, atp=kr("94.65")), RATES).atp == kr("94.65")


def test_a_carried_atp_is_marked_with_its_year_on_its_line() -> None:
    lines = {line.key: line for line in work_out(MAIN, RATES).lines}
    assert lines["atp"].carried_year == 2025
    assert lines["am_bidrag"].carried_year is None


def test_an_exemption_card_pays_am_bidrag_and_no_tax() -> None:
    slip = work_out(Pay(gross=kr(4000), hours=kr(20), card=Card.EXEMPT), RATES)
    assert slip.am_bidrag == 320
    assert slip.a_tax == 0
    assert slip.net == 3680


def test_a_secondary_card_has_a_percent_and_no_deduction() -> None:
    slip = work_out(Pay(gross=kr(5000), hours=kr(20), card=Card.SECONDARY, percent=kr(38)), RATES)
    assert slip.tax_base == 4600
    assert slip.a_tax == 1748


def test_without_a_card_55_percent_is_taken_after_am_bidrag() -> None:
    # https://info.skat.dk/data.aspx?oid=2169085 (kildeskatteloven § 48, stk. 8)
    slip = work_out(Pay(gross=kr(10000), atp=kr(0), card=Card.NONE), RATES)
    assert slip.percent == 55
    assert slip.deduction == 0
    assert slip.a_tax == 5060
    assert slip.net == 4140


def test_benefits_are_taxed_but_never_paid_out() -> None:
    with_car = work_out(replace(MAIN, benefits=kr(3400)), RATES)
    without = work_out(MAIN, RATES)
    assert with_car.am_income == without.am_income + 3400
    assert with_car.net < without.net


def test_tax_free_money_is_paid_out_and_after_tax_money_is_taken() -> None:
    plain = work_out(MAIN, RATES)
    slip = work_out(replace(MAIN, tax_free=kr(754), after_tax=kr(200)), RATES)
    assert slip.a_tax == plain.a_tax
    assert slip.net == plain.net + 754 - 200


def test_pension_may_be_a_percent_of_gross_pay() -> None:
    slip = work_out(replace(MAIN, pension_percent=kr(4)), RATES)
    assert slip.pension == kr("980.00")


def test_a_part_of_a_period_gets_the_deduction_day_by_day() -> None:
    # https://info.skat.dk/data.aspx?oid=141845: Tuesday to Saturday, 5 days of 93 kr. are 465 kr.
    slip = work_out(
        Pay(
            gross=kr(2000),
            hours=kr(29),
            atp=kr(0),
            period=Period.WEEK,
            percent=kr(40),
            deduction=kr(651),
            days=5,
            day_deduction=kr(93),
        ),
        RATES,
    )
    assert slip.deduction == 465


def test_the_day_deduction_is_a_365th_of_the_year_and_never_more_than_the_period() -> None:
    assert work_out(replace(MAIN, days=10), RATES).deduction == 1640  # 60.000 / 365 = 164 a day
    assert work_out(replace(MAIN, days=31), RATES).deduction == 5000


def test_part_time_through_the_whole_period_keeps_the_whole_deduction() -> None:
    assert work_out(replace(MAIN, hours=kr(60)), RATES).deduction == 5000


def test_a_main_card_can_be_estimated_from_the_municipality() -> None:
    slip = work_out(Pay(gross=kr(24500), hours=kr("160.33"), municipality="Vejle"), RATES)
    assert slip.tax_card == "estimated"
    assert slip.percent == 36  # 12,01 + 23,40 = 35,41, rounded up
    assert slip.deduction == 6718
    assert slip.net == 16786


def test_a_typed_card_wins_over_the_municipality() -> None:
    slip = work_out(replace(MAIN, municipality="Vejle"), RATES)
    assert slip.tax_card == "given"
    assert slip.percent == 38


def test_fortnights_use_a_26th_of_the_years_deduction() -> None:
    month = work_out(Pay(gross=kr(26000), hours=kr(160), municipality="Vejle"), RATES)
    fortnight = work_out(
        Pay(gross=kr(12000), hours=kr(74), period=Period.FORTNIGHT, municipality="Vejle"), RATES
    )
    assert month.deduction // 26 * 12 == pytest.approx(fortnight.deduction, abs=30)


def test_after_new_year_a_payslip_still_works_from_the_persons_own_card() -> None:
    slip = work_out(MAIN, rates_for({2026: RATES}, date(2027, 1, 5)))
    assert slip.year == 2027
    assert slip.net == work_out(MAIN, RATES).net
    carried = {line.key: line.carried_year for line in slip.lines if line.carried_year}
    assert carried == {"atp": 2025, "am_bidrag": 2026}


def test_after_new_year_an_estimated_card_says_what_is_missing() -> None:
    with pytest.raises(MessagesError, match="Skriv trækprocent og fradrag"):
        work_out(
            Pay(gross=kr(24500), municipality="Vejle"), rates_for({2026: RATES}, date(2027, 1, 5))
        )


def test_every_line_knows_its_term_its_words_and_its_source() -> None:
    slip = work_out(replace(MAIN, benefits=kr(1), tax_free=kr(1), after_tax=kr(1)), RATES)
    assert [line.term for line in slip.lines][:3] == ["Bruttoløn", "Skattepligtige goder", "ATP"]
    assert all(line.formula and line.source for line in slip.lines)
    assert slip.lines[-1].key == "net"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"gross": kr(0)}, "Bruttolønnen skal være over nul"),
        ({"gross": kr(-1)}, "gross skal være fra 0"),
        ({"gross": kr("NaN")}, "gross skal være fra 0"),
        ({"gross": kr("sNaN")}, "gross skal være fra 0"),
        ({"gross": kr("Infinity")}, "gross skal være fra 0"),
        ({"gross": kr("1e309")}, "gross skal være fra 0"),
        ({"gross": kr(50)}, "ATP og egen pension"),
        ({"hours": kr("744.01")}, "744,01 timer er flere"),
        ({"hours": kr(-1)}, "hours skal være fra 0"),
        ({"hours": kr(169), "period": Period.WEEK}, "169,00 timer er flere"),
        ({"percent": kr("100.5")}, "percent kan ikke være over 100"),
        ({"pension_percent": kr(101)}, "pension_percent kan ikke være over 100"),
        ({"pension": kr(1), "pension_percent": kr(1)}, "ikke begge dele"),
        ({"percent": None}, "både trækprocent og fradrag"),
        ({"deduction": None}, "både trækprocent og fradrag"),
        ({"percent": None, "deduction": None}, "municipality Vejle"),
        ({"percent": None, "municipality": "Vejle"}, "både trækprocent og fradrag"),
        ({"card": Card.SECONDARY}, "Kun et hovedkort har fradrag"),
        ({"card": Card.SECONDARY, "deduction": None, "percent": None}, "bikort skal have"),
        ({"card": Card.NONE, "deduction": None}, "ingen trækprocent"),
        ({"card": Card.EXEMPT, "deduction": None}, "ingen trækprocent"),
        ({"days": 0}, "days skal være fra 1 til 31"),
        ({"days": 32}, "days skal være fra 1 til 31"),
        ({"after_tax": kr(90000)}, "ikke løn nok"),
        ({"benefits": kr(90000)}, "ikke løn nok"),
        ({"percent": None, "deduction": None, "municipality": "Vejel"}, "mente du “Vejle”"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(change: dict[str, object], said: str) -> None:
    with pytest.raises(MessagesError, match=said) as caught:
        work_out(replace(MAIN, **change), RATES)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
