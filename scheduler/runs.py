"""A plan laid out for a run that begins now: what will come, what waits, what lies behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from scheduler.due import COPENHAGEN, MORNING, PlannedNudge, instant, lay_out
from scheduler.nudges import NudgeState
from scheduler.plans import Anchor, Plan, Step
from scheduler.store_nudges import Laid
from scheduler.workdays import WorkCalendar


def lay_run(
    plan: Plan,
    anchors: Mapping[Anchor, date],
    calendar: WorkCalendar,
    now: datetime,
    *,
    morning: time = MORNING,
    without: Collection[str] = (),
) -> tuple[Laid, ...]:
    """The steps as they are stored at `now` (aware): those before today are passed and never
    sent; what was due earlier today is due now."""
    places = {step.id: place for place, step in enumerate(plan.steps)}
    return tuple(
        _laid(one, places[one.step.id], calendar, now, morning)
        for one in lay_out(plan, anchors, calendar, morning=morning, without=without)
    )


def raised_at(step: Step, day: date, calendar: WorkCalendar, morning: time) -> datetime | None:
    """When a leader hears that nobody answered a step of that day; None for never."""
    if step.escalate_after is None:
        return None
    return instant(calendar.add_workdays(day, step.escalate_after), morning)


def _laid(
    one: PlannedNudge, place: int, calendar: WorkCalendar, now: datetime, morning: time
) -> Laid:
    if one.due is None or one.day is None:
        return Laid(one.step.id, place, NudgeState.WAITING, None, None)
    today = now.astimezone(COPENHAGEN).date()
    if one.day < today:
        return Laid(one.step.id, place, NudgeState.PASSED, one.due, None)
    due = max(one.due, now) if one.day == today else one.due
    raise_at = raised_at(one.step, one.day, calendar, morning)
    return Laid(one.step.id, place, NudgeState.PLANNED, due, raise_at)
