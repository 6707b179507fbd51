"""`brobygger pictures`: which pictures there are, or a page that shows them all."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.main import Shell
from messages.languages import unknown_language
from messages.picture_sheet import picture_sheet, render_pictures
from messages.tables import N_


@click.command(help=N_("Vis billedernes navne, eller lav en side med dem alle."))
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("Siden: en fil der ender på .pdf, .png eller .html."),
)
@click.option("--lang", help=N_("Sproget billedernes ideer står på, f.eks. da eller en."))
@click.option(
    "--without-words",
    is_flag=True,
    help=N_("Kun numre på siden: spørg en der ikke kender billederne, hvad de viser."),
)
@click.pass_obj
def pictures(shell: Shell, output: Path | None, lang: str | None, without_words: bool) -> None:
    """List the pictures with their ideas, or write the page to `output`; raises a Problem."""
    library = shell.app.library
    code = lang or shell.app.config.language
    if code not in library.languages or code not in library.handout:
        raise unknown_language(code, library.handout)
    catalog = library.handout[code]
    if output is None:
        for picture in library.pictures.values():
            click.echo(f"{picture.id:24} {catalog.text(picture.idea)}")
        return
    sheet = picture_sheet(
        library.pictures.values(), library.languages[code], catalog, named=not without_words
    )
    output.write_bytes(render_pictures(sheet, output.suffix.lower(), library.templates))
    click.echo(shell.words(N_("{file}: {count} billeder"), file=output, count=len(sheet.shown)))
