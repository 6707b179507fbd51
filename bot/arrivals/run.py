"""One tick of the whole: what is due by itself is queued, the outbox goes out, life is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.arrivals.alarms import untaken_posts
from bot.arrivals.erased import remove_erased
from bot.arrivals.heartbeat import Heartbeat
from bot.arrivals.posts import LATE, dead_letters_card, morning_card
from bot.arrivals.present import recipients_at
from bot.arrivals.recipients import Recipients
from bot.arrivals.retention import Clearing
from bot.arrivals.undelivered import whom
from bot.arrivals.weekly import queue_weekly
from bot.errors import BotError
from bot.people import Person, Role
from bot.slack.cards.blocks import Card
from scheduler import store_nudges, store_outbox, store_problems
from scheduler.dispatch import tick
from scheduler.gathering import Gathering
from scheduler.nudges import GATHERED, KIND, Nudge
from scheduler.outbox import Channel, Outbox, Outgoing
from scheduler.sending import Report, Stopwatch
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

log = logging.getLogger(__name__)
DEAD = "dead letters"
CardOf = Callable[[Nudge, str], Card]
"""The card of one nudge in a language."""


class Arrivals:
    """Ticks for one process. `card` makes the card of a nudge that comes alone."""

    def __init__(
        self,
        app: App,
        channel: Channel,
        card: CardOf,
        *,
        watch: Stopwatch | None = None,
        heartbeat: Heartbeat | None = None,
    ) -> None:
        self._app = app
        self._channel = channel
        self._card = card
        self._watch = watch
        self._heartbeat = heartbeat or Heartbeat(app.config.followups.ping_url)
        self._clearing = Clearing(app)

    def tick(self, now: datetime) -> Report:
        """Queue and send what is due at `now` (aware UTC). Raises StoreFailed."""
        good = False
        try:
            recipients = recipients_at(self._app, now)
            queued = self._queue(recipients, now)
            report = tick(
                self._app.database,
                self._channel,
                lambda nudge: self._alone(nudge, recipients),
                now,
                plans=self._app.plans,
                gathering=self._gathering(recipients),
                watch=self._watch,
            )
            good = report.halted is None
            self._clearing.look(now)  # after what is due: nobody waits for it
            return replace(report, queued=report.queued + queued)
        finally:
            self._heartbeat.beat(to_ms(now), good=good)

    def _queue(self, recipients: Recipients, now: datetime) -> int:
        queued = queue_weekly(self._app, recipients, now)
        queued += self._tell_of_dead_letters(recipients, now)
        queued += self._tell_of_untaken(recipients, now)
        remove_erased(self._app, self._channel, recipients, now)
        return queued

    def _gathering(self, recipients: Recipients) -> Gathering:
        people: dict[str, Person | None] = {}

        def whose(nudge: Nudge) -> Person | None:
            if nudge.id not in people:
                people[nudge.id] = _recipient(recipients, nudge)
            return people[nudge.id]

        def group(nudge: Nudge) -> str | None:
            person = whose(nudge)
            singly = nudge.alone or person is None or not recipients.gathers(person)
            return None if singly or person is None else person.id

        def opens(nudge: Nudge) -> datetime | None:
            person = whose(nudge)
            return recipients.opens(person) if person else None

        return Gathering(group, lambda nudges: self._together(nudges, recipients), opens)

    def _alone(self, nudge: Nudge, recipients: Recipients) -> Outgoing:
        person = recipients.of(nudge)
        language = recipients.language(person, self._app.config.language)
        return self._to(person, language, self._card(nudge, language))

    def _together(self, nudges: tuple[Nudge, ...], recipients: Recipients) -> Outgoing:
        person = recipients.of(nudges[0])
        language = recipients.language(person, self._app.config.language)
        name = self._app.config.people.name_of
        # A new message: where a step that was put off stood before says nothing of it here.
        fresh = [replace(nudge, channel=None, ts=None) for nudge in nudges]
        return self._to(person, language, morning_card(fresh, self._app.words(language), name))

    def _to(self, person: Person, language: str, card: Card) -> Outgoing:
        """The key is the dispatch's to give."""
        late = self._app.words(language)(LATE)
        return Outgoing("", KIND, person.slack, card.text, card.json, late_note=late)

    def _tell_of_dead_letters(self, recipients: Recipients, now: datetime) -> int:
        """Each dead letter is told once to every administrator, and a nudge takes its detour."""
        with self._app.database.read() as tx:
            dead = store_outbox.dead_letters(tx, untold=True)
        if not dead:
            return 0
        config = self._app.config
        card = dead_letters_card(
            [one for one in dead if one.kind != DEAD],
            self._app.words(config.language),
            lambda to: whom(to, config.people),
        )
        queued = 0
        with self._app.database.write() as tx:
            news = [one for one in dead if store_outbox.told_of(tx, one.key) and one.kind != DEAD]
            for one in news:
                store_nudges.detour(tx, one.key, to_ms(now))
            for person in recipients.holding(Role.ADMINISTRATOR) if news else ():
                key = f"dead:{news[0].key}:{person.id}"
                post = Outgoing(key, DEAD, person.slack, card.text, card.json)
                queued += Outbox().put(tx, post)
        return queued

    def _tell_of_untaken(self, recipients: Recipients, now: datetime) -> int:
        with self._app.database.read() as tx:
            untaken = store_problems.untaken(tx, to_ms(now))
        queued = 0
        for trouble in untaken:
            posts = untaken_posts(self._app, trouble, recipients)
            with self._app.database.write() as tx:
                if store_problems.told(tx, trouble.id):
                    queued += sum(Outbox().put(tx, post) for post in posts)
        return queued


def card_of_message(app: App, channel: str, ts: str, language: str = "") -> Card | None:
    """The morning message at that place as it stands now; None when it is another message."""
    from scheduler.store_reader import NudgeReader

    with app.database.read() as tx:
        nudges = NudgeReader(app.plans).of_message(tx, channel, ts)
    gathered = any((nudge.post or "").startswith(f"{GATHERED}:") for nudge in nudges)
    if not gathered and len(nudges) < 2:
        return None
    words = app.words(language or app.config.language)
    return morning_card(nudges, words, app.config.people.name_of)


def _recipient(recipients: Recipients, nudge: Nudge) -> Person | None:
    """None when nobody can get it: composing it will say so, and it is tried again later."""
    try:
        return recipients.of(nudge)
    except BotError:
        return None
