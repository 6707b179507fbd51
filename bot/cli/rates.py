"""`brobygger rates`: every figure with its source; `rates diff`: what a new year changes."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bot.cli import typed
from bot.errors import BotError
from bot.words import Words
from messages.rates import Confidence, Figure, Rates, missing_rates
from messages.tables import N_

CONFIDENCE = {
    Confidence.VERIFIED: N_("læst hos myndigheden"),
    Confidence.SECONDARY: N_("læst hos en, der citerer myndigheden"),
    Confidence.DERIVED: N_("regnet ud"),
    Confidence.CARRIED: N_("videreført fra {year}"),
    Confidence.UNVERIFIED: N_("ikke kontrolleret: bruges ikke og vises ikke"),
}

# The sums that a group of figures enters, by the names that topics call them.
TOUCHES = {
    "tax": ("tax", "payslip"),
    "pay": ("payslip", "tax"),
    "atp": ("payslip",),
    "holiday": ("holiday",),
    "childcare": ("childcare",),
    "municipalities": ("tax", "payslip"),
}


@click.group(invoke_without_command=True, help=N_("Vis alle satser med deres kilde."))
@click.option("--year", help=N_("År, f.eks. 2026."))
@click.option("--rates", "file", help=N_("En fil med satser for endnu et år."))
@click.pass_context
def rates(context: click.Context, year: str | None, file: str | None) -> None:
    if context.invoked_subcommand is not None:
        return
    shell: typed.SumsShell = context.obj
    chapter = typed.rates_from(shell, year, file)
    for figure in _figures(chapter.rates):
        click.echo(_said(figure, shell.words))
    for missing in missing_rates(chapter.all_rates, shell.today):
        said = N_("Satser for {year} mangler: læg rates/{year}.toml i mappen med egne satser.")
        click.echo(shell.words(said, year=missing))


@rates.command(help=N_("Vis, hvad der ændrer sig fra ét år til et andet."))
@click.argument("first")
@click.argument("second")
@click.option("--rates", "file", help=N_("En fil med satser for endnu et år."))
@click.pass_obj
def diff(shell: typed.SumsShell, first: str, second: str, file: str | None) -> None:
    all_rates = typed.rates_from(shell, None, file).all_rates
    years = [typed.whole_year(text) for text in (first, second)]
    for year in years:
        if year not in all_rates:
            raise BotError(
                "Der er ingen satser for {year}. Skriv et af årene {known}.",
                year=year,
                known=", ".join(str(known) for known in sorted(all_rates)),
            )
    before, after = (_values(all_rates[year]) for year in years)
    changed = sorted(key for key in before.keys() | after.keys() if _differs(key, before, after))
    for key in changed:
        old, new = (_number(values.get(key)) for values in (before, after))
        click.echo(f"{key}: {old} → {new}{_touched(key, shell)}")
    said = N_("{count} satser er ændret fra {first} til {second}.")
    click.echo(shell.words(said, count=len(changed), first=years[0], second=years[1]))


def _touched(key: str, shell: typed.SumsShell) -> str:
    """The topics whose sums the figure enters, in brackets."""
    sums = TOUCHES.get(key.partition(".")[0], ())
    topics = sorted(name for name, topic in shell.app.library.topics.items() if topic.sum in sums)
    return f"  [{', '.join(topics)}]" if topics else ""


def _figures(rates: Rates) -> Iterator[Figure]:
    yield from rates.figures.values()
    for municipality in rates.municipalities.values():
        yield municipality.municipal
        yield municipality.church


def _values(rates: Rates) -> dict[str, Figure]:
    return {figure.key: figure for figure in _figures(rates)}


def _differs(key: str, before: dict[str, Figure], after: dict[str, Figure]) -> bool:
    old, new = before.get(key), after.get(key)
    return old is None or new is None or _number(old) != _number(new)


def _number(figure: Figure | None) -> str:
    """The value as Danes write it; a dash where there is none to show."""
    if figure is None or figure.confidence is Confidence.UNVERIFIED:
        return "–"
    return typed.danish(figure.value)


def _said(figure: Figure, words: Words) -> str:
    trust = words(CONFIDENCE[figure.confidence], year=figure.carried_year or "")
    number = _number(figure)
    since = words(
        N_("fra {since}, kontrolleret {checked}"), since=figure.since, checked=figure.checked
    )
    return f"{figure.key} = {number} {figure.unit} | {trust} | {since} | {figure.source}"
