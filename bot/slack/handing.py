"""The form that gives one case to a colleague; the card that it was opened from says to whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.actions.cases import hand_over
from bot.actions.lookup import STAFF
from bot.actions.nudges import nudge_of
from bot.errors import Refused
from bot.people import acting
from bot.slack import nudges
from bot.slack.cards.case_forms import HAND, hand_form
from bot.slack.cards.fields import View
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.slack.steps import Steps
from messages.errors import Problem
from messages.tables import N_
from scheduler.nudges import Nudge
from scheduler.outbox import Posted


class HandForm:
    """One case, one colleague of those who work with cases."""

    name = HAND

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the step does not exist any more, or nobody else could have it."""
        nudge = nudge_of(visit.actor, about.get("nudge", ""), visit.front.app)
        people = _colleagues(visit, nudge)
        if not people:
            raise Refused("Der er ingen anden sagsbehandler under [people] i config.toml.")
        where = {"nudge": nudge.id, "channel": visit.channel, "ts": visit.ts}
        return hand_form(nudge.case, people, visit.words, where)

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        about, words, front = typed.about, visit.words, visit.front
        try:
            nudge = nudge_of(visit.actor, about.get("nudge", ""), front.app)
            handed = hand_over(visit.actor, nudge.case, typed.get("to"), front.app, front.now())
        except Problem as problem:
            return Wrong({"to": words.problem(problem)})
        name = front.app.config.people.name_of(handed.to)
        said = words(N_("{case} er nu hos {who}."), case=handed.reference, who=name)
        page = told(HAND, words(N_("Giv sagen videre")), said, words)
        if not (about.get("channel") and about.get("ts")):
            return Next(page)
        card = nudges.card_of(front.app, nudge, handed_to=name)
        where = Posted(about["channel"], about["ts"])
        return Next(page, partial(self._steps.show, where, card))


def _colleagues(visit: Visit, nudge: Nudge) -> list[tuple[str, str]]:
    """Those who may have a case and have not got this one, the owner's own team first."""
    people = visit.front.app.config.people
    owner = people.get(nudge.owner)
    team = owner.team if owner else ""
    found = [person for person in people if person.id != nudge.owner and acting(person).may(*STAFF)]
    found.sort(key=lambda person: (person.team != team, person.name.casefold()))
    return [(person.id, person.name) for person in found]
