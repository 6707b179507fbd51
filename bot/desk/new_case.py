"""A case begun on the desk: its plan, its number, its dates, who has it."""

from __future__ import annotations

from starlette.responses import Response

from bot.actions import cases as case_actions
from bot.actions.lookup import find_plan, must_be_staff
from bot.desk.cases import ASKED, dates_of, typed, typed_days
from bot.desk.visit import Visit, to
from messages.errors import Problem


def new_page(visit: Visit) -> Response:
    must_be_staff(visit.actor)
    return _new(visit, "")


def start_case(visit: Visit) -> Response:
    """Begin a plan; what is wrong is said above the form, with the rest still typed."""
    must_be_staff(visit.actor)
    must_be_staff(visit.actor)
    try:
        run = case_actions.start_case(
            visit.actor,
            case_actions.NewCase(
                plan=visit.form.get("plan"),
                reference=visit.form.get("sag"),
                anchors=typed_days(visit),
                owner=visit.form.get("ansvarlig"),
                include=visit.form.all(f"med.{visit.form.get('plan')}"),
            ),
            visit.app,
            visit.now,
        )
    except Problem as problem:
        return _new(visit, visit.refused(problem), 422)
    return to(f"/sag/{run.case.reference}", "begyndt")


def _new(visit: Visit, problem: str, status: int = 200) -> Response:
    app, words = visit.app, visit.words
    plans = sorted(app.plans.values(), key=lambda one: -len(one.steps))
    chosen = (
        visit.form.get("plan") or visit.query.get("plan", "") or next((one.id for one in plans), "")
    )
    plan = find_plan(chosen, app)
    return visit.page(
        "new_case",
        status,
        problem=problem,
        plans=[(one.id, words(one.title)) for one in plans],
        plan=plan.id,
        optional=[(step.id, words(step.title)) for step in plan.steps if step.optional],
        included=visit.form.all(f"med.{plan.id}"),
        reference=typed(visit, ["sag"])["sag"],
        example=app.config.cases.example,
        people=[(person.id, person.name) for person in app.config.people],
        owner=visit.form.get("ansvarlig") or visit.actor.id,
        dates=dates_of(plan, visit),
        typed=typed(visit, (anchor.value for anchor in ASKED)),
    )
