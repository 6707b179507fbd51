"""The sums at the command line: the keys that others rely on, and every refusal in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import answer, main
from bot.words import Words
from messages.errors import Problem
from messages.rates import Rates, read_rates
from messages.topics import Topic

YEARS = (2025, 2026)


def packaged() -> dict[int, Rates]:
    folder = files("messages") / "rates"
    return {y: read_rates((folder / f"{y}.toml").read_text("utf-8"), f"{y}.toml") for y in YEARS}


@dataclass
class Topics:
    """A topic as far as `rates diff` looks at it."""

    sum: str = "payslip"


@dataclass
class Library:
    rates: Mapping[int, Rates] = field(default_factory=packaged)
    topics: Mapping[str, Topic] = field(
        default_factory=lambda: {"loenseddel": cast("Topic", Topics())}
    )


@dataclass
class App:
    library: Library = field(default_factory=Library)


@dataclass
class Shell:
    app: App = field(default_factory=App)
    words: Words = field(default_factory=Words)
    today: date = date(2026, 11, 22)


SHELL = Shell()


def run(line: str, shell: Shell = SHELL) -> Result:
    return CliRunner().invoke(main, line.split(), obj=shell)


def values(line: str, shell: Shell = SHELL) -> dict[str, object]:
    result = run(f"{line} --json", shell)
    assert result.exception is None, result.exception
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def refusal(line: str, shell: Shell = SHELL) -> str:
    error = run(line, shell).exception
    assert isinstance(error, Problem), error
    return str(error)


def test_payslip_gives_the_agreed_keys_with_amounts_as_text() -> None:
    found = values("payslip --gross 24500 --hours 160,33 --municipality Vejle --year 2026")
    agreed = {
        "gross": "24500.00",
        "atp": "99.00",
        "pension": "0.00",
        "am_income": "24401.00",
        "am_bidrag": "1952.00",
        "a_income": "22449.00",
        "tax_base": "15730.00",
        "a_tax": "5663.00",
        "net": "16786.00",
        "tax_card": "estimated",
    }
    assert agreed.items() <= found.items()
    assert found["carried"] == {"atp": 2025}


def test_the_tax_agencys_example_of_2020_by_figures_alone() -> None:
    # https://skat.dk/en-us/individuals/cross-border-tax-matters/first-steps/see-example-of-payslip
    found = values(
        "payslip --gross 25.552 --benefits 3.400 --atp 90 --pension 500 --percent 45 "
        "--deduction 5000 --tax-free 1954 --after-tax 400 --rounding exact --year 2020"
    )
    assert found["am_bidrag"] == "2268.96"
    assert found["a_tax"] == "9491.87"
    assert found["net"] == "14755.17"
    assert found["tax_card"] == "given"


@pytest.mark.parametrize(("rounding", "a_tax"), [("exact", "9814.32"), ("payroll", "9813.00")])
def test_rounding_is_chosen_by_name(rounding: str, a_tax: str) -> None:
    found = values(
        f"payslip --gross 38305,35 --atp 0 --percent 39 --deduction 10.076 --rounding {rounding}"
    )
    assert found["a_tax"] == a_tax


def test_payslip_lines_are_shown_with_danish_numbers_and_the_year_of_a_carried_figure() -> None:
    said = run("payslip --gross 24500 --percent 38 --deduction 5000").stdout
    assert "Bruttoløn" in said
    assert "24.500,00 kr." in said
    assert "sats fra 2025" in said
    assert "ATP er regnet for fuld tid" in said


def test_an_estimated_card_is_called_estimated() -> None:
    assert "anslået" in run("payslip --gross 24500 --municipality Vejle").stdout


def test_holiday_allowance_is_shown_when_asked_for() -> None:
    found = values("payslip --gross 24500 --percent 38 --deduction 5000 --holiday")
    assert found["holiday_allowance"] == "3062.50"
    assert found["holiday_net"] == "1749.50"


def test_tax_gives_the_agreed_keys() -> None:
    found = values("tax --gross-year 294000 --municipality Vejle --year 2026")
    agreed = {
        "am_bidrag": "23520.00",
        "personal_income": "270480.00",
        "employment_deduction": "37485.00",
        "job_deduction": "2646.00",
        "single_parent_deduction": "0.00",
        "bottom_tax": "25987.24",
        "municipal_tax": "41242.27",
        "church_tax": "0.00",
        "top_taxes": "0.00",
        "ceiling_relief": "0.00",
        "income_tax": "67229.51",
        "total_tax": "90749.51",
        "net": "203250.49",
        "withholding_percent": 36,
        "monthly_deduction": "6718.00",
    }
    assert agreed.items() <= found.items()


def test_church_and_single_parent_are_chosen_by_flags() -> None:
    found = values("tax --gross-year 294000 --municipality Vejle --church --single-parent")
    assert found["church_tax"] != "0.00"
    assert found["single_parent_deduction"] == "33810.00"


def test_childcare_gives_the_agreed_keys() -> None:
    found = values("childcare --income 380000 --price 3500 --price 2400 --year 2026")
    agreed = {
        "parent_percent": 37,
        "step": 4836,
        "prices": ["3500.00", "2400.00"],
        "after_subsidy": ["1295.00", "888.00"],
        "after_sibling": ["1295.00", "444.00"],
        "total": "1739.00",
    }
    assert agreed.items() <= found.items()


def test_tax_and_childcare_also_speak_to_people() -> None:
    assert "Kommuneskat" in run("tax --gross-year 294000 --municipality Vejle").stdout
    assert "1.739,00 kr." in run("childcare --income 380000 --price 3500 --price 2400").stdout


def test_rates_lists_every_figure_with_its_source() -> None:
    lines = run("rates --year 2026").stdout.splitlines()
    known = SHELL.app.library.rates[2026]
    figures = [line for line in lines if " | " in line]
    assert len(figures) == len(known.figures) + 2 * len(known.municipalities)
    assert all(line.rsplit(" | ", 1)[1].strip() for line in figures)
    assert any("videreført fra 2025" in line for line in figures)


def test_rates_says_in_november_that_next_year_is_missing() -> None:
    assert "Satser for 2027 mangler" in run("rates").stdout
    assert "mangler" not in run("rates", Shell(today=date(2026, 10, 1))).stdout


def test_an_unverified_figure_is_not_printed(tmp_path: Path) -> None:
    file = own_rates(tmp_path, 2030, confidence="unverified")
    said = run(f"rates --rates {file}").stdout
    assert "60.000" not in said
    assert "ikke kontrolleret" in said


def test_rates_diff_shows_what_changed_and_the_topics_it_touches() -> None:
    said = run("rates diff 2025 2026").stdout
    assert "tax.personal_allowance: 51.600 → 54.100  [loenseddel]" in said
    assert "municipalities.København.municipal: 23,5 → 23,39" in said
    assert "pay.am_percent" not in said


def own_rates(folder: Path, year: int, confidence: str = "verified") -> Path:
    file = folder / f"{year}.toml"
    text = (files("messages") / "rates" / "2026.toml").read_text("utf-8")
    text = text.replace("year = 2026", f"year = {year}", 1)
    changed = f'value = 60000, unit = "kr/year", confidence = "{confidence}"'
    text = text.replace('value = 54100, unit = "kr/year", confidence = "verified"', changed)
    file.write_text(text, "utf-8")
    return file


def test_one_more_file_of_rates_is_read_and_its_year_is_used(tmp_path: Path) -> None:
    file = own_rates(tmp_path, 2030)
    found = values(f"tax --gross-year 294000 --municipality Vejle --rates {file}")
    assert found["year"] == 2030
    assert found["bottom_tax"] == "25278.65"  # 12,01 % of 270.480 − 60.000
    again = values(f"tax --gross-year 294000 --municipality Vejle --rates {file} --year 2026")
    assert again["bottom_tax"] == "25987.24"


def test_in_january_without_new_rates_the_persons_own_card_still_works() -> None:
    january = Shell(today=date(2027, 1, 5))
    found = values("payslip --gross 24500 --hours 160,33 --percent 38 --deduction 5000", january)
    assert found["year"] == 2027
    assert found["carried"] == {"atp": 2025, "am_bidrag": 2026}
    assert "Skriv trækprocent og fradrag" in refusal(
        "payslip --gross 24500 --municipality Vejle", january
    )
    assert "for 2027 kendes ikke" in refusal("childcare --income 380000 --price 3500", january)


PAYSLIP = "payslip --percent 38 --deduction 5000"
TAX = "tax --municipality Vejle"
CHILDCARE = "childcare --price 3500"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{PAYSLIP} --gross -5", "gross kan ikke være under nul"),
        (f"{PAYSLIP} --gross 0", "Bruttolønnen skal være over nul"),
        (f"{PAYSLIP} --gross 999999999999", "gross er for stort"),
        (f"{PAYSLIP} --gross NaN", "er ikke et beløb"),
        (f"{PAYSLIP} --gross 1e309", "er ikke et beløb"),
        (f"{PAYSLIP} --gross ٢٤٥٠٠", "er ikke et beløb"),
        (f"{PAYSLIP} --gross 1,234.56", "24.500,50"),
        (f"{PAYSLIP} --gross 24.50", "er ikke et beløb"),
        (f"{PAYSLIP} --gross abc", "er ikke et beløb"),
        (f"{PAYSLIP} --gross 24500 --hours 745", "745,00 timer er flere"),
        (f"{PAYSLIP} --gross 24500 --hours -1", "hours kan ikke være under nul"),
        (f"{PAYSLIP} --gross 24500 --pension-pct 101", "pension-pct kan ikke være over 100"),
        (f"{PAYSLIP} --gross 24500 --pension-pct 4 --pension 900", "ikke begge dele"),
        (f"{PAYSLIP} --gross 24500 --card mian", "mente du “main”"),
        (f"{PAYSLIP} --gross 24500 --period måned", "kendes ikke som --period"),
        (f"{PAYSLIP} --gross 24500 --rounding exakt", "mente du “exact”"),
        (f"{PAYSLIP} --gross 24500 --year 26", "er ikke et år"),
        (f"{PAYSLIP} --gross 24500 --year ٢٠٢٦", "er ikke et år"),
        (f"{PAYSLIP} --gross 24500 --days 1,5", "er ikke et helt tal"),
        (f"{PAYSLIP} --gross 24500 --days 99", "days skal være fra 1 til 31"),
        ("payslip --gross 24500 --percent 101 --deduction 0", "percent kan ikke være over 100"),
        ("payslip --gross 24500", "percent 38 og deduction 5000, eller municipality Vejle"),
        ("payslip --gross 24500 --card secondary", "bikort skal have trækprocenten"),
        ("payslip --gross 24500 --municipality Vejel", "mente du “Vejle”"),
        (f"{TAX} --gross-year -1", "gross-year kan ikke være under nul"),
        (f"{TAX} --gross-year 0", "skal være over nul"),
        (f"{TAX} --gross-year NaN", "er ikke et beløb"),
        (f"{TAX} --gross-year 294000 --atp-year x", "er ikke et beløb"),
        ("tax --gross-year 294000 --municipality Kobenhavn", "mente du “København”"),
        (f"{CHILDCARE} --income -1", "income kan ikke være under nul"),
        (f"{CHILDCARE} --income 1e309", "er ikke et beløb"),
        (f"{CHILDCARE} --income 380000 --price -1", "price kan ikke være under nul"),
        (f"{CHILDCARE} --income 380000 --months 13", "11 eller 12 måneder"),
        (f"{CHILDCARE} --income 380000 --months elleve", "er ikke et helt tal"),
        (f"{CHILDCARE} --income 380000 --children-under-18 0", "Skriv mindst 1"),
        ("childcare --income 380000", "Skriv prisen for hver plads"),
        ("rates diff 2025 2031", "Skriv et af årene 2025, 2026"),
        ("rates --year i-år", "er ikke et år"),
    ],
)
def test_bad_input_is_refused_in_one_clear_line(line: str, said: str) -> None:
    message = refusal(line)
    assert said in message
    assert "\n" not in message


def test_a_broken_file_of_rates_is_named_with_its_mistake(tmp_path: Path) -> None:
    file = tmp_path / "2030.toml"
    file.write_text("year = 2030\n[tax]\nbottom = 12\n", "utf-8")
    said = refusal(f"tax --gross-year 1 --municipality Vejle --rates {file}")
    assert str(file) in said
    assert "tax.bottom" in said


def test_a_missing_file_of_rates_is_an_error_of_the_system(tmp_path: Path) -> None:
    result = run(f"rates --rates {tmp_path / 'none.toml'}")
    assert isinstance(result.exception, FileNotFoundError)


def test_a_municipality_must_be_named_for_the_years_tax() -> None:
    assert run("tax --gross-year 294000").exit_code == 2


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        (
            "payslip --gross 24500 --hours 160,33 --municipality Vejle --year 2026",
            "net",
            "16786.00",
        ),
        ("tax --gross-year 294000 --municipality Vejle --year 2026", "net", "203250.49"),
        ("childcare --income 380000 --price 3500 --price 2400 --year 2026", "total", "1739.00"),
    ],
)
def test_the_three_commands_work_from_the_door(
    line: str, key: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer([*line.split(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[key] == value


def test_a_refusal_leaves_with_1_and_one_line_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answer(["payslip", "--gross", "1,234.56"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "24.500,50" in said.err
