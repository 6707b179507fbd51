"""`brobygger followups import, export`: cases in from a file, and out to one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions.imports import Became, Imported, import_cases
from bot.actions.privacy import export_cases
from bot.case_export import as_calendar, as_csv
from bot.case_file import read_case_file
from bot.errors import BotError
from bot.people import at_the_terminal
from bot.whole_file import write_whole
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell

_BECAME = {
    Became.NEW: N_("nye: {count}"),
    Became.CHANGED: N_("ændret: {count}"),
    Became.ENDED: N_("afsluttet: {count}"),
    Became.SAME: N_("uændret: {count}"),
    Became.REFUSED: N_("afvist: {count}"),
}


@click.command("import", help=N_("Hent sager fra en CSV-fil. Anden gang ændrer den kun."))
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Prøv kun; intet gemmes."))
@click.pass_obj
def import_file(shell: Shell, file: Path, *, dry_run: bool) -> None:
    app = shell.app
    read = read_case_file(file.read_bytes(), app.config.followups.imports.columns)
    actor = at_the_terminal(app.config.language)
    results = import_cases(actor, read, app, shell.now, dry_run=dry_run)
    mapped = ", ".join(f"{ours} = “{theirs}”" for ours, theirs in read.mapped.items())
    click.echo(shell.words(N_("Kolonner, der er læst: {columns}."), columns=mapped))
    if read.dropped:
        said = N_("Kolonner, der ikke er læst: {count}.")
        click.echo(shell.words(said, count=len(read.dropped)))
    counts = [
        shell.words(said, count=sum(one.became is became for one in results))
        for became, said in _BECAME.items()
    ]
    done = N_("Prøve, intet er gemt: {counts}.") if dry_run else N_("Hentet: {counts}.")
    click.echo(shell.words(done, counts=", ".join(counts)))
    _refuse(shell, [one for one in results if one.became is Became.REFUSED])


def _refuse(shell: Shell, refused: list[Imported]) -> None:
    """Tell each row; the command fails when any was refused, though the others were taken."""
    for one in refused:
        if one.problem:
            reason = shell.words.problem(one.problem)
            line = shell.words(N_("Linje {line}: {reason}"), line=one.line, reason=reason)
            click.echo(line, err=True)
    if refused:
        raise BotError("Afviste rækker: {count}. Ret dem, og hent filen igen.", count=len(refused))


@click.command("export", help=N_("Skriv sager ud som CSV, eller til en kalender med .ics."))
@click.argument("reference", required=False, default="")
@click.option("-o", "--output", type=click.Path(path_type=Path), help=N_("Filen: .csv eller .ics."))
@click.pass_obj
def export(shell: Shell, reference: str, output: Path | None) -> None:
    kept = export_cases(at_the_terminal(shell.app.config.language), shell.app, reference)
    suffix = output.suffix.lower() if output else ".csv"
    if suffix not in {".csv", ".ics"}:
        raise BotError(
            "Endelsen {suffix} kendes ikke. Skriv f.eks. -o sager.csv eller -o sager.ics.",
            suffix=suffix or "(ingen)",
        )
    content = (
        as_calendar(kept, shell.words, shell.now) if suffix == ".ics" else as_csv(kept, shell.words)
    )
    if output is None:
        sys.stdout.write(content.decode("utf-8-sig"))
        return
    write_whole(output, content)
    click.echo(shell.words(N_("{file} er skrevet: {count} forløb."), file=output, count=len(kept)))
