"""`brobygger check`: all data read and judged; the file, the key or line, and the remedy."""

from __future__ import annotations

import json
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import click

from bot.errors import BotError
from bot.people import at_the_terminal
from bot.words import Words
from messages.checks.finding import Level
from messages.errors import Problem
from messages.tables import N_

if TYPE_CHECKING:
    from bot.actions.check import Report
    from bot.cli.main import Shell
    from messages.checks.finding import Finding
    from messages.checks.sheets import Measured

_LEVELS = {Level.ERROR: N_("FEJL"), Level.WARNING: N_("OBS")}


@click.command(help=N_("Tjek alle filer: emner, billeder, satser, planer, ord og oversættelser."))
@click.option("--json", "as_json", is_flag=True, help=N_("Som JSON."))
@click.pass_obj
def check(shell: Shell, *, as_json: bool) -> None:
    from bot.actions.check import check as check_action

    words = _words(shell)
    config = shell.app.config
    report = check_action(at_the_terminal(), config, shell.today, packages_distributions())
    if as_json:
        click.echo(json.dumps(as_record(report, words), ensure_ascii=False, indent=1))
    else:
        _show(report, words)
    if errors := report.count(Level.ERROR):
        raise BotError(
            "{errors} fejl i filerne. Ret dem, og kør brobygger check igen.", errors=errors
        )


def as_record(report: Report, words: Words) -> dict[str, object]:
    """The report for other programs: the same findings, worded, and each sheet's LIX."""
    return {
        "files": report.files,
        "errors": report.count(Level.ERROR),
        "warnings": report.count(Level.WARNING),
        "findings": [
            {
                "level": finding.level.value,
                "file": finding.file,
                "where": finding.where,
                "message": words.problem(finding.what),
            }
            for finding in report.findings
        ],
        "readability": [_read(measured) for measured in report.measured],
    }


def _read(measured: Measured) -> dict[str, object]:
    read = measured.readability
    return {
        "topic": measured.topic,
        "lix": round(read.raw, 1),
        "lix_adjusted": round(read.adjusted, 1),
        "terms": list(read.terms),
        "long_words": list(read.offending),
    }


def _show(report: Report, words: Words) -> None:
    for finding in report.findings:
        click.echo(_line(finding, words))
    click.echo(words(N_("LIX: alle ord / uden op til tre forklarede ord")))
    for measured in report.measured:
        read = measured.readability
        excused = f"  ({', '.join(read.terms)})" if read.terms else ""
        click.echo(f"  {measured.topic:24} {read.raw:5.1f} / {read.adjusted:5.1f}{excused}")
    said = N_("{files} filer læst: {errors} fejl, {warnings} ting at se på.")
    counts = {"errors": report.count(Level.ERROR), "warnings": report.count(Level.WARNING)}
    click.echo(words(said, files=report.files, **counts))


def _line(finding: Finding, words: Words) -> str:
    place = f"{finding.file}:{finding.where}" if finding.where.isdigit() else finding.file
    key = "" if finding.where.isdigit() or not finding.where else f" {finding.where}"
    return f"{words(_LEVELS[finding.level])} {place}{key}: {words.problem(finding.what)}"


def _words(shell: Shell) -> Words:
    """The reader's words; Danish where a broken file keeps the catalogs from being opened."""
    try:
        return shell.words
    except Problem:
        return Words()
