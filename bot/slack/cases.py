"""Cases from Slack: forms that begin a plan, move its dates, or tell how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.actions.cases import NewCase, end_case, set_days, start_case
from bot.actions.nudges import list_nudges
from bot.errors import Refused
from bot.slack.cards.case_forms import (
    ASKED,
    CHANGE,
    GOES_ON,
    START,
    change_form,
    run_page,
    start_form,
)
from bot.slack.cards.days import on_day
from bot.slack.cards.fields import View
from bot.slack.forms import Next, Typed, Visit, Wrong
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_
from scheduler.cases import ANCHOR_NAMES, read_day
from scheduler.nudges import Nudge
from scheduler.plans import Anchor, Outcome, Plan


class StartForm:
    """A plan for a case."""

    name = START

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        plans = _plans(visit)
        return self._shown(visit, plans[0] if plans else None, about.get("reference", ""))

    def change(self, visit: Visit, typed: Typed) -> View | None:
        plan = visit.front.app.plans.get(typed.get("plan"))
        return self._shown(visit, plan, typed.get("reference"))

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        try:
            request = NewCase(
                plan=typed.get("plan"),
                reference=typed.get("reference"),
                anchors=_days(typed),
                owner=typed.get("owner"),
                include=typed.all("include"),
            )
            run = start_case(visit.actor, request, visit.front.app, visit.front.now())
        except Problem as problem:
            return Wrong({_field_of(problem, "reference"): visit.words.problem(problem)})
        said = visit.words(N_("{case}: planen er begyndt."), case=run.case.reference)
        return Next(_page(self.name, said, run.nudges, visit.words))

    def _shown(self, visit: Visit, plan: Plan | None, reference: str) -> View:
        app = visit.front.app
        return start_form(
            _plans(visit),
            [(person.id, person.name) for person in app.config.people],
            visit.words,
            plan=plan,
            owner=visit.actor.id,
            reference=reference,
            example=app.config.cases.example,
        )


class ChangeForm:
    """What happened in a case: its dates, its end."""

    name = CHANGE

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the case has no plan under way."""
        return self._shown(visit, about.get("reference", ""), "")

    def change(self, visit: Visit, typed: Typed) -> View | None:
        return self._shown(visit, typed.about.get("reference", ""), typed.get("plan"))

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        reference = typed.about.get("reference", "")
        plan = typed.get("plan") or typed.about.get("plan", "")
        try:
            return self._changed(visit, typed, reference, plan)
        except Problem as problem:
            return Wrong({_field_of(problem, "outcome"): visit.words.problem(problem)})

    def _changed(self, visit: Visit, typed: Typed, reference: str, plan: str) -> Wrong | Next:
        app, words, now = visit.front.app, visit.words, visit.front.now()
        days, outcome = _days(typed), typed.get("outcome")
        rows: tuple[Nudge, ...] = ()
        if outcome not in (*Outcome, GOES_ON):
            return Wrong({"outcome": words(N_("Vælg, hvordan det går."))})
        if outcome == GOES_ON and not days:
            return Wrong({"outcome": words(N_("Vælg en dato, eller fortæl, hvordan det endte."))})
        if days:
            rows = set_days(visit.actor, reference, days, app, now, plan=plan).nudges
        said = words(N_("{case}: datoerne er gemt."), case=reference)
        if outcome != GOES_ON:
            ended = end_case(visit.actor, reference, Outcome(outcome), app, now, plan=plan)
            said = words(N_("{case}: opfølgningen er afsluttet."), case=reference)
            rows = ended.started.nudges if ended.started else ()
            if ended.started:
                said += " " + words(N_("Næste plan er begyndt."))
        return Next(_page(self.name, said, rows, words))

    def _shown(self, visit: Visit, reference: str, chosen: str) -> View:
        app = visit.front.app
        reference = reference.strip()
        found = {one.plan for one in list_nudges(visit.actor, app) if one.case == reference}
        plans = [plan for plan in app.plans.values() if plan.id in found]
        if not plans:
            raise Refused(
                "Sagen har ingen opfølgning i gang. Begynd en ved at skrive /praktik alene."
            )
        plan = next((one for one in plans if one.id == chosen), plans[0])
        about = {"reference": reference, "plan": plan.id}
        return change_form(reference, plans, visit.words, plan=plan, about=about)


def _plans(visit: Visit) -> list[Plan]:
    """The plans, the longest first: it is the one that most cases follow."""
    return sorted(visit.front.app.plans.values(), key=lambda plan: -len(plan.steps))


def _days(typed: Typed) -> dict[Anchor, date]:
    given = {anchor: typed.get(anchor.value) for anchor in ASKED}
    return {anchor: read_day(text, anchor) for anchor, text in given.items() if text}


def _field_of(problem: Problem, otherwise: str) -> str:
    """The field that a refusal is about: it names the date that it does not take."""
    which = problem.values.get("which")
    if isinstance(which, Problem):
        for anchor in ASKED:
            if which.message == ANCHOR_NAMES[anchor]:
                return anchor.value
    return otherwise


def _page(name: str, said: str, nudges: Sequence[Nudge], words: Words) -> View:
    dated = sorted((one for one in nudges if one.due), key=lambda one: str(one.due))
    waiting = [one for one in nudges if one.due is None]
    rows = [f"{on_day(one.due, words)}: {words(one.title)}" for one in dated if one.due]
    rows += [words(N_("venter på en dato: {title}"), title=words(one.title)) for one in waiting]
    return run_page(name, words(N_("Gemt")), said, rows, words)
