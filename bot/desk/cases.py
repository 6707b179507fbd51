"""A case on the desk: its line of time, its steps, its dates and its end; and a new one begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from bot.actions import cases as case_actions
from bot.actions.lookup import find_plan, must_be_staff
from bot.actions.nudges import list_nudges
from bot.actions.problems import categories, read_category, report_problem
from bot.desk.days import local_day, month
from bot.desk.followups import Row, a_week_on, row_of
from bot.desk.handing_over import colleagues
from bot.desk.timeline import Line, Point, Shape, lay_line
from bot.desk.told import told_by
from bot.desk.visit import Visit, to
from bot.errors import Refused
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_
from scheduler.cases import ANCHOR_NAMES, read_day
from scheduler.nudges import Nudge, NudgeState
from scheduler.plans import Anchor, Outcome, Plan

OUTCOMES = {
    Outcome.JOB: N_("Job"),
    Outcome.EXTENDED: N_("Forlænget"),
    Outcome.STOPPED: N_("Stoppet"),
}
_ASKED = (Anchor.START, Anchor.END, Anchor.FIRST_PAYDAY)


@dataclass(frozen=True)
class Run:
    """One plan that a case follows: its steps in the order of time, its drawing, its dates."""

    plan: str
    title: str
    owner: str
    rows: tuple[Row, ...]
    line: Line | None
    months: tuple[tuple[float, str], ...]
    dates: tuple[tuple[str, str], ...]


def case_page(visit: Visit) -> Response:
    """Every plan that the case follows now."""
    reference = visit.path["reference"]
    of_case = [nudge for nudge in list_nudges(visit.actor, visit.app) if nudge.case == reference]
    if not of_case:
        raise Refused("Sagen har ingen opfølgning i gang. Begynd en under Opfølgning.")
    plans = sorted({nudge.plan for nudge in of_case})
    link = visit.app.config.cases.link
    return visit.page(
        "case",
        reference=reference,
        later=a_week_on(visit),
        link=link.replace("{case}", reference) if link.startswith("https://") else "",
        runs=[_run([one for one in of_case if one.plan == plan], visit) for plan in plans],
        colleagues=colleagues(visit, {nudge.owner for nudge in of_case}),
        outcomes=[(outcome.value, visit.words(name)) for outcome, name in OUTCOMES.items()],
        told=told_by(visit.query, visit.words),
        problems=[(one.value, visit.words(kind.title)) for one, kind in categories()],
    )


def set_days(visit: Visit) -> Response:
    reference = visit.path["reference"]
    plan = visit.form.get("plan")
    case_actions.set_days(visit.actor, reference, _days(visit), visit.app, visit.now, plan=plan)
    return to(f"/sag/{reference}", "datoer")


def end_case(visit: Visit) -> Response:
    """The case's outcome; where it leads to a next plan, that one's page."""
    outcome = visit.form.get("udfald")
    if outcome not in set(Outcome):
        raise Refused("Vælg, hvordan det endte: job, forlænget eller stoppet.")
    start = visit.form.get("start")
    ended = case_actions.end_case(
        visit.actor,
        visit.path["reference"],
        Outcome(outcome),
        visit.app,
        visit.now,
        plan=visit.form.get("plan"),
        start=read_day(start, Anchor.START) if start else None,
    )
    if ended.started:
        return to(f"/sag/{ended.case.reference}", "nyt-forloeb")
    return to("/opfoelgning", "afsluttet")


def report(visit: Visit) -> Response:
    """Trouble, of a kind from the list: those who can act hear of it now."""
    category = read_category(visit.form.get("problem"))
    reported = report_problem(
        visit.actor,
        visit.path["reference"],
        category,
        visit.app,
        visit.now,
        plan=visit.form.get("plan"),
    )
    return to(f"/sag/{reported.trouble.case}", "problem" if reported.first else "var-meldt")


def new_page(visit: Visit) -> Response:
    must_be_staff(visit.actor)
    return _new(visit, "")


def start_case(visit: Visit) -> Response:
    """Begin a plan; what is wrong is said above the form, with the rest still typed."""
    try:
        run = case_actions.start_case(
            visit.actor,
            case_actions.NewCase(
                plan=visit.form.get("plan"),
                reference=visit.form.get("sag"),
                anchors=_days(visit),
                owner=visit.form.get("ansvarlig"),
                include=visit.form.all(f"med.{visit.form.get('plan')}"),
            ),
            visit.app,
            visit.now,
        )
    except Problem as problem:
        return _new(visit, visit.words.problem(problem), 422)
    return to(f"/sag/{run.case.reference}", "begyndt")


def _new(visit: Visit, problem: str, status: int = 200) -> Response:
    app, words = visit.app, visit.words
    plans = sorted(app.plans.values(), key=lambda one: -len(one.steps))
    chosen = (
        visit.form.get("plan") or visit.query.get("plan", "") or next((one.id for one in plans), "")
    )
    plan = find_plan(chosen, app)
    typed = visit.form.get("sag")
    return visit.page(
        "new_case",
        status,
        problem=problem,
        plans=[(one.id, words(one.title)) for one in plans],
        plan=plan.id,
        optional=[(step.id, words(step.title)) for step in plan.steps if step.optional],
        included=visit.form.all(f"med.{plan.id}"),
        reference="" if find_cpr(typed) else typed,
        example=app.config.cases.example,
        people=[(person.id, person.name) for person in app.config.people],
        owner=visit.form.get("ansvarlig") or visit.actor.id,
        dates=_dates(plan, visit),
    )


def _run(found: Sequence[Nudge], visit: Visit) -> Run:
    rows = tuple(row_of(nudge, visit) for nudge in found)
    points = [
        Point(number, local_day(nudge.due), _shape(nudge, row, visit.today), _said(row))
        for number, (nudge, row) in enumerate(zip(found, rows, strict=True), start=1)
        if nudge.due
    ]
    line = lay_line(points, visit.today)
    plan = visit.app.plans.get(found[0].plan)
    language = visit.words.language
    owner = visit.app.config.people.get(found[0].owner)
    return Run(
        plan=found[0].plan,
        title=rows[0].plan,
        owner=owner.name if owner else found[0].owner,
        rows=rows,
        line=line,
        months=tuple((x, month(day, language)) for x, day in line.months) if line else (),
        dates=_dates(plan, visit) if plan else (),
    )


def _shape(nudge: Nudge, row: Row, today: date) -> Shape:
    if nudge.state is NudgeState.DONE:
        return Shape.DONE
    if row.late:
        return Shape.LATE
    behind = nudge.due is not None and local_day(nudge.due) < today
    return Shape.BEHIND if behind else Shape.AHEAD


def _said(row: Row) -> str:
    return f"{row.day}: {row.title}" + (f" ({row.state})" if row.state else "")


def _dates(plan: Plan, visit: Visit) -> tuple[tuple[str, str], ...]:
    """The dates that a plan asks for, by field name."""
    used = plan.anchors | ({Anchor.START, Anchor.END} if Anchor.MIDDLE in plan.anchors else set())
    return tuple(
        (anchor.value, visit.words(ANCHOR_NAMES[anchor])) for anchor in _ASKED if anchor in used
    )


def _days(visit: Visit) -> dict[Anchor, date]:
    typed = {anchor: visit.form.get(anchor.value) for anchor in _ASKED}
    return {anchor: read_day(text, anchor) for anchor, text in typed.items() if text}
