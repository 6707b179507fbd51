"""`brobygger followups`: plans laid out, cases followed, steps done, from the terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from bot.actions import cases, nudges
from bot.cli.followup_files import export, forget, import_file
from bot.cli.followup_problems import problem
from bot.cli.followup_rows import name, nudge_row, planned_row, show, tell_run, when
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


@followups.command("list", help=N_("Alle trin i de sager, der er i gang."))
@_json
@click.pass_obj
def list_all(shell: Shell, *, as_json: bool) -> None:
    found = nudges.list_nudges(_actor(shell), shell.app)
    if not found and not as_json:
        click.echo(
            shell.words(N_("Ingen opfølgninger endnu. Begynd med brobygger followups add --help."))
        )
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
    days = _days(start, end, first_payday)
    run = cases.set_days(_actor(shell), reference, days, shell.app, shell.now, plan=plan)
    tell_run(shell, run)


@followups.command("done", help=N_("Markér et trin som udført."))
@click.argument("reference")
@click.argument("step")
@click.pass_obj
def done(shell: Shell, reference: str, step: str) -> None:
    actor = _actor(shell)
    nudge = nudges.find_nudge(actor, reference, step, shell.app)
    result = nudges.mark_done(actor, nudge.id, shell.app, shell.now)
    at = result.nudge.done_at or shell.now
    said = N_("{case} · {title}: udført.")
    if not result.first:
        said = N_("{case} · {title}: var allerede udført af {who} {when}.")
    click.echo(
        shell.words(
            said,
            case=result.nudge.case,
            title=shell.words(result.nudge.title),
            who=name(shell, result.nudge.done_by or ""),
            when=when(shell, at),
        )
    )


@followups.command("snooze", help=N_("Udsæt et trin til en anden dag."))
@click.argument("reference")
@click.argument("step")
@click.option("--until", required=True, metavar="DATO", help=N_("Dagen, det skal komme igen."))
@click.pass_obj
def snooze(shell: Shell, reference: str, step: str, until: str) -> None:
    actor = _actor(shell)
    nudge = nudges.find_nudge(actor, reference, step, shell.app)
    later = nudges.snooze(actor, nudge.id, read_day(until, Anchor.START), shell.app, shell.now)
    click.echo(
        shell.words(
            N_("{case} · {title}: udsat til {when}."),
            case=later.case,
            title=shell.words(later.title),
            when=when(shell, later.due or shell.now),
        )
    )


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


@followups.command("reassign", help=N_("Flyt alle en persons sager til en anden."))
@click.argument("from_owner")
@click.argument("to_owner")
@click.pass_obj
def reassign(shell: Shell, from_owner: str, to_owner: str) -> None:
    moved = cases.reassign(_actor(shell), from_owner, to_owner, shell.app, shell.now)
    click.echo(
        shell.words(
            N_("Sager flyttet fra {former} til {to}: {count}."),
            count=moved,
            former=name(shell, from_owner),
            to=name(shell, to_owner),
        )
    )


def _end_case(
    shell: Shell, reference: str, outcome: Outcome, plan: str, start: date | None
) -> None:
    ended = cases.end_case(
        _actor(shell), reference, outcome, shell.app, shell.now, plan=plan, start=start
    )
    click.echo(shell.words(N_("{case}: opfølgningen er afsluttet."), case=ended.case.reference))
    if ended.started:
        tell_run(shell, ended.started)


def _actor(shell: Shell) -> Actor:
    return at_the_terminal(shell.app.config.language)


def _days(start: str, end: str, first_payday: str) -> dict[Anchor, date]:
    """The dates that were given, by what they are."""
    given = {Anchor.START: start, Anchor.END: end, Anchor.FIRST_PAYDAY: first_payday}
    return {anchor: read_day(text, anchor) for anchor, text in given.items() if text}


for _command in (problem, import_file, export, forget):
    followups.add_command(_command)
