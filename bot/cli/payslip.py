"""`brobygger payslip`: a period's pay, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import click

from bot.cli import typed
from bot.words import Words
from messages.holiday_pay import HolidayAllowance, set_aside
from messages.payslip import Card, Line, Pay, Payslip, Period, Rounding, work_out
from messages.tables import N_

ZERO = Decimal(0)
KEYS = (
    *("gross", "benefits", "atp", "pension", "am_income", "am_bidrag", "a_income", "deduction"),
    *("tax_base", "percent", "a_tax", "tax_free", "after_tax", "net", "tax_card"),
)


@dataclass(frozen=True)
class Typed:
    """The options as they were typed, each a text or None."""

    gross: str
    period: str
    card: str
    rounding: str
    hours: str | None
    pension: str | None
    pension_pct: str | None
    atp: str | None
    deduction: str | None
    percent: str | None
    municipality: str | None
    tax_free: str | None
    after_tax: str | None
    benefits: str | None
    days: str | None
    day_deduction: str | None
    church: bool

    def pay(self) -> Pay:
        """The pay that the options mean; raises a Problem naming the first that is wrong."""
        return Pay(
            gross=typed.amount(self.gross, "--gross") or ZERO,
            hours=typed.amount(self.hours, "--hours"),
            period=typed.choice(self.period, "--period", Period),
            benefits=typed.amount(self.benefits, "--benefits") or ZERO,
            atp=typed.amount(self.atp, "--atp"),
            pension=typed.amount(self.pension, "--pension"),
            pension_percent=typed.percent(self.pension_pct, "--pension-pct"),
            card=typed.choice(self.card, "--card", Card),
            deduction=typed.amount(self.deduction, "--deduction"),
            percent=typed.percent(self.percent, "--percent"),
            municipality=self.municipality,
            tax_free=typed.amount(self.tax_free, "--tax-free") or ZERO,
            after_tax=typed.amount(self.after_tax, "--after-tax") or ZERO,
            rounding=typed.choice(self.rounding, "--rounding", Rounding),
            days=typed.count(self.days, "--days", 5),
            day_deduction=typed.amount(self.day_deduction, "--day-deduction"),
            church=self.church,
        )


@click.command(help=N_("Regn en lønseddel ud, linje for linje."))
@click.option("--gross", required=True, help=N_("Bruttoløn i lønperioden, f.eks. 24500."))
@click.option("--hours", help=N_("Timer i lønperioden, f.eks. 160,33. Uden: fuld tid."))
@click.option("--period", default="month", help=N_("Lønperiode: month, fortnight eller week."))
@click.option("--pension-pct", help=N_("Egen pension i procent af bruttolønnen."))
@click.option("--pension", help=N_("Egen pension i kroner."))
@click.option("--atp", help=N_("Eget ATP-bidrag i kroner. Uden: efter timer."))
@click.option("--card", default="main", help=N_("Skattekort: main, secondary, exempt eller none."))
@click.option("--deduction", help=N_("Fradrag i lønperioden fra skattekortet."))
@click.option("--percent", help=N_("Trækprocent fra skattekortet."))
@click.option("--municipality", help=N_("Kommune at anslå skattekortet efter, f.eks. Vejle."))
@click.option("--church", is_flag=True, help=N_("Medlem af folkekirken (anslået skattekort)."))
@click.option("--tax-free", help=N_("Skattefri beløb, der udbetales."))
@click.option("--after-tax", help=N_("Beløb, der trækkes efter skat."))
@click.option("--benefits", help=N_("Skattepligtige goder, der ikke udbetales."))
@click.option("--days", help=N_("Kalenderdage i arbejde, når perioden ikke er hel."))
@click.option("--day-deduction", help=N_("Dagsfradrag fra skattekortet, sammen med --days."))
@click.option("--rounding", default="payroll", help=N_("Afrunding: exact, payroll, authority."))
@click.option("--holiday", is_flag=True, help=N_("Vis også feriegodtgørelse efter skat."))
@click.option("--year", help=N_("Indkomstår, f.eks. 2026."))
@click.option("--rates", help=N_("En fil med satser for endnu et år."))
@click.option("--json", "as_json", is_flag=True, help=N_("Skriv resultatet som JSON."))
@click.pass_obj
def payslip(
    shell: typed.SumsShell,
    /,
    *,
    holiday: bool,
    year: str | None,
    rates: str | None,
    as_json: bool,
    **options: object,
) -> None:
    given = Typed(**options)  # type: ignore[arg-type]  # click hands each option by its name
    pay = given.pay()
    chapter = typed.rates_from(shell, year, rates)
    slip = work_out(pay, chapter.rates)
    aside = None
    if holiday:
        aside = set_aside(
            slip.gross + slip.benefits, slip.percent, chapter.rates, rounding=slip.rounding
        )
    if as_json:
        click.echo(typed.as_json(_values(slip, aside)))
    else:
        _show(slip, aside, shell.words)


def _values(slip: Payslip, aside: HolidayAllowance | None) -> dict[str, object]:
    values: dict[str, object] = {key: getattr(slip, key) for key in KEYS}
    values["rounding"] = str(slip.rounding)
    values["year"] = slip.year
    values["assumed"] = list(slip.assumed)
    values["carried"] = {line.key: line.carried_year for line in slip.lines if line.carried_year}
    if aside:
        values["holiday_allowance"] = aside.allowance
        values["holiday_net"] = aside.net
    return values


def _show(slip: Payslip, aside: HolidayAllowance | None, words: Words) -> None:
    typed.show_table(
        [(line.term, typed.kroner(line.amount), _remark(line, words)) for line in slip.lines]
    )
    if aside:
        said = N_("Feriegodtgørelse: {allowance} før skat, {net} efter skat.")
        click.echo(
            words(said, allowance=typed.kroner(aside.allowance), net=typed.kroner(aside.net))
        )
    if slip.tax_card == "estimated":
        click.echo(
            words(N_("Skattekortet er anslået efter kommunen. Det rigtige står på skat.dk."))
        )
    if slip.assumed:
        click.echo(words(N_("ATP er regnet for fuld tid. Skriv timer for et andet beløb.")))
    said = N_("Afrunding: {rounding}. Satser for {year}.")
    click.echo(words(said, rounding=str(slip.rounding), year=slip.year))


def _remark(line: Line, words: Words) -> str:
    parts = []
    if line.percent is not None:
        parts.append(f"{typed.danish(line.percent)} %")
    if line.carried_year:
        parts.append(words(N_("sats fra {year}"), year=line.carried_year))
    return ", ".join(parts)
