"""Follow-ups on the desk: what is late, today, this week and later; a step done or put off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from bot.actions import nudges as nudge_actions
from bot.cli.followup_rows import STATE_WORDS
from bot.desk.days import local_day, short, weekday
from bot.desk.told import told_by
from bot.desk.visit import Visit, to
from messages.tables import N_
from scheduler.cases import read_day
from scheduler.nudges import OPEN, Nudge, NudgeState
from scheduler.plans import Anchor

_AHEAD = 7
_SOON = 12
_FIRST = 4
_PLAIN = {NudgeState.PLANNED, NudgeState.WAITING}


@dataclass(frozen=True)
class Row:
    """One step as it is shown. `late`: its day has passed and nobody has said that it is done."""

    id: str
    case: str
    day: str
    title: str
    text: str
    plan: str
    owner: str
    state: str
    late: bool
    pressing: bool
    open: bool
    sheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Group:
    """Rows under one heading: late, today, a day of this week, later, waiting. `more` that are not
    shown. `dated`: each row says its day."""

    heading: str
    rows: tuple[Row, ...]
    late: bool = False
    dated: bool = False
    more: int = 0


def list_page(visit: Visit) -> Response:
    """What lies before the visitor, by day; or before everybody, when asked for."""
    mine = visit.query.get("hvem") != "alle"
    found = nudge_actions.list_nudges(visit.actor, visit.app)
    if mine:
        found = tuple(nudge for nudge in found if nudge.owner == visit.actor.id)
    return visit.page(
        "followups",
        groups=groups(found, visit),
        mine=mine,
        later=a_week_on(visit),
        told=told_by(visit.query, visit.words),
    )


def done(visit: Visit) -> Response:
    result = nudge_actions.mark_done(visit.actor, visit.path["id"], visit.app, visit.now)
    return to(_back(visit, result.nudge), "udfoert" if result.first else "var-udfoert")


def snooze(visit: Visit) -> Response:
    """Put a step off to a day, or by an hour: the office may be closed by then, and it waits."""
    if visit.form.get("timer"):
        later = nudge_actions.snooze(
            visit.actor, visit.path["id"], None, visit.app, visit.now, for_hours=1
        )
        return to(_back(visit, later), "udsat-time")
    until = read_day(visit.form.get("until"), Anchor.START)
    later = nudge_actions.snooze(visit.actor, visit.path["id"], until, visit.app, visit.now)
    return to(_back(visit, later), "udsat")


def _back(visit: Visit, nudge: Nudge) -> str:
    """The page that the button stood on: the case's own, or the list."""
    return f"/sag/{nudge.case}" if visit.form.get("fra") == "sag" else "/opfoelgning"


def front_rows(visit: Visit) -> tuple[Row, ...]:
    """The visitor's own steps that come first, for the front page."""
    found = nudge_actions.list_nudges(visit.actor, visit.app)
    mine = [one for one in found if one.owner == visit.actor.id and one.due and _stands_open(one)]
    return tuple(row_of(nudge, visit) for nudge in mine[:_FIRST])


def groups(found: Iterable[Nudge], visit: Visit) -> list[Group]:
    """The open steps under late, today, each day of the coming week, later, and waiting."""
    today = visit.today
    standing = [nudge for nudge in found if _stands_open(nudge)]
    dated = [(local_day(nudge.due), nudge) for nudge in standing if nudge.due]
    late = [nudge for day, nudge in dated if day < today]
    shown = [_group(N_("Skulle være gjort"), late, visit, late=True, dated=True)]
    shown.append(_group(N_("I dag"), [nudge for day, nudge in dated if day == today], visit))
    for days in range(1, _AHEAD + 1):
        that = today + timedelta(days=days)
        heading = weekday(that, visit.words.language)
        shown.append(_group(heading, [nudge for day, nudge in dated if day == that], visit))
    later = [nudge for day, nudge in dated if day > today + timedelta(days=_AHEAD)]
    shown.append(_group(N_("Senere"), later, visit, dated=True))
    waiting = [nudge for nudge in standing if nudge.due is None]
    shown.append(_group(N_("Venter på en dato"), waiting, visit))
    return [group for group in shown if group.rows]


def _stands_open(nudge: Nudge) -> bool:
    return nudge.state in OPEN and nudge.state is not NudgeState.PASSED


def _group(
    heading: str,
    found: Sequence[Nudge],
    visit: Visit,
    *,
    late: bool = False,
    dated: bool = False,
) -> Group:
    rows = tuple(row_of(nudge, visit) for nudge in found[:_SOON])
    return Group(visit.words(heading), rows, late, dated, max(0, len(found) - _SOON))


def a_week_on(visit: Visit) -> str:
    """The day that “put off” proposes."""
    return (visit.today + timedelta(days=_AHEAD)).isoformat()


def row_of(nudge: Nudge, visit: Visit) -> Row:
    """The step in the visitor's words."""
    words, app = visit.words, visit.app
    day = local_day(nudge.due) if nudge.due else None
    owner = app.config.people.get(nudge.owner)
    topics = app.library.topics
    return Row(
        id=nudge.id,
        case=nudge.case,
        day=_day(day, visit),
        title=words(nudge.title),
        text=words(nudge.text) if nudge.text else "",
        plan=words(nudge.plan_title),
        owner="" if nudge.owner == visit.actor.id else owner.name if owner else nudge.owner,
        state="" if nudge.state in _PLAIN else words(STATE_WORDS[nudge.state]),
        late=day is not None and day < visit.today and _stands_open(nudge),
        pressing=day is not None and day <= visit.today,
        open=nudge.state in OPEN,
        sheets=tuple(
            (name, visit.title(topics[name])) for name in nudge.handouts if name in topics
        ),
    )


def _day(day: date | None, visit: Visit) -> str:
    if day is None:
        return visit.words(STATE_WORDS[NudgeState.WAITING])
    return short(day, visit.words.language)
