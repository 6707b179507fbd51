"""Questions that no guideline answered: kept, listed, taken, and answered with a guideline."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.lines import tidy
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
from messages.tables import did_you_mean
from scheduler.audit import record
from scheduler.dialect import Tx
from scheduler.outbox import Outbox
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

OPEN_STATES = frozenset({State.CLOSEST, State.UNKNOWN})
LONGEST_ANSWER = 8_000
_SAME_LENGTH = 300
_PASSAGE_LENGTH = 1_000


@dataclass(frozen=True)
class Answered:
    """A question answered. file: the new guideline, or None; told: how many hear of it."""

    question: OpenQuestion
    file: Path | None
    told: int


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
    question = mask_cpr(reply.question)
    is_open = reply.state in OPEN_STATES or (wanted and reply.state is State.ANSWER)
    with app.database.write() as tx:
        forget_old(tx, app, now)
        reply_log.keep_reply(tx, LoggedReply(reply_id, reply.state, document, section), to_ms(now))
        if is_open:
            question_log.keep_question(
                tx,
                OpenQuestion(
                    id=reply_id,
                    question=question,
                    same=" ".join(fold(word) for word in words(question))[:_SAME_LENGTH],
                    language=reply.language,
                    state=reply.state,
                    asked=now,
                    words=tuple(mask_cpr(word) for word in reply.unknown_words),
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
    must_own(actor)
    with app.database.read() as tx:
        return question_log.open_questions(tx, kept_since(app, now))


def take_question(actor: Actor, question_id: str, app: App, now: datetime) -> bool:
    """Say that the actor works on it; False when somebody does already.

    Raises Refused for who is not among the people, and for a question that is not open.
    """
    if actor.id not in app.config.people and not actor.may(Role.ADMINISTRATOR):
        raise Refused("Kun medarbejdere, der står under [people] i config.toml, kan tage det.")
    with app.database.write() as tx:
        find_open(tx, question_id, app, now)
        first = question_log.take(tx, question_id, actor.id)
        if first:
            record(tx, actor.id, "question.taken", question_id, to_ms(now))
    return first


def answer_question(
    actor: Actor,
    question_id: str,
    text: str,
    app: App,
    now: datetime,
    *,
    title: str = "",
    kind: Kind = Kind.LOCAL_RULE,
    keep: bool = True,
) -> Answered:
    """Answer an open question: the answer becomes a guideline of the municipality's own, and all
    who asked in the same words are told. keep: False only tells them, and leaves no guideline.

    The question is the title unless another is given. Raises Refused for other roles, a question
    that is not open (any more), a text that cannot be kept, and a missing guidelines folder.
    """
    must_own(actor)
    answer = _fit(text, title)
    folder = _own_folder(app) if keep else None
    with app.database.write() as tx:
        question = find_open(tx, question_id, app, now)
        waiting = question_log.settle(tx, question, actor.id, to_ms(now))
        if waiting is None:
            raise _not_open(tx, question_id, app, now)
        for told in waiting:
            card = answered_card(
                question.question, answer, actor.name, app.words(told.language), kept=keep
            )
            Outbox().put(tx, answered_post(question, told, card))
        record(tx, actor.id, "question.answered", question.id, to_ms(now))
        file = folder / file_name(question.question, question.id) if folder else None
        if file:
            # Last in the transaction: when the file cannot be written, the question stays open.
            today = now.astimezone(COPENHAGEN).date()
            own = OwnGuideline(title or question.question, answer, actor.name, today, kind)
            write_whole(file, markdown(own).encode())
    if file:
        app.guidelines_changed()
    return Answered(question, file, len(waiting))


def kept_since(app: App, now: datetime) -> int:
    """From when on questions are kept (UTC milliseconds)."""
    return to_ms(now - timedelta(days=app.config.followups.retention.questions_days))


def forget_old(tx: Tx, app: App, now: datetime) -> int:
    """Erase what was kept as long as `[retention] questions_days` says; how many rows."""
    before = kept_since(app, now)
    return question_log.forget_questions(tx, before) + reply_log.forget_replies(tx, before)


def must_own(actor: Actor) -> None:
    """Raise Refused unless the actor answers for what the guidelines say."""
    if not actor.may(Role.GUIDELINE_OWNER, Role.LEADER):
        raise Refused(
            "Kun den, der har rollen guideline_owner eller leader, kan se og besvare spørgsmål. "
            "Spørg jeres administrator."
        )


def find_open(tx: Tx, question_id: str, app: App, now: datetime) -> OpenQuestion:
    """The question while it is open and kept; raises Refused, saying by whom it was answered."""
    question = question_log.question_of(tx, question_id.strip())
    if question is None or to_ms(question.asked) < kept_since(app, now):
        raise _not_open(tx, question_id.strip(), app, now)
    return question


def _not_open(tx: Tx, question_id: str, app: App, now: datetime) -> Refused:
    by = question_log.answered_by(tx, question_id)
    if by:
        return Refused("Spørgsmålet er allerede besvaret af {who}.", who=_name(app, by))
    known = [one.id for one in question_log.open_questions(tx, kept_since(app, now))]
    return Refused(
        "Der er intet åbent spørgsmål “{id}”{hint} Se listen over spørgsmål.",
        id=question_id[:20],
        hint=did_you_mean(question_id[:20], known),
        terminal="brobygger questions list",
    )


def _name(app: App, person: str) -> str:
    return app.config.people.name_of(person)


def _fit(text: str, title: str) -> str:
    """The answer as it is kept. Raises Refused where it is empty, too long, or names a person."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    answer = "\n".join(tidy(line).rstrip() for line in lines).strip()
    if not answer or len(answer) > LONGEST_ANSWER:
        raise Refused(
            "Svaret skal være på mellem 1 og {most} tegn. Skriv f.eks. “Nøglen hentes i "
            "receptionen”.",
            most=LONGEST_ANSWER,
        )
    if find_cpr(f"{title}\n{answer}"):
        raise Refused("I svaret står et tal, der ligner et CPR-nummer. Fjern det, og prøv igen.")
    return answer


def _own_folder(app: App) -> Path:
    """The municipality's first guidelines folder. Raises Refused when config.toml names none."""
    folders = app.config.folders.guidelines
    if not folders:
        raise Refused(
            "Svaret kan ikke gemmes: [folders] guidelines i config.toml nævner ingen mappe. Skriv "
            "f.eks. {example}, og opret mappen.",
            example='guidelines = ["egne/retningslinjer"]',
        )
    return folders[0]
