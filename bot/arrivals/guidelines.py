"""An administrator hears when the guidelines cannot be read: answers then come from older ones."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.arrivals.present import recipients_at
from bot.clock import COPENHAGEN
from bot.people import Role
from bot.slack.cards.blocks import Card, section
from bot.slack.markup import escaped
from messages.errors import Problem
from messages.tables import N_
from scheduler.outbox import Outbox, Outgoing

if TYPE_CHECKING:
    from bot.app import App

KIND = "guidelines"
_SAID = N_("En vejledning kan ikke læses. Svarene kommer fra den forrige udgave.\n{what}")
log = logging.getLogger(__name__)


def tell_administrators(app: App, now: Callable[[], datetime], problem: Problem) -> None:
    """One message a day and trouble to each administrator in Slack; the log hears it in any case.

    Raises StoreFailed.
    """
    log.error("%s", app.words(app.config.language).problem(problem))
    if not app.config.serve.slack:
        return
    at = now()
    recipients = recipients_at(app, at)
    day = at.astimezone(COPENHAGEN).date().isoformat()
    name = hashlib.sha256(str(problem).encode()).hexdigest()[:16]
    for person in recipients.holding(Role.ADMINISTRATOR):
        words = app.words(recipients.language(person, app.config.language))
        said = words(_SAID, what=words.problem(problem))
        card = Card(said, (section(escaped(said), "guidelines"),))
        key = f"{KIND}:{name}:{day}:{person.id}"
        with app.database.write() as tx:
            Outbox().put(tx, Outgoing(key, KIND, person.slack, card.text, card.json))
