"""What was pressed on a follow-up: done, put off, stopped; the card then says who did what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.actions.cases import end_case
from bot.actions.nudges import mark_done, nudge_of, snooze
from bot.arrivals.run import card_of_message
from bot.errors import Refused
from bot.people import Actor
from bot.slack import nudges
from bot.slack.cards import notices
from bot.slack.cards.blocks import Card
from bot.slack.cards.notices import notice, refusal
from bot.slack.front import Front
from bot.slack.home import Home
from bot.stores.inbox import Incoming
from scheduler.outbox import Outgoing, Posted
from scheduler.plans import Outcome

Act = Callable[[Actor, Incoming], Card]


@dataclass(frozen=True)
class Steps:
    """Each press asks one action; two people at once are harmless, the second is told."""

    front: Front
    home: Home

    def done(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._act(incoming, self._done)

    def hour(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._act(incoming, self._hour)

    def tomorrow(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._act(incoming, self._tomorrow)

    def next_week(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._act(incoming, self._next_week)

    def stop(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Pressed before the version that asks first."""
        return self._act(incoming, lambda actor, pressed: self.stopped(actor, pressed.value))

    def put_off(self, actor: Actor, nudge_id: str, until: date) -> Card:
        """The card of a step that is put off to a day. Raises Refused."""
        return self._put_off(actor, nudge_id, until)

    def _put_off(
        self, actor: Actor, nudge_id: str, until: date | None, *, hours: int | None = None
    ) -> Card:
        app, now = self.front.app, self.front.now()
        later = snooze(actor, nudge_id, until, app, now, for_hours=hours)
        return nudges.card_of(app, later, put_off_by=actor.name)

    def _act(self, incoming: Incoming, act: Act) -> tuple[Outgoing, ...]:
        words = self.front.words_to(incoming.sender)
        if self.front.app.config.people.by_slack(incoming.sender) is None:
            self._whisper(incoming, notice(notices.STRANGER, words))
            return ()
        try:
            card = act(self.front.actor(incoming.sender), incoming)
        except Refused as refused:
            self._whisper(incoming, refusal(refused, words))
            return ()
        if not incoming.ts:
            return self.home.home(incoming)
        self.show(Posted(incoming.channel, incoming.ts), card)
        return ()

    def show(self, where: Posted, card: Card) -> None:
        """Change the card in place; of a morning message the whole, with all its steps."""
        gathered = card_of_message(self.front.app, where.channel, where.ts)
        self.front.channel.update(where, gathered or card)

    def _done(self, actor: Actor, incoming: Incoming) -> Card:
        done = mark_done(actor, incoming.value, self.front.app, self.front.now())
        # Also when somebody else was first: this copy of the card may still show the button.
        if not done.first and done.nudge.done_by != actor.id:
            doer = self.front.app.config.people.name_of(done.nudge.done_by or "")
            self._whisper(
                incoming, notice(notices.ALREADY, self.front.words_to(incoming.sender), who=doer)
            )
        return nudges.card_of(self.front.app, done.nudge)

    def _hour(self, actor: Actor, incoming: Incoming) -> Card:
        return self._put_off(actor, incoming.value, None, hours=1)

    def _tomorrow(self, actor: Actor, incoming: Incoming) -> Card:
        return self.put_off(actor, incoming.value, self.front.today + timedelta(days=1))

    def _next_week(self, actor: Actor, incoming: Incoming) -> Card:
        today = self.front.today
        return self.put_off(actor, incoming.value, today + timedelta(days=7 - today.weekday()))

    def stopped(self, actor: Actor, nudge_id: str) -> Card:
        """The card of a step whose case is followed no more. Raises Refused."""
        app = self.front.app
        nudge = nudge_of(actor, nudge_id, app)
        end_case(actor, nudge.case, Outcome.STOPPED, app, self.front.now(), plan=nudge.plan)
        return nudges.card_of(app, nudge_of(actor, nudge_id, app))

    def _whisper(self, incoming: Incoming, card: Card) -> None:
        self.front.whisper(incoming.channel, incoming.sender, card, incoming.thread)
