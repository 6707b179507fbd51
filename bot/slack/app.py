"""The Bolt app: every payload of Slack's goes to the door, and to nothing else.

Bolt runs the listeners before it answers (`process_before_response`): when the store refuses,
Slack gets no acknowledgement and delivers again.
"""

from __future__ import annotations

import logging
import re
import secrets

import slack_bolt
from slack_bolt import Ack, BoltResponse
from slack_sdk import WebClient

from bot.slack.door import Door
from bot.slack.failures import place_of
from bot.slack.seldom import SELDOM

EVENTS = ("app_home_opened", "app_mention", "message")
"""What manifest.json subscribes to; `message` there by its kinds of conversation."""

_ANY = re.compile(r"")
logger = logging.getLogger(__name__)
logger.addFilter(SELDOM)  # a full disk must not be filled with lines about it


def build_app(
    door: Door, client: WebClient, *, signing_secret: str | None = None
) -> slack_bolt.App:
    """The Bolt app in front of `door`, speaking to Slack through `client` (asks auth.test once).

    Without a signing secret (Socket Mode) every HTTP request is refused. Raises BoltError when
    Slack does not accept the token.
    """
    bolt = slack_bolt.App(
        name="brobygger",  # else Bolt reads the source of every caller to find one
        client=client,
        # An empty secret would accept whatever is signed with nothing.
        signing_secret=signing_secret or secrets.token_hex(32),
        process_before_response=True,
        logger=_discreet(),
    )
    for event in ("app_mention", "message"):
        bolt.event(event)(door.message)
    bolt.event("app_home_opened")(door.opened)
    bolt.event(_ANY)(_nothing)
    bolt.action(_ANY)(door.press)
    bolt.command(_ANY)(door.command)
    bolt.shortcut(_ANY)(door.shortcut)
    bolt.view_submission(_ANY)(door.submit)
    for kind in (bolt.view_closed, bolt.options):
        kind(_ANY)(_acknowledged)
    bolt.error(_failed)
    return bolt


def _nothing() -> None:
    """An event that we do not act on is acknowledged, or Slack would send it again."""


def _acknowledged(ack: Ack) -> None:
    ack()


def _failed(error: Exception) -> BoltResponse:
    """Not acknowledged, so that Slack sends it again; but what has another shape than Slack's is
    wrong for good: Bolt and we read on without looking. The log quotes nothing of it."""
    another_shape = isinstance(error, TypeError | AttributeError | LookupError)
    say = logger.warning if another_shape else logger.error
    say("a payload was not taken in: %s", place_of(error))
    return BoltResponse(status=400 if another_shape else 500)


def _discreet() -> logging.Logger:
    """A logger for Bolt that never says less than a warning: below that it prints whole bodies."""
    bolts = logging.getLogger("bot.slack.bolt")
    bolts.setLevel(max(bolts.getEffectiveLevel(), logging.WARNING))
    bolts.addFilter(SELDOM)
    return bolts
