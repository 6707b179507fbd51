"""Nudges: what stands before a caseworker, a step done, a step put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.actions.lookup import find_owner, find_runs, must_be_staff
from bot.arrivals.present import recipients_at
from bot.clock import COPENHAGEN
from bot.errors import BotError, Refused
from bot.people import Actor
from messages.tables import did_you_mean
from scheduler import store, store_nudges, store_problems
from scheduler.audit import record
from scheduler.due import instant
from scheduler.nudges import OPEN, Nudge, NudgeState
from scheduler.plans import Step
from scheduler.problems import follow_up_step
from scheduler.runs import raised_at
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App

LONGEST_HOURS = 24
"""What is to wait longer waits until a day."""


@dataclass(frozen=True)
class Done:
    """A step that is done. `first`: this press did it; else it was done before, by
    `nudge.done_by` at `nudge.done_at`, and nothing changed."""

    nudge: Nudge
    first: bool


def list_nudges(actor: Actor, app: App, *, case: str = "", owner: str = "") -> tuple[Nudge, ...]:
    """Every step of every open run, by time; those that wait for a date come last. Of one case,
    one owner, where they are named. Raises Refused for a case or an owner that is not there."""
    must_be_staff(actor)
    owner = find_owner(actor, owner, app) if owner else ""
    with app.database.read() as tx:
        if case:
            find_runs(tx, case)
        found = NudgeReader(app.plans).of_open_cases(tx)
    wanted = case.strip()
    return tuple(one for one in found if wanted in ("", one.case) and owner in ("", one.owner))


def nudge_of(actor: Actor, nudge_id: str, app: App) -> Nudge:
    """One step as it stands now. Raises Refused when it does not exist (any more)."""
    must_be_staff(actor)
    with app.database.read() as tx:
        nudge = NudgeReader(app.plans).one(tx, nudge_id)
    if nudge is None:
        raise Refused(
            "Opfølgningen findes ikke længere. Se listen over opfølgninger.",
            terminal="brobygger followups list",
        )
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


def snooze(
    actor: Actor,
    nudge_id: str,
    until: date | datetime | None,
    app: App,
    now: datetime,
    *,
    for_hours: int | None = None,
) -> Nudge:
    """Put a step off; it is sent again then. Until a day: the next workday from it on, at the
    step's time. Until an aware instant, or `for_hours` from now: then, or when the office opens
    and the owner's quiet hours end.

    Raises Refused for what is not ahead, and for a step that is done or stopped.
    """
    nudge = nudge_of(actor, nudge_id, app)
    plan = app.plans.get(nudge.plan)
    step = (plan.step(nudge.step) if plan else None) or follow_up_step(nudge.step)
    if for_hours is not None:
        until = _hours_on(for_hours, now)
    if isinstance(until, datetime):
        due = _in_the_open(nudge, _ahead(until, now), app)
    else:
        due = _on_a_day(until, step, app, now)
    day = due.astimezone(COPENHAGEN).date()
    raise_at = raised_at(step, day, app.calendar, app.config.hours.morning) if step else None
    with app.database.write() as tx:
        if not store_nudges.put_off(tx, nudge_id, due, raise_at):
            raise Refused("Trinnet er allerede udført eller stoppet, så det kan ikke udsættes.")
        record(tx, actor.id, "nudge.snoozed", nudge_id, store.to_ms(now))
        later = NudgeReader(app.plans).one(tx, nudge_id)
    return later or nudge


def _on_a_day(until: date | None, step: Step | None, app: App, now: datetime) -> datetime:
    today = now.astimezone(COPENHAGEN).date()
    if until is None:
        raise Refused(
            "Skriv, hvor længe trinnet skal vente, f.eks. til 2026-03-02.",
            terminal="--until 2026-03-02",
        )
    if not 0 < (until - today).days <= 366:
        raise Refused(
            "Udsæt til en dag efter i dag og højst et år frem, ikke {day}. Skriv f.eks. "
            "2026-03-02.",
            day=until.isoformat(),
            terminal="--until 2026-03-02",
        )
    at = step.at if step and step.at else app.config.hours.morning
    return instant(app.calendar.on_a_workday(until), at)


def _hours_on(hours: int, now: datetime) -> datetime:
    if not 0 < hours <= LONGEST_HOURS:
        raise Refused(
            "Udsæt i 1 til {most} timer, ikke {hours}. Skriv f.eks. 1.",
            most=LONGEST_HOURS,
            hours=hours,
            terminal="--hours 1",
        )
    return now + timedelta(hours=hours)


def _ahead(wanted: datetime, now: datetime) -> datetime:
    """`wanted` in whole minutes. Raises Refused when it is not ahead of `now`."""
    if not now < wanted <= now + timedelta(days=366):
        raise Refused(
            "Udsæt til et tidspunkt, der ligger forude og højst et år frem, ikke {when}. Vælg "
            "f.eks. en time.",
            terminal="--hours 1",
            when=f"{wanted.astimezone(COPENHAGEN):%d.%m.%Y %H.%M}",
        )
    return wanted.replace(second=0, microsecond=0)


def _in_the_open(nudge: Nudge, wanted: datetime, app: App) -> datetime:
    """`wanted`, or when its receiver may be disturbed again: what is shown is what will happen."""
    recipients = recipients_at(app, wanted)
    try:
        return recipients.opens(recipients.of(nudge)) or wanted
    except BotError:  # nobody in Slack yet: whoever comes gets it at that time
        return wanted
