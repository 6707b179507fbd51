"""Translations on the desk: how far each language is, and one sheet read beside the Danish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.actions import translation_review as actions
from bot.actions.translation_review import EVERY, OTHER
from bot.actions.translations import known_code, status
from bot.desk.days import whole
from bot.desk.examples import example_values, filled
from bot.desk.progress import STATES, Progress, progress_of
from bot.desk.told import told_by
from bot.desk.visit import Visit, to
from bot.people import Role
from messages.catalog_checks import faults_of
from messages.errors import Problem
from messages.languages import DANISH, Language
from messages.personal_data import find_cpr, mask_cpr
from messages.pictures import Picture
from messages.po_file import Entry
from messages.review_comments import LONGEST, Comment
from messages.review_sheet import Pieces, english_words, review_rows
from messages.tables import N_
from messages.topics import Topic
from messages.translation_import import row_base
from messages.translations import Work

PER_PAGE = 40


@dataclass(frozen=True)
class Part:
    """What is read in one go: a topic's sheet, or what is not of one topic."""

    id: str
    title: str
    picture: str
    progress: Progress


@dataclass(frozen=True)
class Sentence:
    """One sentence to read: its seal, what it says, and what was said of it."""

    seal: str
    picture: Picture | None
    danish: Pieces
    english: Pieces
    words: Pieces
    state: str
    said: str
    fault: str
    comments: tuple[tuple[str, str], ...]
    typed: str
    ticked: bool


def languages_page(visit: Visit) -> Response:
    """Every language with how many of its sentences somebody has approved."""
    found = [one for one in status(visit.app) if one.domain == "handout"]
    return visit.page(
        "translations",
        rows=[(one.language, progress_of(one.counts)) for one in found],
        states=_states(visit),
    )


def parts_page(visit: Visit) -> Response:
    """One language: its sheets, and how far each is."""
    work, language = _work(visit)
    topics = visit.app.library.topics.values()
    parts = [
        _part(visit, work, EVERY, visit.words(N_("Det, der står på alle ark")), "ask-for-help"),
        *(_part(visit, work, one.id, visit.title(one), one.steps[0].picture) for one in topics),
        _part(visit, work, OTHER, visit.words(N_("Billedernes tekster og ord ved tallene")), ""),
    ]
    return visit.page("translation_parts", tongue=language, parts=parts, states=_states(visit))


def part_page(visit: Visit) -> Response:
    return _sheet(visit)


def save(visit: Visit) -> Response:
    """Keep what was ticked and written; words that have changed since are read again."""
    code, part = visit.path["code"], visit.path["part"]
    try:
        kept = actions.review(
            visit.actor,
            visit.app,
            code,
            visit.form.get("navn"),
            visit.today,
            approved=visit.form.all("ok"),
            comments=visit.form.under("k."),
        )
    except Problem as problem:
        return _sheet(visit, visit.words.problem(problem), 422)
    side = visit.form.get("side")
    here = f"/oversaettelser/{code}/{part}" + (f"?side={side}" if side.isdecimal() else "")
    return to(here, "laest-aendret" if kept.changed else "laest")


def _sheet(visit: Visit, problem: str = "", status: int = 200) -> Response:
    work, language = _work(visit)
    part = visit.path["part"]
    actions.known_part(visit.app, part)
    topic = visit.app.library.topics.get(part)
    found = [entry for entry in work.entries if actions.on_part(entry, part, visit.app)]
    if topic:  # as the reader meets them
        order = {text: number for number, (text, _) in reversed([*enumerate(topic.sentences())])}
        found.sort(key=lambda entry: order.get(entry.source, len(order)))
    sides = max(1, -(-len(found) // PER_PAGE))
    side = _side(visit, sides)
    shown = found[(side - 1) * PER_PAGE : side * PER_PAGE]
    return visit.page(
        "translation_sheet",
        status,
        problem=problem,
        told=told_by(visit.query, visit.words),
        tongue=language,
        part=part,
        title=visit.title(topic) if topic else "",
        topic=topic,
        side=side,
        sides=sides,
        rows=_rows(replace(work, entries=tuple(shown)), visit, topic),
        may=visit.actor.may(Role.LEADER, Role.GUIDELINE_OWNER),
        name=mask_cpr(visit.form.get("navn")) or visit.actor.name,
        longest=LONGEST,
        progress=progress_of(replace(work, entries=tuple(found)).counts()),
    )


def _rows(work: Work, visit: Visit, topic: Topic | None) -> Sequence[Sentence]:
    library = visit.app.library
    values = example_values(topic, library, visit.today)
    danish = library.languages[DANISH]
    comments = actions.comments_on(visit.app, work.language.code)
    rows = review_rows(work, english_words(work, library), library.pictures)
    ticked = set(visit.form.all("ok"))
    return [
        Sentence(
            seal=row_base(entry),
            picture=row.picture,
            danish=filled(row.danish, values, danish),
            english=filled(row.english, values, library.languages.get("en", danish)),
            words=filled(row.words, values, work.language),
            state=row.state.value,
            said=visit.words(STATES[row.state]),
            fault=_fault(entry, work, visit),
            comments=_said(comments.get(row_base(entry), ()), visit.words.language),
            typed=_typed(visit, row_base(entry)),
            ticked=row_base(entry) in ticked,
        )
        for entry, row in zip(work.entries, rows, strict=True)
    ]


def _fault(entry: Entry, work: Work, visit: Visit) -> str:
    """What keeps the sentence from being approved, or nothing."""
    if not entry.words or entry.fuzzy:
        return ""
    severe = (one for one in faults_of(entry, work.rules, work.file) if one.severe)
    fault = next(severe, None)
    return visit.words.problem(fault.what) if fault else ""


def _said(comments: Sequence[Comment], language: str) -> tuple[tuple[str, str], ...]:
    return tuple((whole(one.on, language), one.text) for one in comments)


def _typed(visit: Visit, seal: str) -> str:
    text = visit.form.get(f"k.{seal}")
    return "" if find_cpr(text) else text


def _work(visit: Visit) -> tuple[Work, Language]:
    if visit.path["code"] not in visit.app.library.languages:
        raise HTTPException(404)
    work = actions.reading(visit.app, known_code(visit.app, visit.path["code"]))
    return work, work.language


def _part(visit: Visit, work: Work, part: str, title: str, picture: str) -> Part:
    app = visit.app
    found = tuple(entry for entry in work.entries if actions.on_part(entry, part, app))
    return Part(part, title, picture, progress_of(replace(work, entries=found).counts()))


def _states(visit: Visit) -> list[tuple[str, str]]:
    return [(state.value, visit.words(said)) for state, said in STATES.items()]


def _side(visit: Visit, sides: int) -> int:
    asked = visit.form.get("side") or visit.query.get("side", "")
    return min(max(int(asked), 1), sides) if asked.isdecimal() and len(asked) < 5 else 1
