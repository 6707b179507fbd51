"""Questions without an answer on the desk: passed on, answered with a guideline, or put aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from bot.actions import question_report, questions
from bot.actions.ask import ask
from bot.actions.question_dismissal import dismiss_question
from bot.actions.question_report import REASONS, Reason
from bot.answers.reply import Kind, State
from bot.answers.wording import KINDS, STATES
from bot.clock import COPENHAGEN
from bot.desk.bars import Bar, bars
from bot.desk.days import whole
from bot.desk.told import told_by
from bot.desk.visit import Visit, to
from bot.errors import Refused
from bot.stores.question_log import OpenQuestion
from bot.words import Words
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_

LIST = "/spoergsmaal"
LONGEST = 2_000  # what the field on the page takes
_KEPT_KINDS = (Kind.LOCAL_RULE, Kind.LAW, Kind.EXPERIENCE)


@dataclass(frozen=True)
class Row:
    """An open question: when it was asked, how often, what came closest, who has taken it."""

    id: str
    question: str
    language: str
    day: str
    times: int
    near: str
    passage: str
    taken: str


@dataclass(frozen=True)
class Part:
    """One list of the report, the most frequent first."""

    heading: str
    bars: tuple[Bar, ...]


def list_page(visit: Visit) -> Response:
    return _list(visit)


def pass_on(visit: Visit) -> Response:
    """Keep a question that no guideline answered for whoever owns the guidelines."""
    asked = visit.form.get("question")
    reply = ask(visit.actor, asked, visit.app.answers, visit.today)
    if reply.state not in questions.OPEN_STATES or len(asked) > LONGEST:
        raise Refused("Spørgsmålet kan ikke sendes videre. Stil det igen, og se svaret.")
    once = f"desk/{visit.actor.id}/{visit.today}/{reply.question}"
    questions.log_reply(visit.actor, reply, visit.app, visit.now, once=once)
    return to("/spoerg", "sendt-videre")


def answer(visit: Visit) -> Response:
    """The answer becomes a guideline; what is wrong is said with the answer still typed."""
    kind = visit.form.get("kind")
    try:
        questions.answer_question(
            visit.actor,
            visit.path["id"],
            visit.form.get("svar"),
            visit.app,
            visit.now,
            title=visit.form.get("titel"),
            kind=Kind(kind) if kind in {one.value for one in _KEPT_KINDS} else Kind.LOCAL_RULE,
        )
    except Problem as problem:
        return _list(visit, visit.words.problem(problem), 422)
    return to(LIST, "besvaret")


def dismiss(visit: Visit) -> Response:
    dismiss_question(visit.actor, visit.path["id"], visit.app, visit.now)
    return to(LIST, "lagt-vaek")


def _list(visit: Visit, problem: str = "", status: int = 200) -> Response:
    words, app = visit.words, visit.app
    found = question_report.report(visit.actor, app, visit.now)
    typed = {name: visit.form.get(name) for name in ("svar", "titel")}
    wrong = visit.path.get("id", "") if problem else ""
    rows = [_row(one, visit) for one in found.open]
    return visit.page(
        "questions",
        status,
        rows=rows,
        problem=problem,
        wrong=wrong,
        lost=bool(problem) and wrong not in {row.id for row in rows},
        typed={name: "" if find_cpr(text) else text for name, text in typed.items()},
        kinds=[(kind.value, words(KINDS[kind])) for kind in _KEPT_KINDS],
        longest=questions.LONGEST_ANSWER,
        told=told_by(visit.query, words),
        days=found.days,
        helpful=found.helpful,
        parts=[part for part in _parts(found, words) if part.bars],
    )


def _row(one: OpenQuestion, visit: Visit) -> Row:
    day = one.asked.astimezone(COPENHAGEN).date()
    taken = visit.app.config.people.name_of(one.taken_by) if one.taken_by else ""
    return Row(
        id=one.id,
        question=one.question,
        language=one.language,
        day=whole(day, visit.words.language),
        times=one.times,
        near=" › ".join(part for part in (one.document, one.section) if part),
        passage=one.passage,
        taken=taken,
    )


def _parts(found: question_report.Report, words: Words) -> Iterable[Part]:
    states = [
        (words(STATES[state]), found.states[state])
        for state in State
        if STATES[state] and found.states.get(state)
    ]
    yield Part(words(N_("Hvad der blev svaret")), bars(states))
    yield Part(words(N_("Ord, som ingen vejledning kender")), bars(found.missing_words))
    sections = [
        (" › ".join(part for part in place if part), times) for place, times in found.sections
    ]
    yield Part(words(N_("Det, der oftest svarer")), bars(sections))
    reasons = [
        (words(REASONS[Reason(why)]) if why in set(Reason) else words(N_("uden grund")), times)
        for why, times in found.reasons
    ]
    yield Part(words(N_("Derfor hjalp svaret ikke")), bars(reasons))
    yield Part(words(N_("Vejledninger, hvis svar ikke hjalp")), bars(found.blamed))
