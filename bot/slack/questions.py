"""Questions from Slack: asked of the action, answered with a card, in public or to one alone."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace

from bot.actions.ask import ask
from bot.actions.questions import log_reply
from bot.answers.reply import Reply, State
from bot.errors import Refused
from bot.people import Actor
from bot.slack.cards import notices
from bot.slack.cards.answer import answer_card
from bot.slack.cards.blocks import Card
from bot.slack.cards.notices import notice, refusal
from bot.slack.front import Front
from bot.slack.incoming import ALONE, CUT, LONGEST_QUESTION, plain_question
from bot.stores.inbox import Incoming
from messages.tables import N_
from scheduler.errors import PostFailed
from scheduler.outbox import Outgoing

logger = logging.getLogger(__name__)
WORKING = N_("slår op i vejledningerne …")
Posts = tuple[Outgoing, ...]


@dataclass(frozen=True)
class Questions:
    """What each kind of question leads to. What must arrive once is returned, for the outbox."""

    front: Front

    def question(self, incoming: Incoming) -> Posts:
        """Said to the bot: always answered, where it was asked."""
        actor = self._let_in(incoming)
        if actor is None:
            return ()
        self._show_work(incoming)
        return (self._answer(incoming, self._card(actor, self._ask(actor, incoming), incoming)),)

    def follow_up(self, incoming: Incoming) -> Posts:
        """Colleagues talk in the thread: the bot speaks only when it is sure of an answer."""
        try:
            actor = self.front.actor(incoming.sender)
        except Refused:
            return ()
        reply = self._ask(actor, incoming)
        if reply.state is not State.ANSWER:
            return ()
        return (self._answer(incoming, self._card(actor, reply, incoming)),)

    def look_up(self, incoming: Incoming) -> Posts:
        """A question whose answer the asker alone sees, and may share."""
        try:
            card = self.private(self.front.actor(incoming.sender), incoming.text, incoming.channel)
        except Refused as refused:
            card = refusal(refused, self.front.words_to(incoming.sender))
        self._whisper(incoming, card)
        return ()

    def private(self, actor: Actor, question: str, channel: str) -> Card:
        """The answer to one alone; it can be shared where there are others."""
        text, cut = plain_question(question)
        if not text:
            return notice(notices.NOTHING_SAID, self.front.words_of(actor))
        reply = ask(actor, text, self.front.app.answers, self.front.today)
        shareable = bool(channel) and not channel.startswith("D")
        logged = log_reply(actor, reply, self.front.app, self.front.now())
        return self._made(reply, logged, cut=cut, shareable=shareable)

    def share(self, incoming: Incoming) -> Posts:
        """The answer that one alone saw goes into the channel, with whose question it was.

        The private word before it shows whether we are in the channel at all.
        """
        words = self.front.words_to(incoming.sender)
        try:
            actor = self.front.actor(incoming.sender)
            self.front.channel.whisper(
                incoming.channel, incoming.sender, notice(notices.SHARING, words), incoming.thread
            )
        except Refused as refused:
            self._whisper(incoming, refusal(refused, words))
            return ()
        except PostFailed as failed:
            if not failed.permanent:
                raise
            card = notice(notices.NOT_A_MEMBER, words, bot=self.front.bot)
            self.front.channel.tell(incoming.sender, card)
            return ()
        card = self._card(actor, self._ask(actor, incoming), incoming, asked_by=self._name(actor))
        once = f"share:{incoming.channel}:{incoming.ts}"
        return (replace(self._answer(incoming, card), key=once),)

    def again(self, incoming: Incoming) -> Posts:
        """A suggested question was pressed: answered where the suggestion stands, once."""
        if incoming.value == ALONE:
            return self.look_up(incoming)
        actor = self._let_in(incoming)
        if actor is None:
            return ()
        card = self._card(actor, self._ask(actor, incoming), incoming, asked_by=self._name(actor))
        asked = hashlib.sha256(incoming.text.encode()).hexdigest()[:16]
        once = f"again:{incoming.channel}:{incoming.ts}:{asked}"
        where = incoming.thread or incoming.ts
        return (replace(self._answer(incoming, card), key=once, thread=where),)

    def _let_in(self, incoming: Incoming) -> Actor | None:
        """Who asks, or None when a private word has said why not."""
        words, config = self.front.words_to(incoming.sender), self.front.app.config.slack
        try:
            actor = self.front.actor(incoming.sender)
        except Refused as refused:
            self._whisper(incoming, refusal(refused, words))
            return None
        direct = incoming.channel.startswith("D")
        if config.channels and not direct and incoming.channel not in config.channels:
            self._whisper(incoming, notices.not_here(config.channels, words))
            return None
        return actor

    def _show_work(self, incoming: Incoming) -> None:
        if not incoming.channel.startswith("D") or not incoming.thread:
            return
        try:
            said = self.front.words(WORKING)
            self.front.channel.working(incoming.channel, incoming.thread, said)
        except PostFailed as failed:  # only a sign: the answer itself comes all the same
            logger.info("no status shown: %s", failed)

    def _ask(self, actor: Actor, incoming: Incoming) -> Reply:
        return ask(actor, incoming.text, self.front.app.answers, self.front.today)

    def _card(self, actor: Actor, reply: Reply, incoming: Incoming, *, asked_by: str = "") -> Card:
        """The reply, logged once however often the row is handled, as a card."""
        front = self.front
        logged = log_reply(actor, reply, front.app, front.now(), once=incoming.id)
        return self._made(reply, logged, cut=incoming.value == CUT, asked_by=asked_by)

    def _made(
        self,
        reply: Reply,
        logged: str,
        *,
        cut: bool = False,
        asked_by: str = "",
        shareable: bool = False,
    ) -> Card:
        config = self.front.app.config
        return answer_card(
            reply,
            self.front.app.words(reply.language),
            contacts=tuple(config.contacts.values()),
            read=LONGEST_QUESTION if cut else None,
            asked_by=asked_by,
            shareable=shareable,
            reply_id=logged,
            experts=bool(config.slack.experts),
        )

    def _name(self, actor: Actor) -> str:
        return actor.name or self.front.words(N_("En kollega"))

    def _answer(self, incoming: Incoming, card: Card) -> Outgoing:
        return answer_to(incoming, card)

    def _whisper(self, incoming: Incoming, card: Card) -> None:
        self.front.whisper(incoming.channel, incoming.sender, card, incoming.thread)


def answer_to(incoming: Incoming, card: Card) -> Outgoing:
    """The post that answers what arrived, where it was said."""
    return Outgoing(
        key=f"answer:{incoming.id}",
        kind="answer",
        to=incoming.channel or incoming.sender,
        text=card.text,
        blocks=card.json,
        thread=incoming.thread,
    )
