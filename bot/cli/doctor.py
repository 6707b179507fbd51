"""`brobygger doctor`: looks at everything that must be right, and says how to mend what is not."""

from __future__ import annotations

import os

import click

from bot.cli.main import Shell
from messages.tables import N_


@click.command(
    "doctor",
    help=N_("Se efter, om alt er på plads: Slack, skrivebord, database, satser."),
)
@click.pass_obj
def doctor(shell: Shell) -> None:
    from bot.examination.whole import examine

    ill = 0
    for finding in examine(shell.app, os.environ, shell.now):
        sign = "✓" if finding.well else "✗"
        click.echo(f"{sign} {shell.words.problem(finding.seen)}")
        if finding.remedy:
            click.echo(f"  → {shell.words.problem(finding.remedy)}")
        ill += not finding.well
    if ill:
        click.echo(shell.words(N_("{count} ting skal rettes."), count=ill), err=True)
        raise click.exceptions.Exit(1)
    click.echo(shell.words(N_("Alt er på plads.")))
