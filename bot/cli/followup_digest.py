"""`brobygger followups digest`: the leader's week on a screen, as it comes in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.actions.overview import overview
from bot.arrivals.digest import digest_parts, digest_warnings
from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command("digest", help=N_("Ugens overblik for lederen: pr. hold, aldrig pr. medarbejder."))
@click.pass_obj
def digest(shell: Shell) -> None:
    seen = overview(at_the_terminal(shell.app.config.language), shell.app, shell.now)
    for part in digest_parts(seen, shell.words):
        click.echo(f"{part.heading}\n{part.text}" if part.heading else part.text)
    for warning in digest_warnings(seen, shell.words):
        click.echo(f"! {warning}")
