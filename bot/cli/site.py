"""`brobygger site`: all sheets with example numbers as static pages, for any web server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command(help=N_("Lav alle ark med eksempeltal som sider til en hjemmeside."))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help=N_("Mappen til siderne.")
)
@click.pass_obj
def site(shell: Shell, out: Path) -> None:
    from bot.actions.site import publish
    from messages.site import site as pages_of

    config, words = shell.app.config, shell.words
    pages = pages_of(
        shell.app.library, shell.today, address=config.site, reviewed_only=config.reviewed_only
    )
    done = publish(at_the_terminal(), pages, out)
    said = N_("{pages} filer i {folder}: {changed} nye eller ændrede, {removed} gamle fjernet.")
    click.echo(
        words(said, pages=done.pages, folder=out, changed=done.changed, removed=done.removed)
    )
    if not config.site:
        said = N_(
            "Skriv adressen under [site] i config.toml, f.eks. address = "
            '"https://ark.eksempel.dk": så får QR-koder og sitemap.xml hele adresser.'
        )
        click.echo(words(said), err=True)
