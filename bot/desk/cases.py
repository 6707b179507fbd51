"""A case on the desk: its line of time, its steps, its dates and its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from bot.actions import cases as case_actions
from bot.actions.nudges import list_nudges
from bot.actions.problems import categories, read_category, report_problem
from bot.desk.days import local_day, month
from bot.desk.followups import Row, a_week_on, row_of
from bot.desk.handing_over import colleagues
from bot.desk.timeline import Line, Point, Shape, lay_line
from bot.desk.told import told_by
from bot.desk.visit import View, Visit, to
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
ASKED = (Anchor.START, Anchor.END, Anchor.FIRST_PAYDAY)
_TYPED = ("plan", "udfald", *(anchor.value for anchor in ASKED))


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


def case_page(visit: Visit, problem: str = "") -> Response:
    """Every plan that the case follows now; after a refusal what was wrong, at the open form."""
    reference = visit.path["reference"]
    of_case = [nudge for nudge in list_nudges(visit.actor, visit.app) if nudge.case == reference]
    if not of_case:
        raise Refused("Sagen har ingen opfølgning i gang. Begynd en under Opfølgning.")
    plans = sorted({nudge.plan for nudge in of_case})
    link = visit.app.config.cases.link
    return visit.page(
        "case",
        422 if problem else 200,
        reference=reference,
        problem=problem,
        wrong=visit.here.rpartition("/")[2] if problem else "",
        typed=typed(visit, _TYPED),
        later=a_week_on(visit),
        link=link.replace("{case}", reference) if link.startswith("https://") else "",
        runs=[_run([one for one in of_case if one.plan == plan], visit) for plan in plans],
        colleagues=colleagues(visit, {nudge.owner for nudge in of_case}),
        outcomes=[(outcome.value, visit.words(name)) for outcome, name in OUTCOMES.items()],
        told=told_by(visit.query, visit.words),
        problems=[(one.value, visit.words(kind.title)) for one, kind in categories()],
    )


def _refusable(act: View) -> View:
    """A refusal is told where the form stands, with what was typed still in it."""

    def tried(visit: Visit) -> Response:
        try:
            return act(visit)
        except Problem as problem:
            return case_page(visit, visit.refused(problem))

    return tried


@_refusable
def set_days(visit: Visit) -> Response:
    reference = visit.path["reference"]
    plan = visit.form.get("plan")
    case_actions.set_days(
        visit.actor, reference, typed_days(visit), visit.app, visit.now, plan=plan
    )
    return to(f"/sag/{reference}", "datoer")


@_refusable
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


@_refusable
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
        dates=dates_of(plan, visit) if plan else (),
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


def dates_of(plan: Plan, visit: Visit) -> tuple[tuple[str, str], ...]:
    """The dates that a plan asks for, by field name."""
    used = plan.anchors | ({Anchor.START, Anchor.END} if Anchor.MIDDLE in plan.anchors else set())
    return tuple(
        (anchor.value, visit.words(ANCHOR_NAMES[anchor])) for anchor in ASKED if anchor in used
    )


def typed(visit: Visit, names: Iterable[str]) -> dict[str, str]:
    """What was typed in the fields, to be shown again: nothing personal."""
    found = {name: visit.form.get(name) for name in names}
    return {name: "" if find_cpr(text) else text for name, text in found.items()}


def typed_days(visit: Visit) -> dict[Anchor, date]:
    typed = {anchor: visit.form.get(anchor.value) for anchor in ASKED}
    return {anchor: read_day(text, anchor) for anchor, text in typed.items() if text}
