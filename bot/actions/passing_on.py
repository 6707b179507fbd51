"""What follows when a case gets a new owner: what waits comes to her, and both are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.arrivals.alarms import KIND as ALARM
from bot.arrivals.alarms import alarm_posts
from bot.arrivals.handed_over import KIND, Handed, given_card, received_card
from bot.arrivals.recipients import Recipients
from bot.people import Actor, Person
from bot.stores import preferences
from scheduler import store_again, store_problems
from scheduler.cases import Case
from scheduler.dialect import Tx
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Outbox, Outgoing
from scheduler.store import to_ms
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App

_RECENT = timedelta(days=7)
_UNANSWERED = frozenset({NudgeState.SENT, NudgeState.UNDELIVERED})


def pass_on(
    tx: Tx, actor: Actor, runs: Sequence[Case], *, to: str, app: App, now: datetime
) -> None:
    """Send what still stands of `runs` to the new owner, and tell those concerned: the steps that
    ask for an answer, and those of the last week that nobody marked as done.

    `runs` are as they were: with their former owners. Whoever did it knows, and is not told.
    """
    reader = NudgeReader(app.plans)
    steps = [one for run in runs for one in reader.of_case(tx, run.id)]
    waiting = [one.id for one in steps if _stands(one, now)]
    store_again.send_again(tx, waiting, to_ms(now))
    name_of = app.config.people.name_of
    former = tuple(dict.fromkeys(run.owner for run in runs))
    handed = Handed(
        reference=runs[0].reference,
        by=actor.name if actor.id in app.config.people else "",
        former=", ".join(name_of(one) for one in former),
        to=name_of(to),
        steps=tuple(steps),
    )
    for person in _concerned(app, actor, (to, *former)):
        words = app.words(preferences.read(tx, person.id).language or app.config.language)
        card = received_card(handed, words) if person.id == to else given_card(handed, words)
        key = f"handed:{runs[0].id}:{to_ms(now)}:{to}:{person.id}"
        post = Outgoing(key, KIND, person.slack, card.text, card.json, about=runs[0].id)
        Outbox().put(tx, post)


def send_to_the_new(
    tx: Tx, runs: Sequence[Case], recipients: Recipients, *, to: str, app: App, now: datetime
) -> None:
    """What waits in the outbox for the former owners of `runs` goes to the new one instead: steps,
    and alarms about what is unsolved."""
    for run in runs:
        store_again.call_back(tx, run.id, to_ms(now))
        former = app.config.people.get(run.owner)
        for trouble in store_problems.of_case(tx, run.id):
            key = f"{ALARM}:{trouble.id}:{former.slack if former else ''}"
            if store_again.take_back(tx, key):
                for alarm in alarm_posts(app, replace(trouble, owner=to), recipients, None):
                    Outbox().put(tx, alarm.outgoing)


def _stands(nudge: Nudge, now: datetime) -> bool:
    recent = nudge.due is not None and now - nudge.due < _RECENT
    return nudge.state in _UNANSWERED and (nudge.needs_answer or recent)


def _concerned(app: App, actor: Actor, ids: Sequence[str]) -> Iterator[Person]:
    for one in ids:
        person = app.config.people.get(one)
        if person and person.slack and person.id != actor.id:
            yield person
