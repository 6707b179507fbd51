"""Questions that no guideline answered: kept, listed, taken, answered; feedback; the report."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.own_guideline import OwnGuideline, file_name, markdown
from bot.answers.reply import Kind, Reply, State
from bot.answers.terms import fold, words
from bot.arrivals.answered import answered_card, answered_post
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor, Role
from bot.stores import question_log, reply_log
from bot.stores.question_log import OpenQuestion
from bot.stores.reply_log import LoggedReply
from bot.whole_file import write_whole
from messages.personal_data import find_cpr, mask_cpr
from messages.tables import N_, did_you_mean
from scheduler.audit import record
from scheduler.outbox import Outbox
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

OPEN_STATES = frozenset({State.CLOSEST, State.UNKNOWN})
LONGEST_ANSWER = 8_000
MOST_LISTED = 20
_SAME_LENGTH = 300
_PASSAGE_LENGTH = 1_000


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
class Answered:
    """A question answered. file: the new guideline, or None; told: how many hear of it."""

    question: OpenQuestion
    file: Path | None
    told: int


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


def log_reply(
    actor: Actor, reply: Reply, app: App, now: datetime, *, once: str = "", wanted: bool = False
) -> str:
    """Keep that the reply was given, and its question where no guideline answered it; its id.

    once: names the event at the door, so that handling it again logs nothing. wanted: the asker
    wants a colleague's answer, whatever the state. Small talk and refusals leave no question.
    """
    reply_id = hashlib.sha256(once.encode()).hexdigest()[:10] if once else secrets.token_hex(5)
    first = reply.citations[0] if reply.citations else None
    document, section = (first.document, first.section or "") if first else ("", "")
    is_open = reply.state in OPEN_STATES or (wanted and reply.state is State.ANSWER)
    with app.database.write() as tx:
        _forget_old(app, tx, now)
        reply_log.keep_reply(tx, LoggedReply(reply_id, reply.state, document, section), to_ms(now))
        if is_open:
            question_log.keep_question(
                tx,
                OpenQuestion(
                    id=reply_id,
                    question=mask_cpr(reply.question),
                    same=" ".join(fold(word) for word in words(reply.question))[:_SAME_LENGTH],
                    language=reply.language,
                    state=reply.state,
                    asked=now,
                    words=reply.unknown_words,
                    document=document,
                    section=section,
                    passage=reply.passages[0][:_PASSAGE_LENGTH] if reply.passages else "",
                    asker=actor.slack,
                ),
                to_ms(now),
            )
    return reply_id


def list_open(actor: Actor, app: App, now: datetime) -> tuple[OpenQuestion, ...]:
    """The open questions, oldest first, the same words once. Raises Refused for other roles."""
    _must_own(actor)
    with app.database.read() as tx:
        return question_log.open_questions(tx, _kept_since(app, now))


def take_question(actor: Actor, question_id: str, app: App, now: datetime) -> bool:
    """Say that the actor works on it; False when somebody does already.

    Raises Refused for who is not among the people, and for a question that is not open.
    """
    if actor.id not in app.config.people and not actor.may(Role.ADMINISTRATOR):
        raise Refused("Kun medarbejdere, der står under [people] i config.toml, kan tage det.")
    with app.database.write() as tx:
        _find(tx, question_id, app, now)
        first = question_log.take(tx, question_id, actor.id)
        if first:
            record(tx, actor.id, "question.taken", question_id, to_ms(now))
    return first
