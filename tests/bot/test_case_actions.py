"""The actions on cases check the role, and say who was first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.actions import cases, nudges
from bot.app import App
from bot.config import Config, Store
from bot.errors import Refused
from bot.people import Actor, People, Person, Role, acting
from scheduler.audit import traces
from scheduler.plans import Anchor, Outcome

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
METTE = Person("mette", "Mette", frozenset({Role.CASEWORKER}))
ANE = Person("ane", "Ane", frozenset({Role.CASEWORKER}))
LENE = Person("lene", "Lene", frozenset({Role.LEADER}))
OLE = Person("ole", "Ole", frozenset({Role.GUIDELINE_OWNER}))
REQUEST = cases.NewCase("virksomhedspraktik", "INT-1042", {Anchor.START: date(2026, 12, 7)})


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    people = People({person.id: person for person in (METTE, ANE, LENE, OLE)})
    app = App(Config(people=people, store=Store(url=str(tmp_path / "store.db"))))
    yield app
    app.database.close()


def test_whoever_starts_a_case_has_it_unless_another_is_named(app: App) -> None:
    assert cases.start_case(acting(METTE), REQUEST, app, NOW).case.owner == "mette"


@pytest.mark.parametrize("person", [OLE, Person("gaest", "Gæst", frozenset())])
def test_only_those_who_work_with_cases_may_touch_them(app: App, person: Person) -> None:
    actor = acting(person)
    run = cases.start_case(acting(METTE), REQUEST, app, NOW)
    nudge = run.nudges[0].id
    day = date(2026, 12, 14)
    for act in (
        lambda: cases.preview(actor, "igu", {}, app, NOW.date()),
        lambda: cases.start_case(actor, REQUEST, app, NOW),
        lambda: cases.set_days(actor, "INT-1042", {Anchor.START: day}, app, NOW),
        lambda: cases.end_case(actor, "INT-1042", Outcome.JOB, app, NOW),
        lambda: cases.reassign(actor, "mette", "ane", app, NOW),
        lambda: nudges.list_nudges(actor, app),
        lambda: nudges.mark_done(actor, nudge, app, NOW),
        lambda: cases.hand_over(actor, "INT-1042", "ane", app, NOW),
        lambda: nudges.snooze(actor, nudge, day, app, NOW),
        lambda: nudges.snooze(actor, nudge, None, app, NOW, for_hours=1),
    ):
        with pytest.raises(Refused):
            act()
    assert nudges.list_nudges(acting(METTE), app) == tuple(
        sorted(run.nudges, key=lambda one: (one.due is None, one.due or NOW))
    )


def test_the_second_to_press_is_told_who_was_first(app: App) -> None:
    nudge = cases.start_case(acting(METTE), REQUEST, app, NOW).nudges[0].id
    assert nudges.mark_done(acting(METTE), nudge, app, NOW).first
    second = nudges.mark_done(acting(ANE), nudge, app, NOW)
    assert not second.first
    assert (second.nudge.done_by, second.nudge.done_at) == ("mette", NOW)


def test_a_step_of_a_stopped_case_cannot_be_done(app: App) -> None:
    nudge = cases.start_case(acting(METTE), REQUEST, app, NOW).nudges[0].id
    cases.end_case(acting(METTE), "INT-1042", Outcome.STOPPED, app, NOW)
    with pytest.raises(Refused, match="stoppet"):
        nudges.mark_done(acting(METTE), nudge, app, NOW)


def test_a_step_that_was_never_there_is_refused(app: App) -> None:
    with pytest.raises(Refused):
        nudges.mark_done(acting(METTE), "../../etc/passwd", app, NOW)


def test_a_leader_may_move_another_s_cases_and_a_colleague_may_not(app: App) -> None:
    cases.start_case(acting(METTE), REQUEST, app, NOW)
    with pytest.raises(Refused, match="leder"):
        cases.reassign(acting(ANE), "mette", "ane", app, NOW)
    assert cases.reassign(acting(LENE), "mette", "ane", app, NOW) == 1


def test_each_act_leaves_a_trace_without_content(app: App) -> None:
    actor: Actor = acting(METTE)
    run = cases.start_case(actor, REQUEST, app, NOW)
    cases.set_days(actor, "INT-1042", {Anchor.END: date(2027, 2, 26)}, app, NOW)
    cases.end_case(actor, "INT-1042", Outcome.JOB, app, NOW)
    with app.database.read() as tx:
        found = traces(tx, run.case.id)
    assert sorted(trace.did for trace in found) == ["case.days", "case.job", "case.started"]
    assert {trace.actor for trace in found} == {"mette"}


def test_a_step_due_earlier_today_is_due_now_and_not_late(app: App) -> None:
    noon = datetime(2026, 12, 7, 11, tzinfo=UTC)
    run = cases.start_case(acting(METTE), REQUEST, app, noon)
    first_day = next(nudge for nudge in run.nudges if nudge.step == "foerste-dag")
    assert first_day.due == noon
