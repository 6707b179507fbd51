"""Trouble in a case: reported from a list, told to those who can act, taken, followed up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.actions.lookup import find_run, must_be_staff
from bot.arrivals.alarms import alarm_posts
from bot.arrivals.present import recipients_at
from bot.clock import COPENHAGEN
from bot.config import Contact
from bot.errors import Refused
from bot.people import Actor
from messages.tables import did_you_mean
from scheduler import store, store_nudges, store_problems
from scheduler.audit import record
from scheduler.due import instant
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Outbox
from scheduler.problems import KINDS, Category, Kind, Trouble, follow_up_id, follow_up_step
from scheduler.runs import raised_at
from scheduler.store_nudges import Laid
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App

FOLLOW_UP_PLACE = 900


@dataclass(frozen=True)
class Reported:
    """A report. first: this one made it; else it stood there before, and nothing changed. told:
    ids of the people who hear of it now; contact: whom the config names for it, or None."""

    trouble: Trouble
    kind: Kind
    follow_up: Nudge | None
    first: bool
    told: tuple[str, ...] = ()
    contact: Contact | None = None


@dataclass(frozen=True)
class Taken:
    """Trouble that somebody has. first: this press took it."""

    trouble: Trouble
    first: bool


def categories() -> tuple[tuple[Category, Kind], ...]:
    """What there is to choose from, in the order in which it is shown."""
    return tuple((category, KINDS[category]) for category in Category)


def read_category(text: str) -> Category:
    """The category that was typed. Raises Refused with a near miss."""
    if text in set(Category):
        return Category(text)
    raise Refused(
        "Problemet “{text}” er ikke på listen{hint} Fritekst gemmes ikke.",
        text=text[:20],
        hint=did_you_mean(text[:20], Category),
    )


def report_problem(
    actor: Actor, reference: str, category: Category, app: App, now: datetime, *, plan: str = ""
) -> Reported:
    """Report trouble: owner, backup and the team for it hear of it now, and a follow-up is planned
    for the next workday. The same kind in the same run, still unsolved, is reported once.
    """
    must_be_staff(actor)
    contact = contact_for(category, app)
    recipients = recipients_at(app, now)
    with app.database.write() as tx:
        case = find_run(tx, reference, app, plan)
        before = store_problems.of_case(tx, case.id)
        standing = [one for one in before if one.category is category and not one.closed]
        if standing:
            follow_up = NudgeReader(app.plans).one(tx, standing[0].nudge)
            return Reported(standing[0], KINDS[category], follow_up, first=False, contact=contact)
        step = follow_up_id(category, len(before) + 1)
        trouble = Trouble(
            id=secrets.token_hex(8),
            case_id=case.id,
            case=case.reference,
            owner=case.owner,
            category=category,
            nudge=f"{case.id}-{step}",
            reported_by=actor.id,
            reported=now,
        )
        store_nudges.add_nudges(tx, case.id, [_follow_up(step, app, now)])
        tell_at = now + timedelta(hours=app.config.followups.problem_hours)
        store_problems.add(tx, trouble, store.to_ms(tell_at))
        record(tx, actor.id, "problem.reported", trouble.id, store.to_ms(now))
        posts = alarm_posts(app, trouble, recipients, contact)
        for post in posts:
            Outbox().put(tx, post.outgoing)
        follow_up = NudgeReader(app.plans).one(tx, trouble.nudge)
    told = tuple(post.person for post in posts if post.person)
    return Reported(trouble, KINDS[category], follow_up, first=True, told=told, contact=contact)


def take_problem(actor: Actor, trouble_id: str, app: App, now: datetime) -> Taken:
    """Say that the actor works on it: then no leader is told that nobody did.

    Raises Refused when it does not exist, or is closed.
    """
    must_be_staff(actor)
    with app.database.write() as tx:
        first = store_problems.take(tx, trouble_id, actor.id, store.to_ms(now))
        trouble = store_problems.one(tx, trouble_id)
        if trouble is None:
            raise Refused("Problemet findes ikke længere; sagen er måske slettet.")
        if trouble.closed:
            raise Refused("Problemet er allerede løst eller lukket.")
        if first:
            record(tx, actor.id, "problem.taken", trouble_id, store.to_ms(now))
    return Taken(trouble, first)


def list_problems(actor: Actor, app: App) -> tuple[Trouble, ...]:
    """All that is unsolved, oldest first."""
    must_be_staff(actor)
    with app.database.read() as tx:
        return store_problems.unsolved(tx)


def contact_for(category: Category, app: App) -> Contact | None:
    """Who in config.toml answers for that kind: the first contact with the first subject."""
    for subject in KINDS[category].subjects:
        for contact in app.config.contacts.values():
            if subject in {one.casefold() for one in contact.subjects}:
                return contact
    return None


def _follow_up(step_id: str, app: App, now: datetime) -> Laid:
    """The next workday's follow-up on it."""
    morning, calendar = app.config.hours.morning, app.calendar
    day = calendar.add_workdays(now.astimezone(COPENHAGEN).date(), 1)
    step = follow_up_step(step_id)
    raise_at = raised_at(step, day, calendar, morning) if step else None
    due = instant(day, morning)
    return Laid(step_id, FOLLOW_UP_PLACE, NudgeState.PLANNED, due, raise_at)
