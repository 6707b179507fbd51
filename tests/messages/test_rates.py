"""Figures by year: where each comes from, what may be used, and what happens around 1 January."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import messages.rates
from messages.errors import MessagesError
from messages.rates import Confidence, Rates, missing_rates, rates_for, read_rates
from tests.messages.packaged_rates import packaged

YEARS = (2025, 2026)

SMALL = """
year = 2030
[tax]
since = 2030-01-01
checked = 2030-01-02
confidence = "verified"
source = "https://example.dk"
personal_allowance = { value = 60000, unit = "kr/year" }
rumour = { value = 5, unit = "percent", confidence = "unverified" }
[municipalities]
since = 2030-01-01
checked = 2030-01-02
confidence = "verified"
source = "https://example.dk"
Vejle = { municipal = 23.4, church = 0.89 }
[municipalities."Ærø"]
municipal = 26.1
church = 1.07
source = "https://aeroe.example"
confidence = "secondary"
"""


@pytest.fixture(scope="module")
def known() -> dict[int, Rates]:
    return {year: packaged(year) for year in YEARS}


def test_the_folder_of_figures_does_not_hide_the_module_of_the_same_name() -> None:
    assert messages.rates.__file__ is not None
    assert messages.rates.__file__.endswith("rates.py")


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_names_its_source_and_the_day_it_was_read(year: int) -> None:
    rates = packaged(year)
    assert rates.year == year
    for figure in rates.figures.values():
        assert figure.source, figure.key
        assert figure.unit, figure.key
        assert figure.checked.year >= year, figure.key
        assert figure.since.year <= year, figure.key


@pytest.mark.parametrize("year", YEARS)
def test_all_98_municipalities_are_there(year: int) -> None:
    rates = packaged(year)
    assert len(rates.municipalities) == 98
    for municipality in rates.municipalities.values():
        assert 20 < municipality.municipal.value < 28
        assert 0 < municipality.church.value < 1.5


@pytest.mark.parametrize("year", YEARS)
def test_no_packaged_figure_is_unverified(year: int) -> None:
    assert all(f.confidence is not Confidence.UNVERIFIED for f in packaged(year).figures.values())


@pytest.mark.parametrize(("year", "municipal", "church"), [(2025, 23.5, 0.8), (2026, 23.39, 0.8)])
def test_copenhagen_lowered_its_tax_in_2026(year: int, municipal: float, church: float) -> None:
    # dknyt.dk 14-10-2025: København 23,39 in 2026.
    found = packaged(year).municipality("København")
    assert found.municipal.value == Decimal(str(municipal))
    assert found.church.value == Decimal(str(church))


def test_an_unverified_figure_is_used_in_no_sum() -> None:
    rates = read_rates(SMALL, "small.toml")
    assert rates.value("tax.personal_allowance") == 60000
    with pytest.raises(MessagesError, match="ikke kontrolleret"):
        rates.value("tax.rumour")


def test_an_unverified_municipality_is_used_in_no_sum() -> None:
    rumour = 'church = 0.89, confidence = "unverified"'
    rates = read_rates(SMALL.replace("church = 0.89", rumour), "small.toml")
    with pytest.raises(MessagesError, match="ikke kontrolleret"):
        rates.municipality("Vejle")


def test_a_row_may_name_its_own_source() -> None:
    rates = read_rates(SMALL, "small.toml")
    assert rates.municipality("Ærø").municipal.source == "https://aeroe.example"
    assert rates.municipality("Ærø").municipal.confidence is Confidence.SECONDARY
    assert rates.municipality("Vejle").municipal.source == "https://example.dk"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vejle", "Vejle"),
        (" Vejle Kommune ", "Vejle"),
        ("Århus", "Aarhus"),
        ("Nordfyn", "Nordfyns"),
        ("ærø", "Ærø"),
    ],
)
def test_a_municipality_is_known_by_the_ways_people_write_it(typed: str, meant: str) -> None:
    assert packaged(2026).municipality(typed).name == meant


def test_a_misspelt_municipality_gets_a_suggestion() -> None:
    with pytest.raises(MessagesError, match="mente du “Vejle”"):
        packaged(2026).municipality("Vejel")


def test_atp_of_2026_is_carried_and_says_from_when(known: dict[int, Rates]) -> None:
    figure = rates_for(known, date(2026, 6, 1)).figure("atp.month_full")
    assert figure.confidence is Confidence.CARRIED
    assert figure.carried_year == 2025
    assert figure.value == 99


def test_after_new_year_what_lasts_is_carried_and_the_rest_is_missing(
    known: dict[int, Rates],
) -> None:
    rates = rates_for(known, date(2027, 1, 5))
    assert rates.year == 2027
    assert rates.value("pay.am_percent") == 8
    assert rates.figure("pay.am_percent").carried_year == 2026
    assert rates.figure("atp.month_full").carried_year == 2025  # still the year it was read for
    with pytest.raises(MessagesError, match=r"tax\.personal_allowance for 2027 kendes ikke"):
        rates.value("tax.personal_allowance")
    with pytest.raises(MessagesError, match="Kommunernes skat for 2027 kendes ikke"):
        rates.municipality("Vejle")


def test_carrying_does_not_make_an_unverified_figure_usable() -> None:
    lasting = SMALL.replace('source = "https://example.dk"', 'source = "x"\nlasts = true', 1)
    rates = rates_for({2030: read_rates(lasting, "small.toml")}, date(2031, 1, 1))
    assert rates.value("tax.personal_allowance") == 60000
    with pytest.raises(MessagesError, match="ikke kontrolleret"):
        rates.value("tax.rumour")


def test_before_the_first_known_year_only_what_was_already_in_force_is_used(
    known: dict[int, Rates],
) -> None:
    rates = rates_for(known, date(2020, 10, 1))
    assert rates.value("pay.am_percent") == 8
    with pytest.raises(MessagesError, match=r"atp\.month_full for 2020"):
        rates.value("atp.month_full")  # 94,65 then, 99 only from 2024
    assert rates_for(known, date(2024, 3, 1)).value("atp.month_full") == 99


def test_a_known_year_is_used_as_it_is(known: dict[int, Rates]) -> None:
    assert rates_for(known, date(2025, 12, 31)) is known[2025]


def test_without_any_year_the_file_to_add_is_named() -> None:
    with pytest.raises(MessagesError, match=r"rates/2026\.toml"):
        rates_for({}, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), ()),
        (date(2026, 11, 1), (2027,)),
        (date(2027, 1, 1), (2027,)),
        (date(2027, 11, 1), (2027, 2028)),
    ],
)
def test_next_years_rates_are_missed_from_november(
    known: dict[int, Rates], today: date, missing: tuple[int, ...]
) -> None:
    assert missing_rates(known, today) == missing


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("value = 60000", "tax.personal_allowance.value: skal være et tal"),
        ("value = nan", "tax.personal_allowance.value: skal være fra 0"),
        ("value = inf", "tax.personal_allowance.value: skal være fra 0"),
        ("value = -1", "tax.personal_allowance.value: skal være fra 0"),
        ("value = 1e12", "tax.personal_allowance.value: skal være fra 0"),
        ("value = true", "tax.personal_allowance.value: skal være et tal"),
        ("valu = 5", "mente du “value”"),
    ],
)
def test_a_broken_figure_is_named_by_its_key(wrong: str, said: str) -> None:
    right = "value = 60000"
    wrong = 'value = "60000"' if wrong == right else wrong
    with pytest.raises(MessagesError) as caught:
        read_rates(SMALL.replace(right, wrong, 1), "own/2030.toml")
    assert "own/2030.toml" in str(caught.value)
    assert said in str(caught.value)


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    broken = SMALL.replace('confidence = "verified"', 'confidence = "verifed"').replace(
        'unit = "kr/year"', "unit = 3"
    )
    with pytest.raises(MessagesError) as caught:
        read_rates(broken, "2030.toml")
    assert "mente du “verified”" in str(caught.value)
    assert "unit" in str(caught.value)


def test_a_carried_figure_must_say_from_which_year() -> None:
    with pytest.raises(MessagesError, match="carried_year"):
        read_rates(SMALL.replace('"unverified"', '"carried"'), "2030.toml")


def test_a_file_without_a_year_or_a_source_is_refused() -> None:
    with pytest.raises(MessagesError, match="source: mangler"):
        read_rates(SMALL.replace('source = "https://example.dk"\n', "", 1), "2030.toml")
    with pytest.raises(MessagesError, match="year: mangler"):
        read_rates(SMALL.replace("year = 2030", "", 1), "2030.toml")
