"""What each row of the inbox leads to: an action is asked, its result becomes cards and posts."""

from __future__ import annotations

from bot.slack.cards import notices
from bot.slack.cards.blocks import Card
from bot.slack.experts import Experts
from bot.slack.front import Front
from bot.slack.home import Home
from bot.slack.opinions import Opinions
from bot.slack.problems import Troubles
from bot.slack.questions import Questions, answer_to
from bot.slack.steps import Steps
from bot.slack.undeliverable import Undeliverable
from bot.slack.unfinished import unfinished
from bot.slack.visitors import FOREIGN
from bot.stores.inbox import Incoming, Intent
from bot.words import Words
from messages.errors import Problem
from scheduler.outbox import Outgoing


class Handler:
    """Translates between Slack and the actions; holds no rule of its own.

    What must arrive once is returned, for the outbox. A private word or a card that changes in
    place goes straight to Slack: to repeat it harms nobody.
    """

    def __init__(self, front: Front) -> None:
        self._front = front
        questions, home = Questions(front), Home(front)
        self.steps = steps = Steps(front, home)
        self.experts = Experts(front)
        self._intents = {
            Intent.QUESTION: questions.question,
            Intent.FOLLOW_UP: questions.follow_up,
            Intent.LOOK_UP: questions.look_up,
            Intent.SHARE: questions.share,
            Intent.AGAIN: questions.again,
            Intent.DONE: steps.done,
            Intent.HOUR: steps.hour,
            Intent.TOMORROW: steps.tomorrow,
            Intent.NEXT_WEEK: steps.next_week,
            Intent.STOP: steps.stop,
            Intent.TAKE: Troubles(front).take,
            Intent.HELPFUL: Opinions(front).helpful,
            Intent.EXPERT: self.experts.send,
            Intent.CLAIM: self.experts.claim,
            Intent.RETRY: Undeliverable(front, home).retry,
            Intent.PUT_AWAY: Undeliverable(front, home).put_away,
            Intent.HOME: home.home,
            Intent.PROMPTS: home.prompts,
            Intent.PERSONAL: self._personal,
            Intent.FOREIGN: self._foreign,
            Intent.UNFINISHED: self._unfinished,
            Intent.UNKNOWN: self._unknown,
        }

    def handle(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """The posts that `incoming` causes. Raises PostFailed when a private word stayed behind."""
        return self._intents[incoming.kind](incoming)

    def apologise(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """The post for a row that could not be handled."""
        return (answer_to(incoming, notices.notice(notices.BROKEN, self._words(incoming))),)

    def _personal(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._whisper(incoming, notices.notice(notices.PERSONAL, self._words(incoming)))

    def _foreign(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._whisper(incoming, notices.refusal(Problem(FOREIGN), self._words(incoming)))

    def _unfinished(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return unfinished(self._front, incoming)

    def _unknown(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        said = notices.notice(notices.UNKNOWN_BUTTON, self._words(incoming))
        return self._whisper(incoming, said)

    def _words(self, incoming: Incoming) -> Words:
        return self._front.words_to(incoming.sender)

    def _whisper(self, incoming: Incoming, card: Card) -> tuple[Outgoing, ...]:
        self._front.whisper(incoming.channel, incoming.sender, card, incoming.thread)
        return ()
