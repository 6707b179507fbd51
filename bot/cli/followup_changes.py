"""`brobygger followups done, snooze, reassign`: a step ticked off or put off, cases handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.actions import cases, nudges
from bot.cli.followup_rows import name, when
from bot.cli.typed import count
from bot.cli.usage import WrongUse
from bot.errors import Refused
from bot.people import at_the_terminal
from messages.errors import Problem
from messages.tables import N_
from scheduler.cases import read_date

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command("done", help=N_("Markér et trin som udført."))
@click.argument("reference")
@click.argument("step")
@click.pass_obj
def done(shell: Shell, reference: str, step: str) -> None:
    actor = at_the_terminal(shell.app.config.language)
    nudge = nudges.find_nudge(actor, reference, step, shell.app)
    result = nudges.mark_done(actor, nudge.id, shell.app, shell.now)
    at = result.nudge.done_at or shell.now
    said = N_("{case}: “{title}” er udført.")
    if not result.first:
        said = N_("{case}: “{title}” var allerede udført af {who} {when}.")
    click.echo(
        shell.words(
            said,
            case=result.nudge.case,
            title=shell.words(result.nudge.title),
            who=name(shell, result.nudge.done_by or ""),
            when=when(shell, at),
        )
    )


@click.command("snooze", help=N_("Udsæt et trin til en anden dag eller nogle timer."))
@click.argument("reference")
@click.argument("step")
@click.option("--until", default="", metavar="DATO", help=N_("Dagen, det skal komme igen."))
@click.option("--hours", metavar="TIMER", help=N_("Eller hvor mange timer det skal vente."))
@click.pass_obj
def snooze(shell: Shell, reference: str, step: str, *, until: str, hours: str | None) -> None:
    if bool(until) is (hours is not None):
        raise Refused(
            "Skriv enten en dag eller et antal timer, f.eks. --until 2026-03-02 eller --hours 1."
        )
    actor = at_the_terminal(shell.app.config.language)
    nudge = nudges.find_nudge(actor, reference, step, shell.app)
    day = read_date(until, Problem(N_("Datoen"))) if until else None
    later = nudges.snooze(
        actor, nudge.id, day, shell.app, shell.now, for_hours=count(hours, "--hours", 1)
    )
    click.echo(
        shell.words(
            N_("{case}: “{title}” er udsat til {when}."),
            case=later.case,
            title=shell.words(later.title),
            when=when(shell, later.due or shell.now),
        )
    )


@click.command("reassign", help=N_("Flyt alle en persons sager, eller én sag, til en anden."))
@click.argument("people", nargs=-1, metavar=N_("[FRA] TIL"))
@click.option("--case", "reference", default="", help=N_("Kun denne sag: skriv kun TIL."))
@click.pass_obj
def reassign(shell: Shell, people: tuple[str, ...], reference: str) -> None:
    actor = at_the_terminal(shell.app.config.language)
    if reference:
        if len(people) != 1:
            raise WrongUse(N_("Der skal kun stå, hvem der skal have sagen."))
        handed = cases.hand_over(actor, reference, people[0], shell.app, shell.now)
        said = N_("{case} er flyttet fra {former} til {to}.")
        former = ", ".join(name(shell, one) for one in handed.former)
        to = name(shell, handed.to)
        click.echo(shell.words(said, case=handed.reference, former=former, to=to))
        return
    if len(people) != 2:
        raise WrongUse(N_("Der skal stå, hvem der har sagerne, og hvem der skal have dem."))
    moved = cases.reassign(actor, people[0], people[1], shell.app, shell.now)
    said = N_("Sager flyttet fra {former} til {to}: {count}.")
    former, to = (name(shell, one) for one in people)
    click.echo(shell.words(said, count=moved, former=former, to=to))
