"""What a colleague chooses for herself, in one line of a test."""

from __future__ import annotations

from datetime import datetime

from bot.actions.settings import Kind, choose
from bot.app import App
from bot.people import Actor
from bot.stores.preferences import Preferences


def chosen(actor: Actor, app: App, now: datetime, **choices: object) -> Preferences:
    """Keep these choices of the actor's own: `quiet`, `away`, `language`, `gathered`."""
    wanted = Preferences("", **choices)  # type: ignore[arg-type]  # named as in Preferences
    return choose(actor, wanted, {Kind(name) for name in choices}, app, now)
