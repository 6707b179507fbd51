"""`brobygger followups forget`: a case erased, and what is not gone yet said as plainly."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bot.actions.privacy import Forgotten, forget, still_in_slack
from bot.cli.followup_rows import day_of
from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell

_SURE = N_("Alt om sagen slettes, for altid. Skriv dens reference igen: {case}")
_NOW = N_(
    "Slettet nu: forløb: {runs}, trin: {nudges}, problemer: {problems}, beskeder i udbakken: "
    "{posts}, spor i loggen: {audit}, spørgsmål, der nævnte sagen: {mentions}."
)
_LATER = N_(
    "Ikke slettet endnu: bottens beskeder i Slack, {count} i alt. Den bot, der kører (brobygger "
    "serve), fjerner dem inden for et minut; er den standset, bliver de stående. Se efter med "
    "brobygger followups forget."
)
_NONE_IN_SLACK = N_("I Slack står der ingen beskeder fra botten om sagen.")
_COPY = N_("Kopien {file} fra en opgradering indeholder stadig sagen. Slet den.")
_BACKUPS = N_(
    "Sikkerhedskopier fra før i dag kan indeholde sagen til {day}. Hentes en tilbage, slettes "
    "sagen igen."
)
_NOT_OURS = N_("Det, kolleger selv har skrevet eller hentet, rører botten ikke.")


@click.command("forget", help=N_("Slet alt om en sag, for altid. Uden sag: se, hvad der mangler."))
@click.argument("reference", required=False, default="")
@click.option("--yes", is_flag=True, help=N_("Spørg ikke først."))
@click.pass_obj
def forget_case(shell: Shell, reference: str, *, yes: bool) -> None:
    words = shell.words
    if not reference:
        _tell_of_slack(shell)
        return
    # Only a person is asked: a program that calls us has made up its mind.
    if not yes and sys.stdin.isatty():
        typed = click.prompt(words(_SURE, case=reference), default="", show_default=False)
        if typed.strip() != reference.strip():
            click.echo(words(N_("Intet er slettet.")))
            raise click.Abort
    done = forget(at_the_terminal(shell.app.config.language), reference, shell.app, shell.now)
    click.echo(words(N_("{case} er slettet."), case=reference))
    _tell(shell, done)


def _tell(shell: Shell, done: Forgotten) -> None:
    words, erased = shell.words, done.erased
    click.echo(
        words(
            _NOW,
            runs=erased.runs,
            nudges=erased.nudges,
            problems=erased.problems,
            posts=erased.outbox,
            audit=erased.audit,
            mentions=done.mentions,
        )
    )
    click.echo(words(_LATER, count=done.posts) if done.posts else words(_NONE_IN_SLACK))
    for copy in done.copies:
        click.echo(words(_COPY, file=copy))
    click.echo(words(_BACKUPS, day=day_of(done.backups_until)))
    click.echo(words(_NOT_OURS))


def _tell_of_slack(shell: Shell) -> None:
    """What of erased cases still stands in Slack, and who must take it away."""
    words = shell.words
    left = still_in_slack(at_the_terminal(shell.app.config.language), shell.app)
    if not left.waiting and not left.refused:
        click.echo(words(N_("Intet om slettede sager står tilbage i Slack.")))
    if left.waiting:
        said = N_("{count} beskeder om slettede sager venter på, at brobygger serve fjerner dem.")
        click.echo(words(said, count=left.waiting))
    for one in left.refused:
        said = N_("Fjern selv i Slack: kanal {channel}, besked {ts}. {problem}")
        click.echo(
            words(said, channel=one.posted.channel, ts=one.posted.ts, problem=one.problem or "")
        )
