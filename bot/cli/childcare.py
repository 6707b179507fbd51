"""`brobygger childcare`: what a household pays for its children's places."""

from __future__ import annotations

from decimal import Decimal

import click

from bot.cli import typed
from messages.childcare import Childcare, ChildcareCost, work_out_childcare
from messages.tables import N_

ZERO = Decimal(0)


@click.command(help=N_("Regn forældrebetalingen ud efter friplads og søskenderabat."))
@click.option("--income", required=True, help=N_("Husstandens årsindkomst efter AM-bidrag."))
@click.option("--price", "prices", multiple=True, help=N_("En plads' pris pr. måned; gentag."))
@click.option("--children-under-18", help=N_("Børn under 18 hjemme. Uden: antal pladser."))
@click.option("--single-parent", is_flag=True, help=N_("Enlig forsørger."))
@click.option("--months", default="12", help=N_("Måneder, der betales for om året: 11 eller 12."))
@click.option("--year", help=N_("År, f.eks. 2026."))
@click.option("--rates", help=N_("En fil med satser for endnu et år."))
@click.option("--json", "as_json", is_flag=True, help=N_("Skriv resultatet som JSON."))
@click.pass_obj
def childcare(
    shell: typed.SumsShell,
    *,
    income: str,
    prices: tuple[str, ...],
    children_under_18: str | None,
    single_parent: bool,
    months: str,
    year: str | None,
    rates: str | None,
    as_json: bool,
) -> None:
    asked = Childcare(
        income=typed.amount(income, "--income") or ZERO,
        prices=tuple(typed.amount(price, "--price") or ZERO for price in prices),
        children_under_18=typed.count(children_under_18, "--children-under-18", 2),
        single_parent=single_parent,
        months=typed.count(months, "--months", 12) or 0,
    )
    chapter = typed.rates_from(shell, year, rates)
    cost = work_out_childcare(asked, chapter.rates)
    if as_json:
        click.echo(typed.as_json(_values(cost)))
    else:
        _show(shell, cost)


def _values(cost: ChildcareCost) -> dict[str, object]:
    return {
        "parent_percent": cost.parent_percent,
        "step": cost.step,
        "prices": cost.prices,
        "after_subsidy": cost.after_subsidy,
        "after_sibling": cost.after_sibling,
        "total": cost.total,
        "total_year": cost.total_year,
        "months": cost.months,
        "free_up_to": cost.free_up_to,
        "full_from": cost.full_from,
        "year": cost.year,
    }


def _show(shell: typed.SumsShell, cost: ChildcareCost) -> None:
    words = shell.words
    rows = []
    for number, price in enumerate(cost.prices):
        subsidised, paid = cost.after_subsidy[number], cost.after_sibling[number]
        said = N_("efter friplads {subsidised}, efter søskenderabat {paid}")
        remark = words(said, subsidised=typed.kroner(subsidised), paid=typed.kroner(paid))
        rows.append((words(N_("Plads {number}"), number=number + 1), typed.kroner(price), remark))
    rows.append((words(N_("I alt pr. måned")), typed.kroner(cost.total), ""))
    typed.show_table(rows)
    said = N_(
        "I betaler {percent} procent af prisen. Gratis til og med {free}, fuld pris fra {full}, "
        "ét procentpoint mere for hver {step} kr. Satser for {year}."
    )
    click.echo(
        words(
            said,
            percent=cost.parent_percent,
            free=typed.kroner(cost.free_up_to),
            full=typed.kroner(cost.full_from),
            step=typed.danish(Decimal(cost.step)),
            year=cost.year,
        )
    )
