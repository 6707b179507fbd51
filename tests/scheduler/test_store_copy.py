"""A copy of the store comes back whole, on both databases, and nothing is posted twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler import store, store_endings, store_nudges
from scheduler.cases import Case
from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.dispatch import tick
from scheduler.errors import SchedulerError
from scheduler.migrations import MigrationSet, migrate
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Outgoing
from scheduler.plans import Anchor, Plan
from scheduler.runs import lay_run
from scheduler.sending import Stopwatch
from scheduler.sqlite import SqliteDatabase
from scheduler.store_copy import Restored, back_up, open_copy, restore
from scheduler.store_reader import NudgeReader
from scheduler.store_schema import SCHEDULER
from scheduler.workdays import WorkCalendar
from tests.scheduler.fake_slack import FakeSlack

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DUE = datetime(2026, 12, 7, 8, tzinfo=UTC)


def start(database: Database, plan: Plan, case_id: str = "c1") -> None:
    anchors = {Anchor.START: date(2026, 12, 7)}
    case = Case(case_id, f"INT-{case_id}", plan.id, "mette", anchors, NOW)
    laid = lay_run(plan, anchors, WorkCalendar(), NOW, without=("foer", "valgfri"))
    with database.write() as tx:
        store.add_case(tx, case)
        store_nudges.add_nudges(tx, case_id, laid)


def run(database: Database, slack: FakeSlack, plan: Plan, now: datetime) -> None:
    slack.time.seconds = now.timestamp()
    watch = Stopwatch(slack.time.elapsed, slack.time.pause)
    tick(database, slack, compose, now, plans={plan.id: plan}, watch=watch)


def compose(nudge: Nudge) -> Outgoing:
    return Outgoing("", "", nudge.owner, nudge.title)


@contextmanager
def copied(database: Database, folder: Path) -> Iterator[SqliteDatabase]:
    """A copy of the database as it is now, opened to be restored from."""
    file = folder / "copy.db"
    back_up(database, file, ())
    copy = open_copy(file, ())
    yield copy
    copy.close()


def bring_back(
    database: Database, copy: SqliteDatabase, at: datetime, erased: tuple[str, ...] = ()
) -> Restored:
    return restore(database, copy, erased, "adam", store.to_ms(at))


def test_what_was_kept_comes_back(database: Database, plan: Plan, tmp_path: Path) -> None:
    start(database, plan)
    with copied(database, tmp_path) as copy:
        with database.write() as tx:
            store_endings.end_case(tx, "c1", next(iter(plan.next)), 1)
        start(database, plan, "c2")
        bring_back(database, copy, NOW)
    with database.read() as tx:
        assert [case.id for case in store.open_cases(tx)] == ["c1"]
        states = {one.step: one.state for one in NudgeReader({plan.id: plan}).of_open_cases(tx)}
    assert states == {"start": NudgeState.PLANNED, "loen": NudgeState.WAITING}


def test_what_was_sent_since_the_copy_is_not_sent_again(
    database: Database, plan: Plan, tmp_path: Path
) -> None:
    slack = FakeSlack()
    start(database, plan)
    with copied(database, tmp_path) as copy:
        run(database, slack, plan, DUE)
        bring_back(database, copy, DUE + timedelta(hours=1))
    run(database, slack, plan, DUE + timedelta(hours=2))
    assert slack.keys() == ["nudge:c1-start:0"]
    with database.read() as tx:
        nudge = NudgeReader({plan.id: plan}).one(tx, "c1-start")
    assert nudge is not None
    assert nudge.state is NudgeState.SENT


def test_onto_an_empty_store_what_may_stand_in_slack_is_looked_for_first(
    address: str, plan: Plan, tmp_path: Path
) -> None:
    slack = FakeSlack()
    first = open_database(tmp_path / "lost.db")
    start(first, plan)
    with copied(first, tmp_path) as copy:
        run(first, slack, plan, DUE)
        first.close()
        fresh = open_database(address)
        fresh.dialect = replace(fresh.dialect, clock="")
        bring_back(fresh, copy, DUE + timedelta(hours=1))
    run(fresh, slack, plan, DUE + timedelta(hours=2))
    assert slack.keys() == ["nudge:c1-start:0"]
    assert (slack.posts, slack.finds) == (1, 1)
    fresh.close()


def test_erased_runs_are_erased_again(database: Database, plan: Plan, tmp_path: Path) -> None:
    for case in ("c1", "c2", "c3"):
        start(database, plan, case)
    with copied(database, tmp_path) as copy:
        with database.write() as tx:
            store_endings.erase_run(tx, "c1", 1)
        assert bring_back(database, copy, NOW, erased=("c2",)).erased_again == 2
    with database.read() as tx:
        assert [case.id for case in store.open_cases(tx)] == ["c3"]


def test_a_restore_that_fails_changes_nothing(
    database: Database, plan: Plan, tmp_path: Path
) -> None:
    start(database, plan)
    with copied(database, tmp_path) as copy:
        with copy.write() as tx:
            tx.run("ALTER TABLE nudges ADD COLUMN unknown TEXT")
        with pytest.raises(Exception, match=r"unknown|fejl i filen"):
            bring_back(database, copy, NOW)
    with database.read() as tx:
        assert [case.id for case in store.open_cases(tx)] == ["c1"]


def test_a_copy_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "newer.db"
    database = open_database(file)
    with database.write() as tx:
        tx.run("INSERT INTO migrations (part, name) VALUES ('scheduler', 'm999_later')")
    database.close()
    with pytest.raises(SchedulerError, match="m999_later"):
        open_copy(file, (MigrationSet("bot", ()),))


def test_an_older_copy_is_brought_up_to_date(tmp_path: Path, plan: Plan) -> None:
    file = tmp_path / "old.db"
    old = SqliteDatabase(file)
    migrate(old, (MigrationSet("scheduler", SCHEDULER.steps[:3]),))
    with old.write() as tx:
        tx.run(
            "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
            " VALUES ('c', 'INT-1', 'p', 'mette', 'open', '{}', '[]', 0)"
        )
    old.close()
    database = open_database(tmp_path / "store.db")
    copy = open_copy(file, ())
    bring_back(database, copy, NOW)
    copy.close()
    with database.read() as tx:
        assert store.known_references(tx) == ("INT-1",)
    database.close()
