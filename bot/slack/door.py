"""The listeners: what Slack sends becomes a row of the inbox, or a form that opens at once.

A form must open within three seconds, and what is typed in one must not be kept: so commands and
forms are answered from memory; everything else is written down before it is acknowledged.
"""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import Ack, BoltContext, BoltResponse

from bot.errors import Refused
from bot.slack.cards import case_forms, handout_form, opening_form
from bot.slack.cards.blocks import Card
from bot.slack.cards.notices import PERSONAL_COMMAND, UNKNOWN_BUTTON, UNKNOWN_COMMAND, notice
from bot.slack.counter import Counter, safely, sender_of
from bot.slack.front import Front
from bot.slack.incoming import (
    Body,
    read_look_up,
    read_message,
    read_opening,
    read_press,
    table,
    text_of,
)
from bot.slack.presses import read_action
from bot.slack.questions import Questions
from bot.slack.store_away import StoreAway
from bot.slack.visitors import FOREIGN, from_elsewhere
from bot.stores.inbox import Inbox, Incoming
from messages.personal_data import holds_cpr
from scheduler.errors import StoreFailed

ASK, EXPLAIN, CASE, OPENINGS = "/spoerg", "/forklar", "/praktik", "/aabning"
COMMANDS = (ASK, EXPLAIN, CASE, OPENINGS)
LOOK_UP, MAKE_SHEET = "look_up", "make_sheet"
SHORTCUTS = {LOOK_UP: "message", MAKE_SHEET: "global"}
"""The shortcuts of the manifest, by where they stand."""


class Door:
    """One listener a kind of payload; `wake` is called when something was written down."""

    def __init__(
        self,
        front: Front,
        inbox: Inbox,
        counter: Counter,
        wake: Callable[[], None],
        away: StoreAway,
    ) -> None:
        self._front = front
        self._inbox = inbox
        self._counter = counter
        self._wake = wake
        self._away = away
        self._questions = Questions(front)

    def message(self, body: Body, context: BoltContext) -> None:
        self._keep(read_message(body, context.bot_user_id or ""))

    def opened(self, body: Body) -> None:
        self._keep(read_opening(body))

    def press(self, body: Body, action: Body, ack: Ack) -> BoltResponse:
        """In a form it may change the form; elsewhere it is written down, or opens a form."""
        if text_of(table(body.get("view")), "type") == "modal":
            self._counter.changed(body)
            return ack()
        press = read_action(action)
        if not press.form:
            self._keep(read_press(body, press.intent, press.value))
            return ack()
        container = table(body.get("container"))
        channel, ts = text_of(container, "channel_id"), text_of(container, "message_ts")
        self._tell(body, channel, self._counter.open(body, press.form, press.about, channel, ts))
        return ack()

    def command(self, body: Body, ack: Ack) -> BoltResponse:
        """A command is answered in private, and its text kept nowhere."""
        name, typed = text_of(body, "command"), text_of(body, "text").strip()
        if name == ASK:
            card = safely(self._front, lambda: self._asked(body, typed))
            return ack(text=card.text, blocks=list(card.blocks), response_type="ephemeral")
        if name not in COMMANDS:
            return ack(text=notice(UNKNOWN_COMMAND, self._front.words).text)
        form, about = _form_of(name, typed)
        failed = self._counter.open(body, form, about)
        return ack(text=failed.text) if failed else ack()

    def shortcut(self, body: Body, ack: Ack) -> BoltResponse:
        """From the menu of a message: look it up. From the bolt: the form of a handout."""
        name = text_of(body, "callback_id")
        channel = text_of(table(body.get("channel")), "id")
        if name == LOOK_UP:
            self._keep(read_look_up(body))
        elif name == MAKE_SHEET:
            self._tell(body, "", self._counter.open(body, handout_form.NAME, {}))
        else:
            self._tell(body, channel, notice(UNKNOWN_BUTTON, self._front.words))
        return ack()

    def submit(self, body: Body, ack: Ack) -> BoltResponse:
        return self._counter.submitted(body, ack)

    def _keep(self, incoming: Incoming | None) -> None:
        """Write it down; raises StoreFailed, so that Slack is not told that it arrived: whoever
        said it is."""
        if incoming is None:
            return
        try:
            new = self._inbox.put(incoming, round(self._front.now().timestamp() * 1000))
        except StoreFailed:
            self._away.excuse(incoming)
            raise
        if new:
            self._wake()

    def _asked(self, body: Body, typed: str) -> Card:
        if from_elsewhere(body):
            raise Refused(FOREIGN)
        actor = self._front.actor(sender_of(body))
        if holds_cpr(typed):
            return notice(PERSONAL_COMMAND, self._front.words)
        return self._questions.private(actor, typed, text_of(body, "channel_id"))

    def _tell(self, body: Body, channel: str, card: Card | None) -> None:
        if card:
            safely(self._front, lambda: self._front.whisper(channel, sender_of(body), card))


def _form_of(name: str, typed: str) -> tuple[str, dict[str, str]]:
    """The form that a command opens, and what was typed after it."""
    if name == EXPLAIN:
        return handout_form.NAME, {"topic": typed[:80]}
    if name == OPENINGS:
        return opening_form.OPENING, {}
    if typed:
        return case_forms.CHANGE, {"reference": typed[:40]}
    return case_forms.START, {"reference": ""}
