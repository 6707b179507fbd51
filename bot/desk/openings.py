"""The shared list of openings on the desk: what there is, one more, a place spoken for or taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from starlette.responses import Response

from bot.actions import openings as actions
from bot.desk.days import whole
from bot.desk.told import told_by
from bot.desk.visit import Visit, to
from bot.errors import Refused
from messages.errors import Problem
from messages.personal_data import find_cpr
from scheduler.openings import Opening

_FIELDS = ("virksomhed", "sted", "arbejde", "pladser", "til")
_Change = Callable[[Visit], Opening]
_CHANGES: Mapping[str, _Change] = {
    "reserver": lambda v: actions.reserve_opening(v.actor, v.path["id"], v.app, v.now),
    "frigiv": lambda v: actions.reserve_opening(v.actor, v.path["id"], v.app, v.now, count=-1),
    "besat": lambda v: actions.fill_opening(
        v.actor, v.path["id"], v.app, v.now, reserved=v.form.get("reserveret") == "ja"
    ),
    "luk": lambda v: actions.close_opening(v.actor, v.path["id"], v.app, v.now),
}


def list_page(visit: Visit) -> Response:
    return _list(visit)


def add(visit: Visit) -> Response:
    """One more on the list; what is wrong is said above the form, with the rest still typed."""
    typed = {name: visit.form.get(name) for name in _FIELDS}
    try:
        request = actions.NewOpening(
            company=typed["virksomhed"],
            place=typed["sted"],
            trade=typed["arbejde"],
            places=_count(typed["pladser"]),
            until=_day(typed["til"]),
        )
        actions.add_opening(visit.actor, request, visit.app, visit.now)
    except Problem as problem:
        return _list(visit, visit.refused(problem), 422)
    return to("/pladser", "plads")


def change(visit: Visit) -> Response:
    """A place spoken for, given back, taken; or the opening closed."""
    act = _CHANGES.get(visit.form.get("hvad"))
    if act is None:
        raise Refused("Vælg, hvad der skal ske med pladsen: reservér, frigiv, besat eller luk.")
    act(visit)
    return to("/pladser", "plads")


def _list(visit: Visit, problem: str = "", status: int = 200) -> Response:
    people = visit.app.config.people
    language = visit.words.language
    found = actions.list_openings(visit.actor, visit.app, visit.today)
    typed = {name: visit.form.get(name) for name in _FIELDS}
    return visit.page(
        "openings",
        status,
        problem=problem,
        told=told_by(visit.query, visit.words),
        typed={name: "" if find_cpr(text) else text for name, text in typed.items()},
        found=[
            (one, whole(one.until, language), person.name if person else one.who)
            for one in found
            for person in [people.get(one.who)]
        ],
    )


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise Refused("Antallet af pladser er et helt tal. Skriv f.eks. 2.")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("Den sidste dag er ikke en dato. Skriv den som 2026-03-02.") from None
