"""Cases: a plan started, its dates set, its outcome told, its owner changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.actions.lookup import (
    find_caseworker,
    find_owner,
    find_plan,
    find_run,
    find_runs,
    left_out,
    must_be_staff,
)
from bot.actions.passing_on import pass_on, send_to_the_new
from bot.actions.runs import Ended, Run, end_run, move_run, new_run, start_run
from bot.arrivals.present import recipients_at
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor, Role
from scheduler import store
from scheduler.audit import record
from scheduler.cases import Case, check_anchors, check_not_over, read_reference
from scheduler.due import PlannedNudge, lay_out
from scheduler.plans import Anchor, Outcome

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class NewCase:
    """What is asked for: dates that are not known yet are left out. `include`: the optional steps
    to take in; `owner`: a person's id, the asking person when empty."""

    plan: str
    reference: str
    anchors: Mapping[Anchor, date]
    owner: str = ""
    include: tuple[str, ...] = ()


def preview(
    actor: Actor, plan_id: str, anchors: Mapping[Anchor, date], app: App, today: date
) -> tuple[PlannedNudge, ...]:
    """When the steps of a plan would come, without its optional steps; nothing is stored."""
    must_be_staff(actor)
    plan = find_plan(plan_id, app)
    check_anchors(anchors, today)
    return lay_out(
        plan,
        anchors,
        app.calendar,
        morning=app.config.hours.morning,
        without=left_out(plan, ()),
    )


@dataclass(frozen=True)
class HandedOver:
    """One case with a new owner. former: ids of who had its runs; to: whose they are now."""

    reference: str
    former: tuple[str, ...]
    to: str
    runs: int


def prepare(actor: Actor, request: NewCase, app: App, now: datetime) -> Case:
    """The run that the request asks for, checked and not yet stored. Raises as `start_case`."""
    plan = find_plan(request.plan, app)
    config = app.config
    reference = read_reference(request.reference, config.cases.pattern, config.cases.example)
    today = now.astimezone(COPENHAGEN).date()
    check_anchors(request.anchors, today)
    check_not_over(request.anchors, today)
    owner = find_owner(actor, request.owner, app)
    left = left_out(plan, request.include)
    return new_run(reference, plan, owner, anchors=request.anchors, without=left, now=now)


def start_case(actor: Actor, request: NewCase, app: App, now: datetime) -> Run:
    """Start a plan for a case. Steps that lie before today count as passed, and are not sent.

    Raises Refused or SchedulerError: no such plan, owner or optional step, a reference that is
    none, dates that do not fit, or an open run of the same plan.
    """
    must_be_staff(actor)
    case = prepare(actor, request, app, now)
    with app.database.write() as tx:
        return start_run(tx, actor, case, app, now)


def set_days(
    actor: Actor,
    reference: str,
    anchors: Mapping[Anchor, date],
    app: App,
    now: datetime,
    *,
    plan: str = "",
) -> Run:
    """Set or move dates of a run; the steps that have not gone out move along."""
    must_be_staff(actor)
    if not anchors:
        raise Refused(
            "Skriv mindst én dato, f.eks. 2026-03-31.", terminal="--first-payday 2026-03-31"
        )
    with app.database.write() as tx:
        case = find_run(tx, reference, app, plan, needs=frozenset(anchors))
        return move_run(tx, actor, case, anchors=anchors, app=app, now=now)


def end_case(
    actor: Actor,
    reference: str,
    outcome: Outcome,
    app: App,
    now: datetime,
    *,
    plan: str = "",
    start: date | None = None,
) -> Ended:
    """End a run with its outcome; where its plan names a next plan for it, start that one.

    Without a start the next plan's steps wait until it is set.
    """
    must_be_staff(actor)
    anchors = {Anchor.START: start} if start else {}
    check_anchors(anchors, now.astimezone(COPENHAGEN).date())
    with app.database.write() as tx:
        case = find_run(tx, reference, app, plan)
        return end_run(tx, actor, case, outcome, app=app, now=now, anchors=anchors)


def reassign(actor: Actor, from_owner: str, to_owner: str, app: App, now: datetime) -> int:
    """Hand every open run of one owner to another; how many."""
    if not actor.may(Role.LEADER) and actor.id != from_owner:
        raise Refused("Kun en leder kan flytte en andens sager. Bed din leder om det.")
    to_owner = find_owner(actor, to_owner, app)
    recipients = recipients_at(app, now)
    with app.database.write() as tx:
        runs = [run for run in store.open_cases(tx) if run.owner == from_owner != to_owner]
        moved = store.change_owner(tx, from_owner, to_owner)
        send_to_the_new(tx, runs, recipients, to=to_owner, app=app, now=now)
        record(tx, actor.id, "case.reassigned", to_owner, store.to_ms(now))
    return moved


def hand_over(actor: Actor, case: str, to: str, app: App, now: datetime) -> HandedOver:
    """Hand one case, with every open run of that reference, to another colleague.

    Whoever has it may, and a leader. Raises Refused for somebody else's case, an unknown one, a
    receiver who does not work with cases, and one who has it already.
    """
    must_be_staff(actor)
    to = find_caseworker(actor, to, app)
    recipients = recipients_at(app, now)
    with app.database.write() as tx:
        runs = find_runs(tx, case)
        former = tuple(sorted({run.owner for run in runs if run.owner != to}))
        if not former:
            raise Refused(
                "{name} har allerede sagen {reference}.",
                name=app.config.people.name_of(to),
                reference=runs[0].reference,
            )
        if not actor.may(Role.LEADER) and former != (actor.id,):
            raise Refused("Kun en leder kan flytte en andens sager. Bed din leder om det.")
        moved = [run for run in runs if run.owner != to]
        for run in moved:
            store.give_to(tx, run.id, to)
            record(tx, actor.id, "case.reassigned", run.id, store.to_ms(now))
        send_to_the_new(tx, moved, recipients, to=to, app=app, now=now)
        pass_on(tx, actor, moved, to=to, app=app, now=now)
    return HandedOver(runs[0].reference, former, to, len(moved))
