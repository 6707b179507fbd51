"""`brobygger tax`: a year's tax, and the tax card that follows from it."""

from __future__ import annotations

from decimal import Decimal

import click

from bot.cli import typed
from messages.tables import N_
from messages.taxcard import Income, TaxYear, work_out_year

ZERO = Decimal(0)
AMOUNTS = {
    "am_bidrag": N_("AM-bidrag"),
    "personal_income": N_("Personlig indkomst"),
    "employment_deduction": N_("Beskæftigelsesfradrag"),
    "job_deduction": N_("Jobfradrag"),
    "single_parent_deduction": N_("Ekstra fradrag for enlige forsørgere"),
    "bottom_tax": N_("Bundskat"),
    "municipal_tax": N_("Kommuneskat"),
    "church_tax": N_("Kirkeskat"),
    "top_taxes": N_("Mellemskat og topskat"),
    "ceiling_relief": N_("Nedslag efter skatteloftet"),
    "income_tax": N_("Indkomstskat i alt"),
    "total_tax": N_("Skat i alt med AM-bidrag"),
    "net": N_("Tilbage efter skat"),
}


@click.command(help=N_("Regn årets skat og skattekortet ud."))
@click.option("--gross-year", required=True, help=N_("Årets løn efter eget ATP og egen pension."))
@click.option("--atp-year", default="0", help=N_("Årets eget ATP (til beskæftigelsesfradraget)."))
@click.option("--pension-year", default="0", help=N_("Årets egen pension (samme sted)."))
@click.option("--municipality", required=True, help=N_("Kommune, f.eks. Vejle."))
@click.option("--church", is_flag=True, help=N_("Medlem af folkekirken."))
@click.option("--single-parent", is_flag=True, help=N_("Enlig forsørger."))
@click.option("--year", help=N_("Indkomstår, f.eks. 2026."))
@click.option("--rates", help=N_("En fil med satser for endnu et år."))
@click.option("--json", "as_json", is_flag=True, help=N_("Skriv resultatet som JSON."))
@click.pass_obj
def tax(
    shell: typed.SumsShell,
    *,
    gross_year: str,
    atp_year: str,
    pension_year: str,
    municipality: str,
    church: bool,
    single_parent: bool,
    year: str | None,
    rates: str | None,
    as_json: bool,
) -> None:
    income = Income(
        am_income=typed.amount(gross_year, "--gross-year") or ZERO,
        atp=typed.amount(atp_year, "--atp-year") or ZERO,
        pension=typed.amount(pension_year, "--pension-year") or ZERO,
        church=church,
        single_parent=single_parent,
    )
    chapter = typed.rates_from(shell, year, rates)
    found = work_out_year(income, municipality, chapter.rates)
    if as_json:
        click.echo(typed.as_json(_values(found)))
    else:
        _show(shell, found)


def _values(found: TaxYear) -> dict[str, object]:
    values: dict[str, object] = {key: getattr(found, key) for key in AMOUNTS}
    values["withholding_percent"] = int(found.withholding_percent)
    values["monthly_deduction"] = found.monthly_deduction
    values["municipality"] = found.municipality
    values["year"] = found.year
    return values


def _show(shell: typed.SumsShell, found: TaxYear) -> None:
    words = shell.words
    rows = [(words(name), typed.kroner(getattr(found, key)), "") for key, name in AMOUNTS.items()]
    rows.append((words(N_("Trækprocent")), f"{typed.danish(found.withholding_percent)} %", ""))
    rows.append((words(N_("Fradrag pr. måned")), typed.kroner(found.monthly_deduction), ""))
    typed.show_table(rows)
    said = N_("{municipality}, satser for {year}.")
    click.echo(words(said, municipality=found.municipality, year=found.year))
