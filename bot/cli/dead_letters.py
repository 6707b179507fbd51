"""`brobygger followups dead-letters`: what could not be delivered, tried again or put away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.actions import dead_letters as actions
from bot.arrivals.undelivered import what, whom, why
from bot.cli.followup_rows import when
from bot.errors import Refused
from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command(
    "dead-letters", help=N_("Beskeder, der ikke kunne leveres: vis dem, prøv igen, læg dem væk.")
)
@click.option("--retry", default="", metavar="ID", help=N_("Prøv den besked igen."))
@click.option("--put-away", default="", metavar="ID", help=N_("Opgiv den besked for altid."))
@click.option("--json", "as_json", is_flag=True, help=N_("Som JSON."))
@click.pass_obj
def dead_letters(shell: Shell, *, retry: str, put_away: str, as_json: bool) -> None:
    actor, words = at_the_terminal(shell.app.config.language), shell.words
    if retry and put_away:
        raise Refused("Skriv enten --retry eller --put-away, f.eks. --retry 3f9a12bc.")
    if retry:
        actions.try_again(actor, retry, shell.app, shell.now)
        click.echo(words(N_("Beskeden prøves igen, når brobygger serve kører.")))
        return
    if put_away:
        actions.put_away(actor, put_away, shell.app, shell.now)
        click.echo(words(N_("Beskeden er lagt væk og bliver aldrig sendt.")))
        return
    found = actions.list_undelivered(actor, shell.app)
    if as_json:
        records = [_record(shell, one) for one in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(_line(shell, one))
    if not found:
        click.echo(words(N_("Alle beskeder er leveret.")))


def _line(shell: Shell, one: actions.Undelivered) -> str:
    words = shell.words
    line = words(
        N_("{id}  {what} til {whom}: {why}"),
        id=one.id,
        what=what(one.kind, words),
        whom=whom(one.to, shell.app.config.people),
        why=why(one.problem, words),
    )
    if one.overtaken:
        line += " " + words(N_("Opfølgningen er gået en anden vej i stedet."))
    return f"{line} ({when(shell, one.since)})" if one.since else line


def _record(shell: Shell, one: actions.Undelivered) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "to": one.to,
        "why": why(one.problem, shell.words),
        "since": one.since.isoformat() if one.since else None,
        "overtaken": one.overtaken,
    }
