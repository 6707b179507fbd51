"""The Bolt app: every event and press is written to the inbox, then acknowledged; nothing more.

Bolt runs the listeners before it answers (`process_before_response`): when the store refuses,
Slack gets no acknowledgement and delivers again.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import slack_bolt
from slack_bolt import Ack, BoltContext, BoltResponse
from slack_sdk import WebClient

from bot import clock
from bot.slack.cards.notices import UNKNOWN_COMMAND, notice
from bot.slack.cards.nudge import DONE
from bot.slack.incoming import Body, read_message, read_press
from bot.stores.inbox import Inbox, Incoming, Intent

if TYPE_CHECKING:
    from bot.app import App

EVENTS = ("app_mention", "message")
"""What manifest.json subscribes to; `message` there by its kinds of conversation."""

PRESSES = {DONE: Intent.DONE}
"""The buttons of our cards, and what a press means."""

_ANY = re.compile(r"")


def build_app(
    app: App,
    client: WebClient,
    *,
    wake: Callable[[], None] = lambda: None,
    now: Callable[[], datetime] = clock.now,
    signing_secret: str | None = None,
) -> slack_bolt.App:
    """The Bolt app over `app`'s store, speaking to Slack through `client` (asks auth.test once).

    `wake` is called when something was written. Without a signing secret (Socket Mode) every
    HTTP request is refused. Raises BoltError when Slack does not accept the token.
    """
    bolt = slack_bolt.App(
        client=client,
        # An empty secret would accept whatever is signed with nothing.
        signing_secret=signing_secret or secrets.token_hex(32),
        process_before_response=True,
        logger=_discreet(),
    )
    door = _Door(app, Inbox(app.database), wake, now)
    for event in EVENTS:
        bolt.event(event)(door.message)
    bolt.event(_ANY)(_nothing)
    for action_id in PRESSES:
        bolt.action(action_id)(door.press)
    bolt.action(_ANY)(door.press)
    bolt.command(_ANY)(door.command)
    for kind in (bolt.shortcut, bolt.view_submission, bolt.view_closed, bolt.options):
        kind(_ANY)(_acknowledged)
    return bolt


class _Door:
    """The listeners: what Slack sends becomes a row of the inbox."""

    def __init__(
        self, app: App, inbox: Inbox, wake: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        self._app = app
        self._inbox = inbox
        self._wake = wake
        self._now = now

    def message(self, body: Body, context: BoltContext) -> None:
        self._keep(read_message(body, context.bot_user_id or ""))

    def press(self, body: Body, action: Body, ack: Ack) -> None:
        intent = PRESSES.get(str(action.get("action_id")), Intent.UNKNOWN)
        self._keep(read_press(body, intent))
        ack()

    def command(self, ack: Ack) -> BoltResponse:
        words = self._app.words(self._app.config.language)
        return ack(text=notice(UNKNOWN_COMMAND, words).text)

    def _keep(self, incoming: Incoming | None) -> None:
        if incoming and self._inbox.put(incoming, round(self._now().timestamp() * 1000)):
            self._wake()


def _nothing() -> None:
    """An event that we do not act on is acknowledged, or Slack would send it again."""


def _acknowledged(ack: Ack) -> None:
    ack()


def _discreet() -> logging.Logger:
    """A logger for Bolt that never says less than a warning: below that it prints whole bodies."""
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(max(logger.getEffectiveLevel(), logging.WARNING))
    return logger
