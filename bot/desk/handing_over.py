"""A case handed to a colleague, and who that may be."""

from __future__ import annotations

from starlette.responses import Response

from bot.actions import cases as case_actions
from bot.actions.lookup import STAFF
from bot.desk.visit import Visit, to
from bot.people import acting


def hand_over(visit: Visit) -> Response:
    """The case, with all that it follows, to a colleague."""
    reference = visit.path["reference"]
    case_actions.hand_over(visit.actor, reference, visit.form.get("til"), visit.app, visit.now)
    return to(f"/sag/{reference}", "givet-videre")


def colleagues(visit: Visit, owners: set[str]) -> list[tuple[str, str]]:
    """Who may be given the case: they work with cases, and do not have it already."""
    people = visit.app.config.people
    return [
        (person.id, person.name)
        for person in people
        if acting(person).may(*STAFF) and owners != {person.id}
    ]
