"""`brobygger followups`: plans laid out, cases followed, steps done, from the terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from bot.actions import cases, nudges
from bot.cli.dead_letters import dead_letters
from bot.cli.followup_changes import done, reassign, snooze
from bot.cli.followup_digest import digest
from bot.cli.followup_files import export, import_file
from bot.cli.followup_forget import forget_case
from bot.cli.followup_problems import problem
from bot.cli.followup_rows import (
    OUTCOME_WORDS,
    is_due,
    nudge_row,
    plan_title,
    planned_row,
    show,
    tell_run,
)
from bot.errors import Refused
from bot.people import Actor, at_the_terminal
from messages.tables import N_, did_you_mean
from scheduler.cases import read_day
from scheduler.plans import Anchor, Outcome

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.group(help=N_("Opfølgninger: planer, sager og trin."))
def followups() -> None:
    pass


_start = click.option("--start", default="", metavar="DATO", help=N_("Første dag."))
_end = click.option("--end", default="", metavar="DATO", help=N_("Sidste dag."))
_payday = click.option(
    "--first-payday", default="", metavar="DATO", help=N_("Den første lønningsdag.")
)
_plan = click.option("--plan", default="", help=N_("Hvilken plan, når sagen følger flere."))
_json = click.option("--json", "as_json", is_flag=True, help=N_("Som JSON."))


@followups.command("preview", help=N_("Vis, hvornår en plans trin kommer. Intet gemmes."))
@click.argument("plan")
@_start
@_end
@_payday
@_json
@click.pass_obj
def preview_plan(
    shell: Shell, plan: str, start: str, end: str, first_payday: str, *, as_json: bool
) -> None:
    planned = cases.preview(
        _actor(shell), plan, _days(start, end, first_payday), shell.app, shell.today
    )
    show(shell, [planned_row(plan, one) for one in planned], as_json=as_json)


@followups.command("add", help=N_("Begynd en plan for en sag."))
@click.option("--plan", required=True, help=N_("Planens navn, f.eks. virksomhedspraktik."))
@click.option("--case", "reference", required=True, help=N_("Sagens reference."))
@_start
@_end
@_payday
@click.option("--owner", default="", help=N_("Hvem der har sagen, et id under [people]."))
@click.option("--with", "include", multiple=True, help=N_("Et valgfrit trin, der skal med."))
@click.pass_obj
def add(
    shell: Shell,
    *,
    plan: str,
    reference: str,
    start: str,
    end: str,
    first_payday: str,
    owner: str,
    include: tuple[str, ...],
) -> None:
    days = _days(start, end, first_payday)
    request = cases.NewCase(plan, reference, days, owner, include)
    run = cases.start_case(_actor(shell), request, shell.app, shell.now)
    tell_run(shell, run)


@followups.command("list", help=N_("Trinene i de sager, der er i gang, eller i én af dem."))
@click.argument("reference", required=False, default="")
@click.option("--owner", default="", help=N_("Kun den ansvarliges, et id under [people]."))
@click.option("--due", is_flag=True, help=N_("Kun det, hvis tid er kommet, og som ikke er udført."))
@_json
@click.pass_obj
def list_all(shell: Shell, reference: str, owner: str, *, due: bool, as_json: bool) -> None:
    actor = _actor(shell)
    found = nudges.list_nudges(actor, shell.app, case=reference, owner=owner)
    if due:
        found = tuple(one for one in found if is_due(one, shell.now))
    if not found and not as_json:
        said = N_("Ingen opfølgninger i gang. Begynd med brobygger followups add --help.")
        click.echo(shell.words(N_("Intet venter på at blive gjort nu.") if due else said))
        return
    show(shell, [nudge_row(one) for one in found], as_json=as_json)


@followups.command("set", help=N_("Sæt eller flyt en sags datoer."))
@click.argument("reference")
@_start
@_end
@_payday
@_plan
@click.pass_obj
def set_days(
    shell: Shell, reference: str, *, start: str, end: str, first_payday: str, plan: str
) -> None:
    days, actor = _days(start, end, first_payday), _actor(shell)
    before = {one.id: one.due for one in nudges.list_nudges(actor, shell.app)}
    run = cases.set_days(actor, reference, days, shell.app, shell.now, plan=plan)
    moved = sum(one.due != before.get(one.id) for one in run.nudges)
    tell_run(shell, run)
    click.echo(shell.words(N_("Trin med ny tid: {count}."), count=moved))


@followups.command("outcome", help=N_("Skriv, hvordan en sag endte: job, extended eller stopped."))
@click.argument("reference")
@click.argument("outcome")
@_start
@_plan
@click.pass_obj
def outcome(shell: Shell, reference: str, outcome: str, start: str, plan: str) -> None:
    first_day = read_day(start, Anchor.START) if start else None
    if outcome not in set(Outcome):
        raise Refused(
            "Udfaldet “{outcome}” kendes ikke{hint}",
            outcome=outcome[:20],
            hint=did_you_mean(outcome, Outcome),
        )
    _end_case(shell, reference, Outcome(outcome), plan, first_day)


@followups.command("stop", help=N_("Stop en sags opfølgning."))
@click.argument("reference")
@_plan
@click.pass_obj
def stop(shell: Shell, reference: str, plan: str) -> None:
    _end_case(shell, reference, Outcome.STOPPED, plan, None)


def _end_case(
    shell: Shell, reference: str, outcome: Outcome, plan: str, start: date | None
) -> None:
    ended = cases.end_case(
        _actor(shell), reference, outcome, shell.app, shell.now, plan=plan, start=start
    )
    said = N_("{case}: {plan} er afsluttet ({outcome}). Trin, der ikke blev udført: {count}.")
    click.echo(
        shell.words(
            said,
            case=ended.case.reference,
            plan=shell.words(plan_title(shell, ended.case.plan)),
            outcome=shell.words(OUTCOME_WORDS[outcome]),
            count=ended.dropped,
        )
    )
    if ended.started:
        tell_run(shell, ended.started)


def _actor(shell: Shell) -> Actor:
    return at_the_terminal(shell.app.config.language)


def _days(start: str, end: str, first_payday: str) -> dict[Anchor, date]:
    """The dates that were given, by what they are."""
    given = {Anchor.START: start, Anchor.END: end, Anchor.FIRST_PAYDAY: first_payday}
    return {anchor: read_day(text, anchor) for anchor, text in given.items() if text}


for _command in (
    done,
    snooze,
    reassign,
    problem,
    digest,
    import_file,
    export,
    forget_case,
    dead_letters,
):
    followups.add_command(_command)
