"""`/aabning`: the shared list of openings, and the form that adds one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions.openings import NewOpening, add_opening, list_openings
from bot.slack.cards.case_forms import run_page
from bot.slack.cards.days import plain_date
from bot.slack.cards.fields import View
from bot.slack.cards.opening_form import OPENING, opening_form
from bot.slack.forms import Next, Typed, Visit, Wrong
from messages.errors import Problem
from messages.tables import N_
from scheduler.cases import read_day
from scheduler.openings import Opening
from scheduler.plans import Anchor

_FIELDS = {"virksomhed": "company", "sted": "place", "arbejde": "trade"}
"""What the action calls a field, and what the form does."""


class OpeningForm:
    """What stands on the list now, and room for one more."""

    name = OPENING

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:  # noqa: ARG002 - always all
        """Raises Refused for who does not work with cases."""
        standing = list_openings(visit.actor, visit.front.app, visit.front.today)
        return opening_form([_line(one, visit) for one in standing], visit.words)

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        words, count = visit.words, typed.get("places")
        if not (count.isascii() and count.isdigit() and len(count) < 4):
            return Wrong({"places": words(N_("Det er ikke et helt tal. Skriv f.eks. 2."))})
        try:
            opening = add_opening(
                visit.actor,
                NewOpening(
                    company=typed.get("company"),
                    place=typed.get("place"),
                    trade=typed.get("trade"),
                    places=int(count),
                    until=read_day(typed.get("until"), Anchor.END),
                ),
                visit.front.app,
                visit.front.now(),
            )
        except Problem as problem:
            return Wrong({_field_of(problem): words.problem(problem)})
        said = words(N_("Åbningen er på listen."))
        page = run_page(OPENING, words(N_("Åbninger")), said, [_line(opening, visit)], words)
        return Next(page)


def _field_of(problem: Problem) -> str:
    """The field that a refusal is about: it names it, a day, or the number of places."""
    values = problem.values
    if "name" in values:
        return _FIELDS.get(str(values["name"]), "company")
    return "until" if "day" in values or "which" in values else "places"


def _line(opening: Opening, visit: Visit) -> str:
    return visit.words(
        N_("{company}, {place}: {trade}. Ledige: {left} af {places}, til {until}"),
        company=opening.company,
        place=opening.place,
        trade=opening.trade,
        left=opening.left,
        places=opening.places,
        until=plain_date(opening.until),
    )
