"""`brobygger handouts`: a handout for each row of a CSV file, on every core or a Dask cluster."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.usage import WrongUse
from bot.errors import BotError
from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from bot.actions.bulk import BulkResult
    from bot.bulk.jobs import Shelf
    from bot.cli.main import Shell

_MOST_TOLD = 20


@click.command(help=N_("Lav et ark for hver række i en CSV-fil."))
@click.option(
    "--batch",
    required=True,
    type=click.Path(path_type=Path),
    help=N_("CSV-filen: kolonnerne topic, lang og format, og en for hvert tal."),
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help=N_("Mappen til arkene.")
)
@click.option("--workers", type=int, help=N_("Hvor mange processer der skal arbejde."))
@click.option("--dask", help=N_("En Dask-klynge i stedet, f.eks. tcp://10.0.0.5:8786."))
@click.pass_obj
def handouts(shell: Shell, batch: Path, out: Path, workers: int | None, dask: str | None) -> None:
    from bot.actions.bulk import make_handouts
    from bot.bulk.pools import MOST_WORKERS, dask_pool, process_pool
    from bot.bulk.rows import LARGEST, read_rows

    if workers is not None and dask:
        raise WrongUse(N_("Vælg enten --workers eller --dask."))
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        raise WrongUse(N_("--workers skal være et helt tal fra 1 til 64."))
    if out.exists() and not out.is_dir():
        raise BotError("{file} er en fil. Skriv en mappe, f.eks. --out ark.", file=out)
    with batch.open("rb") as file:
        rows = read_rows(file.read(LARGEST + 1), batch.name)
    count = workers or min(os.cpu_count() or 1, MOST_WORKERS)
    with _bar(shell, len(rows)) as bar:
        result = make_handouts(
            rows,
            out,
            _shelf(shell),
            open_pool=dask_pool(dask) if dask else process_pool(count),
            workers=count,
            shared_disk=not dask,
            words=shell.words,
            done=bar.update,
        )
    _tell(shell, result)


def _shelf(shell: Shell) -> Shelf:
    from bot.bulk.edition import edition_of
    from bot.bulk.jobs import Shelf

    app = shell.app
    edition = edition_of(app.overlay)
    return Shelf(at_the_terminal(), app.overlay, edition, shell.today, app.config.reviewed_only)


def _bar(shell: Shell, rows: int) -> ProgressBar[int]:
    """The progress on standard error; nothing at all where that is no terminal."""
    return click.progressbar(
        length=rows,
        label=shell.words(N_("Ark")),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )


def _tell(shell: Shell, result: BulkResult) -> None:
    """Say what became of the rows; raises BotError when one failed, so that the status is 1."""
    from bot.bulk.manifest import Status

    words, failed = shell.words, result.failed
    counts = {status.value: result.count(status) for status in Status}
    said = N_("{made} ark lavet, {kept} lå der i forvejen, {failed} mislykkedes. Se {manifest}.")
    click.echo(words(said, manifest=result.manifest, **counts))
    if result.others:
        said = N_("{count} ark fra tidligere står ikke i filen. Slet dem, når de er brugt.")
        click.echo(words(said, count=result.others), err=True)
    for entry in failed[:_MOST_TOLD]:
        said = N_("Række {row}: {reason}")
        click.echo(words(said, row=entry.row, reason=entry.reason), err=True)
    if failed:
        raise BotError(
            "{failed} af {all} rækker blev ikke til ark. Ret dem, og kør igen: "
            "kun det, der mangler, laves.",
            failed=len(failed),
            all=len(result.entries),
        )
