"""A question put aside: it needs no guideline, and nobody is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.actions.questions import find_open, must_own
from bot.people import Actor
from bot.stores import question_log
from bot.stores.question_log import OpenQuestion
from scheduler.audit import record
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App


def dismiss_question(actor: Actor, question_id: str, app: App, now: datetime) -> OpenQuestion:
    """Take an open question off the list, and all of the same words; who asked is forgotten.

    Raises Refused for other roles, and for a question that is not open (any more).
    """
    must_own(actor)
    with app.database.write() as tx:
        question = find_open(tx, question_id, app, now)
        question_log.settle(tx, question, "", to_ms(now))
        record(tx, actor.id, "question.dismissed", question.id, to_ms(now))
    return question
