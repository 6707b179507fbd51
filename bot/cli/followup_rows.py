"""Follow-ups as lines on a screen, and as the JSON rows that other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from bot.actions.runs import Run
from bot.clock import COPENHAGEN
from messages.tables import N_
from scheduler.cases import Case
from scheduler.due import PlannedNudge
from scheduler.nudges import OPEN, Nudge, NudgeState
from scheduler.plans import Anchor, Outcome

if TYPE_CHECKING:
    from bot.cli.main import Shell

STATE_WORDS = {
    NudgeState.WAITING: N_("venter på en dato"),
    NudgeState.PLANNED: N_("planlagt"),
    NudgeState.PASSED: N_("lå før sagen begyndte"),
    NudgeState.QUEUED: N_("på vej"),
    NudgeState.SENT: N_("sendt, ikke udført"),
    NudgeState.UNDELIVERED: N_("kunne ikke leveres"),
    NudgeState.DONE: N_("udført"),
    NudgeState.STOPPED: N_("stoppet"),
}
_DUE, _BEFORE = N_("tiden er kommet"), N_("ligger før nu")
OUTCOME_WORDS = {
    Outcome.JOB: N_("i job"),
    Outcome.EXTENDED: N_("forlænget"),
    Outcome.STOPPED: N_("stoppet"),
}
_OPTIONS = {
    Anchor.START: "--start",
    Anchor.MIDDLE: "--end",
    Anchor.END: "--end",
    Anchor.FIRST_PAYDAY: "--first-payday",
}
_WEEKDAYS = (N_("ma"), N_("ti"), N_("on"), N_("to"), N_("fr"), N_("lø"), N_("sø"))


@dataclass(frozen=True)
class Shown:
    """One line: `title` is a msgid, `due` aware, None while the step waits."""

    case: str | None
    plan: str
    step: str
    title: str
    due: datetime | None
    state: NudgeState
    owner: str | None

    @property
    def json(self) -> dict[str, str | None]:
        due = self.due.astimezone(COPENHAGEN).isoformat(timespec="seconds") if self.due else None
        return {
            "case": self.case,
            "plan": self.plan,
            "step": self.step,
            "due": due,
            "state": self.state.value,
            "owner": self.owner,
        }


def nudge_row(nudge: Nudge) -> Shown:
    """A step of a case as a line."""
    return Shown(
        nudge.case, nudge.plan, nudge.step, nudge.title, nudge.due, nudge.state, nudge.owner
    )


def planned_row(plan: str, planned: PlannedNudge) -> Shown:
    """A step of a plan that no case follows yet as a line."""
    state = NudgeState.PLANNED if planned.due else NudgeState.WAITING
    return Shown(None, plan, planned.step.id, planned.step.title, planned.due, state, None)


def show(shell: Shell, rows: Sequence[Shown], *, as_json: bool) -> None:
    """Print the rows, as one JSON list or as columns."""
    if as_json:
        click.echo(json.dumps([row.json for row in rows], ensure_ascii=False, indent=1))
        return
    widest_case = max((len(row.case or "") for row in rows), default=0)
    widest_step = max((len(row.step) for row in rows), default=0)
    for row in rows:
        gone_by = row.state is NudgeState.PLANNED and row.due and row.due <= shell.now
        said = (_DUE if row.case else _BEFORE) if gone_by else STATE_WORDS[row.state]
        state = shell.words(said)
        case = f"{row.case:{widest_case}}  " if row.case else ""
        at = when(shell, row.due) if row.due else ""
        click.echo(f"{at:19}  {case}{row.step:{widest_step}}  {shell.words(row.title)} ({state})")


def tell_run(shell: Shell, run: Run) -> None:
    """Say which case follows which plan, and show its steps by time; then which dates lack."""
    click.echo(
        shell.words(
            N_("{case} følger planen {plan}. Ansvarlig: {owner}."),
            case=run.case.reference,
            plan=shell.words(plan_title(shell, run.case.plan)),
            owner=name(shell, run.case.owner),
        )
    )
    steps = sorted(run.nudges, key=lambda one: (one.due is None, one.due or shell.now))
    show(shell, [nudge_row(nudge) for nudge in steps], as_json=False)
    waiting = [one for one in steps if one.state is NudgeState.WAITING]
    option = _lacking(shell, run.case, waiting)
    if option:
        said = N_(
            "Trin, der venter på en dato: {count}. Sæt den med brobygger followups set {case} "
            "{option} DATO."
        )
        click.echo(shell.words(said, count=len(waiting), case=run.case.reference, option=option))


def plan_title(shell: Shell, plan_id: str) -> str:
    """The plan's title as a msgid, or the id of a plan that is no longer there."""
    plan = shell.app.plans.get(plan_id)
    return plan.title if plan else plan_id


def is_due(nudge: Nudge, now: datetime) -> bool:
    """Whether its time has come and nobody has done it. What lay before the case does not count."""
    open_ = nudge.state in OPEN and nudge.state is not NudgeState.PASSED
    return open_ and nudge.due is not None and nudge.due <= now


def _lacking(shell: Shell, case: Case, waiting: Sequence[Nudge]) -> str:
    """The option that sets what steps wait for; empty when nothing lacks."""
    plan = shell.app.plans.get(case.plan)
    steps = [plan.step(one.step) for one in waiting] if plan else []
    anchors = [step.anchor for step in steps if step]
    lacking = (one for one in anchors if one is Anchor.MIDDLE or one not in case.anchors)
    return _OPTIONS[next(lacking)] if anchors and waiting else ""


def when(shell: Shell, moment: datetime) -> str:
    """`ma 02.03.2026 09.00`: the day and time in Denmark."""
    local = moment.astimezone(COPENHAGEN)
    return f"{shell.words(_WEEKDAYS[local.weekday()])} {local:%d.%m.%Y %H.%M}"


def name(shell: Shell, person_id: str) -> str:
    """The person's name, or the id of somebody who is no longer in config.toml."""
    person = shell.app.config.people.get(person_id)
    return person.name if person else person_id


def day_of(day: date) -> str:
    """`02.03.2026`."""
    return f"{day:%d.%m.%Y}"
