"""Questions for those who know: sent to their channel, taken, answered, raised when they wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from bot.actions.questions import answer_question, take_question
from bot.arrivals.present import recipients_at
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Role
from bot.slack.cards import notices
from bot.slack.cards.blocks import Card
from bot.slack.cards.expert import ANSWER, KEEP, answer_form, expert_card, raised_card
from bot.slack.cards.fields import View
from bot.slack.cards.notices import notice, refusal
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.slack.front import Front
from bot.stores import expert_questions, question_log
from bot.stores.inbox import Incoming
from bot.stores.question_log import OpenQuestion
from messages.errors import Problem
from messages.tables import N_
from scheduler.dialect import Database
from scheduler.due import instant
from scheduler.outbox import Outbox, Outgoing, Posted
from scheduler.store import to_ms
from scheduler.workdays import WorkCalendar

KIND = "expert"
_NOBODY_TO_ASK = N_(
    "Kommunen har ingen kanal for fagpersoner lige nu. Spørg den, der står under svaret, eller din "
    "leder."
)


@dataclass(frozen=True)
class Experts:
    """What is pressed on an answer that was not sure, and on the card that comes of it."""

    front: Front

    def send(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """The question goes to the experts' channel, once; the asker alone is told."""
        app, words = self.front.app, self.front.words_to(incoming.sender)
        try:
            self.front.actor(incoming.sender)
            question = self._to_send(incoming.value)
        except Refused as refused:
            self._whisper(incoming, refusal(refused, words))
            return ()
        hours = app.config.hours
        raise_at = office_hours_on(
            self.front.now(), app.config.slack.expert_hours, app.calendar, hours.opens, hours.closes
        )
        with app.database.write() as tx:
            expert_questions.send(tx, question.id, to_ms(raise_at))
        self._whisper(incoming, notice(notices.SENT_TO_EXPERTS, words))
        card = expert_card(question, self.front.words)
        key = f"{KIND}:{question.id}"
        to = app.config.slack.experts
        return (Outgoing(key, KIND, to, card.text, card.json, about=question.id),)

    def claim(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Somebody works on it; the second of two is told."""
        app, words = self.front.app, self.front.words_to(incoming.sender)
        try:
            actor = self.front.actor(incoming.sender)
            first = take_question(actor, incoming.value, app, self.front.now())
            question = find_open(app.database, incoming.value)
        except Refused as refused:
            self._whisper(incoming, refusal(refused, words))
            return ()
        who = app.config.people.name_of(question.taken_by)
        card = expert_card(question, self.front.words, taken_by=who)
        self.front.channel.update(Posted(incoming.channel, incoming.ts), card)
        if not first and question.taken_by != actor.id:
            self._whisper(incoming, notice(notices.TAKEN, words, who=who))
        return ()

    def raise_waiting(self, now: datetime) -> int:
        """Tell who answers for the guidelines of questions that nobody has answered; how many."""
        app = self.front.app
        with app.database.read() as tx:
            waiting = expert_questions.to_raise(tx, to_ms(now))
        if not waiting:
            return 0
        recipients = recipients_at(app, now)
        people = recipients.holding(Role.GUIDELINE_OWNER) or recipients.holding(Role.LEADER)
        for question_id in waiting:
            with app.database.write() as tx:
                question = question_log.question_of(tx, question_id)
                if not expert_questions.raised(tx, question_id) or question is None:
                    continue
                for person in people:
                    words = app.words(recipients.language(person, app.config.language))
                    taken_by = app.config.people.name_of(question.taken_by)
                    hours = app.config.slack.expert_hours
                    card = raised_card(question, words, hours, taken_by=taken_by)
                    key = f"{KIND}:{question_id}:{person.id}"
                    Outbox().put(tx, Outgoing(key, KIND, person.slack, card.text, card.json))
        return len(waiting)

    def _to_send(self, question_id: str) -> OpenQuestion:
        """Raises Refused where it is not open, or there is no channel for it any more."""
        app = self.front.app
        if not app.config.slack.experts:
            raise Refused(_NOBODY_TO_ASK)
        return find_open(app.database, question_id)

    def _whisper(self, incoming: Incoming, card: Card) -> None:
        self.front.whisper(incoming.channel, incoming.sender, card, incoming.thread)


class AnswerForm:
    """The answer of somebody who knows; whoever asked in these words is told."""

    name = ANSWER

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the question is not open any more."""
        app = visit.front.app
        question = find_open(app.database, about.get("question", ""))
        where = {"question": question.id, "channel": visit.channel, "ts": visit.ts}
        return answer_form(question, visit.words, where, keep=bool(app.config.folders.guidelines))

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        front, about, words = visit.front, typed.about, visit.words
        try:
            answered = answer_question(
                visit.actor,
                about.get("question", ""),
                typed.get("answer"),
                front.app,
                front.now(),
                keep=KEEP in typed.all("keep"),
            )
        except Problem as problem:
            return Wrong({"answer": words.problem(problem)})
        said = words(N_("Svaret er sendt til {count}, der har spurgt."), count=answered.told)
        page = told(ANSWER, words(N_("Svar på spørgsmål")), said, words)
        if not (about.get("channel") and about.get("ts")):
            return Next(page)
        card = expert_card(answered.question, front.words, answered_by=visit.actor.name)
        where = Posted(about["channel"], about["ts"])
        return Next(page, partial(front.channel.update, where, card))


def find_open(database: Database, question_id: str) -> OpenQuestion:
    """The open question. Raises Refused when it is answered, or erased."""
    with database.read() as tx:
        question = question_log.question_of(tx, question_id)
    if question is None:
        raise Refused("Spørgsmålet er besvaret eller slettet. Stil det igen, hvis det mangler.")
    return question


def office_hours_on(
    start: datetime, hours: int, calendar: WorkCalendar, opens: time, closes: time
) -> datetime:
    """The moment that lies `hours` office hours after `start` (aware)."""
    left = timedelta(hours=hours)
    day = start.astimezone(COPENHAGEN).date()
    while True:
        if calendar.is_workday(day):
            begins, ends = max(start, instant(day, opens)), instant(day, closes)
            if begins + left <= ends:
                return begins + left
            left -= max(ends - begins, timedelta(0))
        day += timedelta(days=1)
