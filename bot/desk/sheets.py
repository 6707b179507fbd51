"""Handouts on the desk: topics by picture, the form that a topic asks for, the page beside it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.actions.handouts import HandoutRequest, make_handout
from bot.desk.border import PROBLEM_POLICY, SHEET_POLICY
from bot.desk.fields import fields_of, problems_of
from bot.desk.pages import page
from bot.desk.visit import Visit
from messages.document import Document
from messages.errors import Problem
from messages.formats import render
from messages.formatting import ValueKind
from messages.tables import N_
from messages.topics import Topic

SWITCHES = {
    "bilingual": (N_("Dansk ved siden af"), N_("Hver sætning står på begge sprog.")),
    "large": (N_("Stor skrift"), N_("Til den, der ser dårligt.")),
    "script": (
        N_("Tolkeark"),
        N_("Med et spørgsmål til hvert trin, så I kan høre, om det er forstået."),
    ),
}
KINDS = {
    "pdf": (".pdf", "application/pdf", True),
    "print": (".pdf", "application/pdf", False),
    "png": (".png", "image/png", True),
    "phone": (".phone.png", "image/png", True),
    "html": (".html", "text/html; charset=utf-8", True),
    "txt": (".txt", "text/plain; charset=utf-8", False),
}
_NUMBERS = frozenset({ValueKind.AMOUNT, ValueKind.PERCENT, ValueKind.HOURS, ValueKind.COUNT})


@dataclass(frozen=True)
class Tile:
    """A topic as it is chosen: its picture, its title, its address."""

    id: str
    title: str
    picture: str


def tiles(visit: Visit) -> list[Tile]:
    """Every topic, by title."""
    found = [tile(topic, visit) for topic in visit.app.library.topics.values()]
    return sorted(found, key=lambda one: one.title)


def tile(topic: Topic, visit: Visit) -> Tile:
    return Tile(topic.id, visit.title(topic), topic.steps[0].picture)


def topics_page(visit: Visit) -> Response:
    return visit.page("topics", topics=tiles(visit))


def sheet_page(visit: Visit) -> Response:
    """The form of one topic, with the example sheet beside it."""
    return _form(visit, _topic(visit), {})


def preview(visit: Visit) -> Response:
    """The sheet itself, for the frame beside the form, or what keeps it from being made; without
    numbers the topic's example."""
    topic = _topic(visit)
    try:
        sheet = _composed(visit, topic)
    except Problem as problem:
        told = problems_of(problem, topic, visit.form, visit.words)
        shown = page(
            "problems", visit.words, problems=told, fields=fields_of(topic.facts, visit, told)
        )
        return HTMLResponse(shown, headers={"content-security-policy": PROBLEM_POLICY})
    body = render(sheet, visit.app.library, ".html")
    headers = {"content-security-policy": SHEET_POLICY}
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


def download(visit: Visit) -> Response:
    """The sheet as a file, or the form again with what is wrong at its field."""
    topic = _topic(visit)
    suffix, kind, attached = KINDS.get(visit.form.get("format"), KINDS["pdf"])
    try:
        body = render(_composed(visit, topic), visit.app.library, suffix)
    except Problem as problem:
        return _form(visit, topic, problems_of(problem, topic, visit.form, visit.words), 422)
    name = f"{topic.id}-{_language(visit)}{suffix}"
    place = "attachment" if attached else "inline"
    headers = {
        "content-disposition": f'{place}; filename="{name}"',
        "content-security-policy": SHEET_POLICY,
    }
    return Response(body, media_type=kind, headers=headers)


def _topic(visit: Visit) -> Topic:
    name = visit.path.get("topic", "")
    topic = visit.app.library.topics.get(name)
    if topic is None:
        raise HTTPException(404)
    return topic


def _language(visit: Visit) -> str:
    asked = visit.form.get("lang") or visit.query.get("lang", "")
    return asked if asked in visit.app.library.languages else "da"


def _composed(visit: Visit, topic: Topic) -> Document:
    request = HandoutRequest(
        topic.id,
        _language(visit),
        visit.form.under("f."),
        bilingual="bilingual" in visit.form,
        large="large" in visit.form,
        script="script" in visit.form,
    )
    return make_handout(
        visit.actor,
        request,
        visit.app.library,
        visit.today,
        reviewed_only=visit.app.config.reviewed_only,
        site=visit.app.config.site,
        contacts=visit.app.config.contacts.values(),
    )


def _form(visit: Visit, topic: Topic, problems: dict[str, str], status: int = 200) -> Response:
    fields = fields_of(topic.facts, visit, problems)
    return visit.page(
        "sheet",
        status,
        topic=tile(topic, visit),
        goal=visit.words(topic.goal) if topic.goal else "",
        first=[field for field in fields if field.first],
        more=[field for field in fields if not field.first],
        open_more=any(field.text or field.problem for field in fields if not field.first),
        problem=problems.get("", ""),
        sheet_languages=visit.app.library.languages.values(),
        chosen=_language(visit),
        one_language=topic.danish_only,
        switches={
            name: (*said, name in visit.form)
            for name, said in SWITCHES.items()
            if not (topic.danish_only and name == "bilingual")
        },
        counts=any(fact.kind in _NUMBERS for fact in topic.facts),
    )
