"""`brobygger followups problem`: trouble reported from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.actions.problems import Reported, categories, read_category, report_problem
from bot.cli.followup_rows import name, when
from bot.people import at_the_terminal
from messages.tables import N_
from scheduler.problems import OFFERS

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command("problem", help=N_("Meld et problem i en sag: et ord fra listen, ingen fritekst."))
@click.argument("reference")
@click.argument("category", required=False, default="")
@click.option("--plan", default="", help=N_("Hvilken plan, når sagen følger flere."))
@click.pass_obj
def problem(shell: Shell, reference: str, category: str, plan: str) -> None:
    if not category:
        said = N_("Vælg et af ordene, f.eks. brobygger followups problem {case} sprog")
        click.echo(shell.words(said, case=reference))
        for known, kind in categories():
            click.echo(f"{known.value:14} {shell.words(kind.title)}")
        return
    reported = report_problem(
        at_the_terminal(shell.app.config.language),
        reference,
        read_category(category),
        shell.app,
        shell.now,
        plan=plan,
    )
    _tell(shell, reported)


def _tell(shell: Shell, reported: Reported) -> None:
    words, trouble = shell.words, reported.trouble
    said = N_("{case}: problemet er meldt ({kind}).")
    if not reported.first:
        said = N_("{case}: problemet er meldt i forvejen ({kind}).")
    click.echo(words(said, case=trouble.case, kind=words(reported.kind.title)))
    if reported.told:
        names = ", ".join(name(shell, one) for one in reported.told)
        click.echo(words(N_("Får besked nu: {names}."), names=names))
    elif reported.first:
        click.echo(words(N_("Ingen får besked: hverken ansvarlig eller leder har et Slack-id.")))
    if reported.contact:
        contact = reported.contact
        said = N_("Kan hjælpe: {name} {phone}")
        click.echo(words(said, name=contact.name, phone=contact.phone).rstrip())
    offers = ", ".join(words(OFFERS[offer]) for offer in reported.kind.offers)
    click.echo(words(N_("I kan tilbyde: {offers}."), offers=offers))
    if reported.follow_up and reported.follow_up.due:
        at = when(shell, reported.follow_up.due)
        click.echo(words(N_("Der følges op {when}."), when=at))
