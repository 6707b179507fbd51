"""Nudges: what stands before a caseworker, a step done, a step put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.actions.lookup import must_be_staff
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor
from messages.tables import did_you_mean
from scheduler import store, store_nudges, store_problems
from scheduler.audit import record
from scheduler.due import instant
from scheduler.nudges import OPEN, Nudge, NudgeState
from scheduler.problems import follow_up_step
from scheduler.runs import raised_at
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Done:
    """A step that is done. `first`: this press did it; else it was done before, by
    `nudge.done_by` at `nudge.done_at`, and nothing changed."""

    nudge: Nudge
    first: bool


def list_nudges(actor: Actor, app: App) -> tuple[Nudge, ...]:
    """Every step of every open run, by time; those that wait for a date come last."""
    must_be_staff(actor)
    with app.database.read() as tx:
        return NudgeReader(app.plans).of_open_cases(tx)


def nudge_of(actor: Actor, nudge_id: str, app: App) -> Nudge:
    """One step as it stands now. Raises Refused when it does not exist (any more)."""
    must_be_staff(actor)
    with app.database.read() as tx:
        nudge = NudgeReader(app.plans).one(tx, nudge_id)
    if nudge is None:
        raise Refused("Opfølgningen findes ikke længere. Se listen med brobygger followups list.")
    return nudge


def find_nudge(actor: Actor, reference: str, step: str, app: App) -> Nudge:
    """The open step of that id in the open runs of a reference. Raises Refused with a near miss."""
    of_case = [nudge for nudge in list_nudges(actor, app) if nudge.case == reference.strip()]
    if not of_case:
        with app.database.read() as tx:
            known = store.known_references(tx)
        raise Refused(
            "Sagen “{reference}” har ingen opfølgning i gang{hint}",
            reference=reference.strip()[:40],
            hint=did_you_mean(reference.strip(), known),
        )
    fit = [nudge for nudge in of_case if nudge.step == step]
    if not fit:
        raise Refused(
            "Trinnet “{step}” findes ikke i sagens planer{hint}",
            step=step[:40],
            hint=did_you_mean(step, [nudge.step for nudge in of_case]),
        )
    return min(fit, key=lambda nudge: nudge.state not in OPEN)


def mark_done(actor: Actor, nudge_id: str, app: App, now: datetime) -> Done:
    """Mark a step done. Two people at once are harmless: the first counts, the second is told.

    Raises Refused when the step does not exist, or its case was stopped first.
    """
    nudge_of(actor, nudge_id, app)
    with app.database.write() as tx:
        first = store_nudges.mark_done(tx, nudge_id, actor.id, store.to_ms(now))
        if first:
            store_problems.close_with_nudge(tx, nudge_id, store.to_ms(now))
            record(tx, actor.id, "nudge.done", nudge_id, store.to_ms(now))
        nudge = NudgeReader(app.plans).one(tx, nudge_id)
    if nudge is None or nudge.state is NudgeState.STOPPED:
        raise Refused("Sagens opfølgning er stoppet, så trinnet kan ikke markeres som udført.")
    return Done(nudge, first)


def snooze(actor: Actor, nudge_id: str, until: date, app: App, now: datetime) -> Nudge:
    """Put a step off to a day, or the next workday after it; it is sent again then.

    Raises Refused for a day that is not ahead, and for a step that is done or stopped.
    """
    today = now.astimezone(COPENHAGEN).date()
    if not 0 < (until - today).days <= 366:
        raise Refused(
            "Udsæt til en dag efter i dag og højst et år frem, ikke {day}. Skriv f.eks. "
            "--until 2026-03-02.",
            day=until.isoformat(),
        )
    nudge = nudge_of(actor, nudge_id, app)
    day, morning = app.calendar.on_a_workday(until), app.config.hours.morning
    plan = app.plans.get(nudge.plan)
    step = (plan.step(nudge.step) if plan else None) or follow_up_step(nudge.step)
    raise_at = raised_at(step, day, app.calendar, morning) if step else None
    with app.database.write() as tx:
        at = step.at if step and step.at else morning
        if not store_nudges.put_off(tx, nudge_id, instant(day, at), raise_at):
            raise Refused("Trinnet er allerede udført eller stoppet, så det kan ikke udsættes.")
        record(tx, actor.id, "nudge.snoozed", nudge_id, store.to_ms(now))
        later = NudgeReader(app.plans).one(tx, nudge_id)
    return later or nudge
