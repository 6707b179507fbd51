"""When the steps of a plan are due: a pure computation from dates to instants."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.plans import Anchor, Plan, Step
from scheduler.workdays import WorkCalendar

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MORNING = time(9, 0)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class PlannedNudge:
    """A step with its day in Denmark and its instant (aware UTC); both None while it waits."""

    step: Step
    day: date | None
    due: datetime | None


def lay_out(
    plan: Plan,
    anchors: Mapping[Anchor, date],
    calendar: WorkCalendar,
    *,
    morning: time = MORNING,
    without: Collection[str] = (),
) -> tuple[PlannedNudge, ...]:
    """The steps of `plan` with their times, earliest first; those that wait come last.

    A step waits while its anchor is unknown. Steps whose id is in `without` are left out.
    """
    known = with_the_middle(anchors)
    end = known.get(Anchor.END)
    planned = [
        _plan_step(step, known.get(step.anchor), calendar, morning, end if step.within else None)
        for step in plan.steps
        if step.id not in without
    ]
    return tuple(sorted(planned, key=lambda one: (one.due is None, one.due or _NEVER)))


def with_the_middle(anchors: Mapping[Anchor, date]) -> dict[Anchor, date]:
    """The anchors with the day halfway between start and end, where both are known."""
    start, end = anchors.get(Anchor.START), anchors.get(Anchor.END)
    halfway = {Anchor.MIDDLE: start + (end - start) // 2} if start and end else {}
    return {**anchors, **halfway}


def _plan_step(
    step: Step, anchor: date | None, calendar: WorkCalendar, morning: time, last: date | None
) -> PlannedNudge:
    if anchor is None:
        return PlannedNudge(step, None, None)
    day = calendar.on_a_workday(calendar.offset(anchor, step.offset, step.unit), step.moves)
    if last is not None and day > last:
        return PlannedNudge(step, None, None)
    return PlannedNudge(step, day, instant(day, step.at or morning))


def instant(day: date, at: time, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """The one instant (aware UTC) that `at` on `day` means in Denmark.

    A time that the clock skips becomes the first minute after the gap; of a time that comes
    twice, the first. Law: bekendtgørelse om sommertid; the hours from the tz database.
    """
    wanted = datetime.combine(day, at)
    # Two aware datetimes of one zone compare by their wall clocks: so all comparing is in UTC.
    first = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wanted:
        return first
    skipped = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC).replace(second=0, microsecond=0)
    while _offset(skipped, zone) != _offset(first, zone):
        skipped += timedelta(minutes=1)
    return skipped


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
