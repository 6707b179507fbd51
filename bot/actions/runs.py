"""What happens to a run inside a transaction: begun, moved, ended. The actions check who may."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.actions.lookup import left_out
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor
from scheduler import store, store_endings, store_nudges
from scheduler.audit import record
from scheduler.cases import Case, check_anchors
from scheduler.dialect import Tx
from scheduler.nudges import OPEN, Nudge, NudgeState
from scheduler.plans import Anchor, Outcome, Plan
from scheduler.runs import lay_run
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Run:
    """A case and its steps, as they stand after the action."""

    case: Case
    nudges: tuple[Nudge, ...]


@dataclass(frozen=True)
class Ended:
    """A run that ended, and the one that its outcome started, if any. dropped: how many steps
    were still to come, or waited to be done."""

    case: Case
    started: Run | None
    dropped: int = 0


def new_run(
    reference: str,
    plan: Plan,
    owner: str,
    *,
    anchors: Mapping[Anchor, date],
    without: tuple[str, ...],
    now: datetime,
) -> Case:
    """A run that is not stored yet. Its id is chance: it tells nothing about the case."""
    return Case(secrets.token_hex(8), reference, plan.id, owner, anchors, now, without)


def start_run(tx: Tx, actor: Actor, case: Case, app: App, now: datetime) -> Run:
    """Store the run and its steps. Raises Refused when its plan is followed already."""
    if not store.add_case(tx, case):
        raise Refused(
            "Sagen {reference} følger allerede planen {plan}. Åbn den, og flyt dens datoer.",
            terminal=f"brobygger followups set {case.reference}",
            reference=case.reference,
            plan=case.plan,
        )
    store_nudges.add_nudges(tx, case.id, _laid(case, app, now))
    record(tx, actor.id, "case.started", case.id, store.to_ms(now))
    return Run(case, NudgeReader(app.plans).of_case(tx, case.id))


def move_run(
    tx: Tx, actor: Actor, case: Case, *, anchors: Mapping[Anchor, date], app: App, now: datetime
) -> Run:
    """Set or move its dates, and what has not gone out. Raises SchedulerError when they do not fit
    together."""
    case = replace(case, anchors={**case.anchors, **anchors})
    check_anchors(case.anchors, now.astimezone(COPENHAGEN).date())
    store.set_anchors(tx, case)
    store_nudges.move_nudges(tx, case.id, _laid(case, app, now))
    record(tx, actor.id, "case.days", case.id, store.to_ms(now))
    return Run(case, NudgeReader(app.plans).of_case(tx, case.id))


def end_run(
    tx: Tx,
    actor: Actor,
    case: Case,
    outcome: Outcome,
    *,
    app: App,
    now: datetime,
    anchors: Mapping[Anchor, date],
) -> Ended:
    """End it; start the plan that its outcome leads to, with `anchors`, unless it is followed."""
    steps = NudgeReader(app.plans).of_case(tx, case.id)
    dropped = sum(one.state in OPEN and one.state is not NudgeState.PASSED for one in steps)
    store_endings.end_case(tx, case.id, outcome, store.to_ms(now))
    record(tx, actor.id, f"case.{outcome}", case.id, store.to_ms(now))
    ended = app.plans.get(case.plan)
    following = app.plans.get(ended.next.get(outcome, "")) if ended else None
    open_runs = store.open_cases(tx, case.reference)
    if following is None or following.id in {run.plan for run in open_runs}:
        return Ended(case, None, dropped)
    next_case = new_run(
        case.reference,
        following,
        case.owner,
        anchors=anchors,
        without=left_out(following, ()),
        now=now,
    )
    return Ended(case, start_run(tx, actor, next_case, app, now), dropped)


def _laid(case: Case, app: App, now: datetime) -> tuple[store_nudges.Laid, ...]:
    plan = app.plans.get(case.plan)
    if plan is None:
        return ()
    return lay_run(
        plan,
        case.anchors,
        app.calendar,
        now,
        morning=app.config.hours.morning,
        without=case.without,
    )
