"""What each row of the inbox leads to: an action is asked, its result becomes cards and posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.actions.ask import ask
from bot.actions.nudges import mark_done
from bot.answers.reply import Reply, State
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor, acting
from bot.slack import nudges
from bot.slack.cards import notices
from bot.slack.cards.answer import answer_card
from bot.slack.cards.blocks import Card
from bot.slack.channel import SlackChannel
from bot.slack.incoming import CUT, LONGEST_QUESTION
from bot.stores.inbox import Incoming, Intent
from bot.words import Words
from scheduler.outbox import Outgoing, Posted

if TYPE_CHECKING:
    from bot.app import App


class Handler:
    """Translates between Slack and the actions; holds no rule of its own.

    What must arrive once is returned, for the outbox. A private word or a card that changes in
    place goes straight to Slack: to repeat it harms nobody.
    """

    def __init__(self, app: App, channel: SlackChannel, now: Callable[[], datetime]) -> None:
        self._app = app
        self._channel = channel
        self._now = now
        self._intents = {
            Intent.QUESTION: self._question,
            Intent.FOLLOW_UP: self._follow_up,
            Intent.PERSONAL: self._personal,
            Intent.DONE: self._done,
            Intent.UNKNOWN: self._unknown,
        }

    def handle(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """The posts that `incoming` causes. Raises PostFailed when a private word stayed behind."""
        return self._intents[incoming.kind](incoming)

    def apologise(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """The post for a row that could not be handled."""
        return (self._answer(incoming, notices.notice(notices.BROKEN, self._words)),)

    @property
    def _words(self) -> Words:
        return self._app.words(self._app.config.language)

    def _question(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        try:
            return (self._answer(incoming, self._card(self._ask(incoming), incoming)),)
        except Refused as refused:
            return (self._answer(incoming, notices.refusal(refused, self._words)),)

    def _follow_up(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Colleagues talk in the thread: the bot speaks only when it is sure of an answer."""
        try:
            reply = self._ask(incoming)
        except Refused:
            return ()
        if reply.state is not State.ANSWER:
            return ()
        return (self._answer(incoming, self._card(reply, incoming)),)

    def _personal(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        self._whisper(incoming, notices.notice(notices.PERSONAL, self._words))
        return ()

    def _unknown(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        self._whisper(incoming, notices.notice(notices.UNKNOWN_BUTTON, self._words))
        return ()

    def _done(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        person = self._app.config.people.by_slack(incoming.sender)
        if person is None:
            self._whisper(incoming, notices.notice(notices.STRANGER, self._words))
            return ()
        try:
            done = mark_done(
                acting(person, self._words.language), incoming.value, self._app, self._now()
            )
        except Refused as refused:
            self._whisper(incoming, notices.refusal(refused, self._words))
            return ()
        # Also when somebody else was first: this copy of the card may still show the button.
        card = nudges.card_of(self._app, done.nudge)
        self._channel.update(Posted(incoming.channel, incoming.ts), card)
        if not done.first and done.nudge.done_by != person.id:
            doer = nudges.name_of(self._app, done.nudge.done_by)
            self._whisper(incoming, notices.notice(notices.ALREADY, self._words, who=doer))
        return ()

    def _ask(self, incoming: Incoming) -> Reply:
        today = self._now().astimezone(COPENHAGEN).date()
        return ask(self._actor(incoming.sender), incoming.text, self._app.answers, today)

    def _card(self, reply: Reply, incoming: Incoming) -> Card:
        return answer_card(
            reply,
            self._app.words(reply.language),
            contacts=tuple(self._app.config.contacts.values()),
            read=LONGEST_QUESTION if incoming.value == CUT else None,
        )

    def _actor(self, sender: str) -> Actor:
        """Everybody in the workspace may ask; who is not in config.toml holds no role."""
        person = self._app.config.people.by_slack(sender)
        if person is not None:
            return acting(person, self._words.language)
        return Actor(f"slack:{sender}", "", frozenset(), self._words.language, sender)

    def _answer(self, incoming: Incoming, card: Card) -> Outgoing:
        return Outgoing(
            key=f"answer:{incoming.id}",
            kind="answer",
            to=incoming.channel,
            text=card.text,
            blocks=card.json,
            thread=incoming.thread,
        )

    def _whisper(self, incoming: Incoming, card: Card) -> None:
        self._channel.whisper(incoming.channel, incoming.sender, card, incoming.thread)
