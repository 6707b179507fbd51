"""Where forms are handed out, changed and taken in; each failure is told to the one who waits.

What is typed stays in memory for the one request: it is neither stored nor logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar

from slack_bolt import Ack, BoltResponse

from bot.errors import Refused
from bot.slack.cards import notices
from bot.slack.cards.blocks import Card
from bot.slack.cards.notices import notice, refusal
from bot.slack.failures import place_of
from bot.slack.forms import Form, Next, Visit, Wrong, read_typed
from bot.slack.front import Front
from bot.slack.incoming import Body, listed, table, text_of
from bot.slack.store_away import PRESS
from bot.slack.unfinished import note
from bot.slack.visitors import FOREIGN, from_elsewhere
from bot.stores.inbox import Inbox, Incoming
from messages.errors import Problem
from scheduler.errors import PostFailed, StoreFailed

logger = logging.getLogger(__name__)

T = TypeVar("T")
Later = Callable[[Callable[[], None]], object]


class Counter:
    """The forms of the product by name. `later` runs what is left once Slack has its answer."""

    def __init__(self, front: Front, forms: Mapping[str, Form], later: Later) -> None:
        self._front = front
        self._forms = forms
        self._later = later

    def open(
        self, body: Body, name: str, about: Mapping[str, str], channel: str = "", ts: str = ""
    ) -> Card | None:
        """Open the form over what the person sees; what to tell instead when that failed."""

        def opened() -> Card | None:
            visit = self._visit(body, channel, ts)
            view = self._forms[name].open(visit, about)
            self._front.channel.open(text_of(body, "trigger_id"), view)
            return None

        return safely(self._front, opened)

    def changed(self, body: Body) -> None:
        """A choice in a form may change its fields; where that fails, the form stays as it was."""
        view = table(body.get("view"))
        form = self._forms.get(text_of(view, "callback_id"))
        if form is None:
            return
        try:
            changed = form.change(self._visit(body), read_typed(body))
            if changed:
                self._front.channel.change(text_of(view, "id"), text_of(view, "hash"), changed)
        except Problem as problem:
            logger.warning("form %s did not change: %s", form.name, problem.message)

    def submitted(self, body: Body, ack: Ack) -> BoltResponse:
        """What is wrong stands at its field; what was done stands in the form's place."""
        outcome = safely(self._front, lambda: self._taken_in(body))
        if isinstance(outcome, Wrong):
            return ack(response_action="errors", errors=_placed(outcome.errors, body))
        if isinstance(outcome, Next):
            return ack(response_action="update", view=outcome.view)
        return ack(response_action="update", view=notices.page_with(outcome, self._front.words))

    def _taken_in(self, body: Body) -> Wrong | Next | Card:
        form = self._forms.get(text_of(table(body.get("view")), "callback_id"))
        if form is None:
            return notice(notices.UNKNOWN_BUTTON, self._front.words)
        outcome = form.submit(self._visit(body), read_typed(body))
        if isinstance(outcome, Next) and outcome.after:
            user = sender_of(body)
            noted = note(self._front, user, outcome.unfinished)
            self._later(partial(self._finish, user, outcome.after, noted))
        return outcome

    def _visit(self, body: Body, channel: str = "", ts: str = "") -> Visit:
        """Who stands at the counter. Raises Refused for those who must stay outside."""
        if from_elsewhere(body):
            raise Refused(FOREIGN)
        actor = self._front.actor(sender_of(body))
        return Visit(self._front, actor, self._front.words_of(actor), channel, ts)

    def _finish(self, user: str, after: Callable[[], None], noted: Incoming | None) -> None:
        try:
            after()
        except PostFailed as failed:
            logger.warning("a form was not finished: %s", failed.message)
            self._say(user, notice(notices.NOT_SENT, self._front.words, why=failed))
        except Exception as error:  # noqa: BLE001 - a thread of its own: nobody else tells
            logger.error("a form was not finished: %s", place_of(error))  # noqa: TRY400
            self._say(user, notice(notices.BROKEN, self._front.words))
        with suppress(StoreFailed):  # then its sender hears twice, rather than never
            if noted:
                Inbox(self._front.app.database).take_back(noted)

    def _say(self, user: str, card: Card) -> None:
        try:
            self._front.channel.tell(user, card)
        except PostFailed as failed:
            logger.warning("and could not be told: %s", failed.message)


def _placed(errors: Mapping[str, str], body: Body) -> dict[str, str]:
    """The errors at fields that the form has: Slack shows no other. The rest stands at the last."""
    blocks = [table(block) for block in listed(table(body.get("view")), "blocks")]
    names = [text_of(one, "block_id") for one in blocks if one.get("type") == "input"]
    placed: dict[str, str] = {}
    for name, said in errors.items():
        there = name if name in names or not names else names[-1]
        placed[there] = f"{placed[there]} {said}" if there in placed else said
    return placed


def sender_of(body: Body) -> str:
    """The user behind a command, a press, a shortcut or a form."""
    return text_of(body, "user_id") or text_of(table(body.get("user")), "id")


def safely(front: Front, act: Callable[[], T]) -> T | Card:
    """What `act` gives, or the words for the one who waits when it failed."""
    try:
        return act()
    except PostFailed as failed:
        logger.warning("a form did not open: %s", failed.message)
        return notice(notices.TOO_LATE, front.words)
    except StoreFailed as failed:
        logger.warning("the store does not answer: %s", failed)
        return notice(PRESS, front.words)
    except Problem as problem:
        return refusal(problem, front.words)
    except Exception as error:  # noqa: BLE001 - never silent, and never what was typed
        logger.error("failed at %s", place_of(error))  # noqa: TRY400
        return notice(notices.BROKEN, front.words)
