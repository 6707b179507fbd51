"""Feedback on replies, and the report: what the questions say about the guidelines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.actions.questions import kept_since, must_own
from bot.errors import Refused
from bot.people import Actor
from bot.stores import question_log, reply_log
from bot.stores.question_log import OpenQuestion
from messages.tables import N_
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

MOST_LISTED = 20


class Reason(StrEnum):
    """Why a reply did not help. Free text is not asked for: it would hold what must not be kept."""

    OFF_TOPIC = "off topic"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    WRONG = "wrong"


REASONS = {
    Reason.OFF_TOPIC: N_("Det handler om noget andet"),
    Reason.INCOMPLETE: N_("Der mangler noget"),
    Reason.OUTDATED: N_("Det er forældet"),
    Reason.UNCLEAR: N_("Det er svært at forstå"),
    Reason.WRONG: N_("Det er forkert"),
}


@dataclass(frozen=True)
class Report:
    """What the questions of the kept days say, each list the most frequent first.

    states: how many replies in each state. missing_words: those that neither a guideline nor the
    thesaurus knows. sections: ((document, section), times) of the answers. reasons and blamed: why
    replies did not help, and those of which guidelines. helpful: how many did.
    """

    days: int
    states: dict[str, int]
    missing_words: tuple[tuple[str, int], ...]
    sections: tuple[tuple[tuple[str, str], int], ...]
    open: tuple[OpenQuestion, ...]
    reasons: tuple[tuple[str, int], ...]
    blamed: tuple[tuple[str, int], ...]
    helpful: int


def feedback(
    actor: Actor,
    reply_id: str,
    app: App,
    now: datetime,
    *,
    helpful: bool,
    reason: Reason | None = None,
) -> None:
    """Keep whether a reply helped, and why not; a second word of the same person counts instead.
    A bare “no” is kept when the form for the reason opens: whoever closes it has said no, once.

    Everyone who may ask may say so. Raises Refused for a reply that is not kept any more.
    """
    said = "" if helpful else (reason or None)
    with app.database.write() as tx:
        if not reply_log.keep_feedback(tx, reply_id, actor.id, said, to_ms(now)):
            raise Refused("Svaret er for gammelt til, at jeg kan gemme, hvad du synes om det.")


def report(actor: Actor, app: App, now: datetime) -> Report:
    """What was asked in the days that are kept. Raises Refused for other roles."""
    must_own(actor)
    since = kept_since(app, now)
    with app.database.read() as tx:
        counts = reply_log.counts(tx, since, MOST_LISTED)
        waiting = question_log.open_questions(tx, since)
    missing = Counter[str]()
    for question in waiting:
        missing.update(dict.fromkeys(question.words, question.times))
    return Report(
        days=app.config.followups.retention.questions_days,
        states=counts.states,
        missing_words=tuple(sorted(missing.items(), key=lambda one: (-one[1], one[0])))[
            :MOST_LISTED
        ],
        sections=counts.sections,
        open=waiting,
        reasons=counts.reasons,
        blamed=counts.blamed,
        helpful=counts.helpful,
    )
