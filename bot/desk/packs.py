"""A family pack on the desk: topics by picture, languages by their own names, each number once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from bot.actions.family_packs import PackRequest, check_size, make_pack
from bot.desk.fields import fields_of
from bot.desk.forms import Form
from bot.desk.sheets import SWITCHES, tiles
from bot.desk.visit import Visit
from bot.fact_faults import faults
from messages.document import Document
from messages.errors import Problem
from messages.family_pack import (
    MOST_SHEETS,
    asked_once,
    facts_for,
    family_pack,
    pages_of,
    sheets_of,
)
from messages.personal_data import mask_cpr
from messages.tables import N_
from messages.topics import Topic

_TITLE = N_("Familiepakke")


def pack_page(visit: Visit) -> Response:
    """What to put in the pack; once topics and languages are chosen, the numbers they ask for."""
    return _page(visit, Form(visit.query.multi_items()), {})


def download(visit: Visit) -> Response:
    """All sheets as one PDF, or the form again with what is wrong at its field."""
    words, form = visit.words, visit.form
    try:
        sheets = _composed(visit, form, form.under("f."))
        body = family_pack(sheets, visit.app.library, words(_TITLE), words.language)
    except Problem as problem:
        return _page(visit, form, _problems(visit, problem), 422)
    headers = {"content-disposition": 'attachment; filename="familiepakke.pdf"'}
    return Response(body, media_type="application/pdf", headers=headers)


def _composed(visit: Visit, form: Form, numbers: Mapping[str, str]) -> tuple[Document, ...]:
    config = visit.app.config
    request = PackRequest(
        form.all("emne"),
        form.all("lang"),
        numbers,
        bilingual="bilingual" in form,
        large="large" in form,
        script="script" in form,
    )
    return make_pack(
        visit.actor,
        request,
        visit.app.library,
        visit.today,
        reviewed_only=config.reviewed_only,
        site=config.site,
        contacts=config.contacts.values(),
    )


def _pages(visit: Visit, form: Form) -> int:
    """About how many pages it will be, from the examples; 0 for what cannot be made."""
    try:
        return pages_of(_composed(visit, form, {}), visit.app.library)
    except Problem:
        return 0


def _problems(visit: Visit, problem: Problem) -> dict[str, str]:
    """What is wrong, by the name of its question; under "" what belongs to no single one."""
    topics = _topics(visit, visit.form)
    asked, told = asked_once(topics), dict[str, str]()
    for topic in topics:
        wrong = faults(topic, facts_for(topic, asked, visit.form.under("f.")), visit.words)
        told |= {
            one.name: wrong[one.fact.key]
            for one in asked
            if topic.id in one.topics and one.fact.key in wrong
        }
    return told or {"": mask_cpr(visit.words.problem(problem))}


def _topics(visit: Visit, form: Form) -> tuple[Topic, ...]:
    """The chosen topics, in the order of the list; what is no topic is passed over."""
    chosen = set(form.all("emne"))
    return tuple(topic for topic in visit.app.library.topics.values() if topic.id in chosen)


def _page(visit: Visit, form: Form, problems: dict[str, str], status: int = 200) -> Response:
    library = visit.app.library
    topics = _topics(visit, form)
    languages = tuple(code for code in library.languages if code in form.all("lang"))
    sheets, problem = tuple(sheets_of(topics, languages)), problems.get("", "")
    ready = bool(topics and languages) and len(sheets) <= MOST_SHEETS
    if topics or languages or "valgt" in form:
        problem = problem or _size(visit, len(topics), len(languages), len(sheets))
    asked = [replace(one.fact, key=one.name) for one in asked_once(topics)]
    fields = fields_of(asked, visit, problems)
    return visit.page(
        "pack",
        status,
        tiles=[(one, one.id in {topic.id for topic in topics}) for one in tiles(visit)],
        sheet_languages=library.languages.values(),
        languages_chosen=languages,
        ready=ready,
        most=MOST_SHEETS,
        pages=_pages(visit, form) if ready else 0,
        sheets=[(visit.title(topic), library.languages[code]) for topic, code in sheets],
        chosen=[topic.id for topic in topics],
        first=[field for field in fields if field.first],
        more=[field for field in fields if not field.first],
        open_more=any(field.text or field.problem for field in fields if not field.first),
        problem=problem,
        switches={name: (*said, name in form) for name, said in SWITCHES.items()},
    )


def _size(visit: Visit, topics: int, languages: int, sheets: int) -> str:
    """Why the choice is no pack yet, or nothing."""
    try:
        check_size(topics, languages, sheets)
    except Problem as problem:
        return visit.words.problem(problem)
    return ""
