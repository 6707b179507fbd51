"""`brobygger backup` and `brobygger restore`: the store to a file and back, while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command("backup", help=N_("Skriv en kopi af databasen til en ny fil, mens botten kører."))
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.pass_obj
def backup(shell: Shell, file: Path) -> None:
    from bot.actions.copies import back_up

    actor = at_the_terminal(shell.app.config.language)
    size = back_up(actor, file, shell.app, shell.now)
    said = N_("Kopien {file} er skrevet ({size} kB). Slet den senest efter {days} dage.")
    days = shell.app.config.followups.retention.backups_days
    click.echo(shell.words(said, file=file, size=max(1, size // 1024), days=days))


@click.command("restore", help=N_("Hent databasen tilbage fra en kopi, mens botten kører."))
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.pass_obj
def restore(shell: Shell, file: Path) -> None:
    from bot.actions.copies import restore as bring_back

    actor = at_the_terminal(shell.app.config.language)
    done = bring_back(actor, file, shell.app, shell.now)
    said = N_("Hentet fra {file}: {rows} rækker. Slettede forløb, der blev slettet igen: {erased}.")
    click.echo(shell.words(said, file=file, rows=done.rows, erased=done.erased_again))
