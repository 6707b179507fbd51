"""The people as they are at one moment, read from configuration and store."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.arrivals.recipients import Recipients
from bot.stores import preferences

if TYPE_CHECKING:
    from bot.app import App


def recipients_at(app: App, now: datetime) -> Recipients:
    """Who is there, who is away, who wants quiet. Opens a transaction of its own."""
    with app.database.read() as tx:
        chosen = preferences.read_all(tx)
    return Recipients(app.config.people, chosen, app.calendar, app.config.hours, now)
