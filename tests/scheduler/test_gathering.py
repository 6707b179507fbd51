"""Several nudges in one post: what belongs together, and what happens when one of them changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler import store, store_endings, store_nudges
from scheduler.cases import Case
from scheduler.dialect import Database
from scheduler.dispatch import tick
from scheduler.errors import PostFailed
from scheduler.gathering import Gathering, sort
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Outgoing
from scheduler.plans import Anchor, Outcome, Plan, Who
from scheduler.runs import lay_run
from scheduler.sending import Report, Stopwatch
from scheduler.store_reader import NudgeReader
from scheduler.workdays import WorkCalendar
from tests.scheduler.fake_slack import FakeSlack, failing

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DUE = datetime(2026, 12, 7, 8, tzinfo=UTC)


class Office:
    """Three cases of one owner, all with a step on the same morning."""

    def __init__(self, database: Database, plan: Plan) -> None:
        self.database = database
        self.plans = {plan.id: plan}
        self.slack = FakeSlack()
        self.closed_until: datetime | None = None
        for number in (1, 2, 3):
            anchors = {Anchor.START: date(2026, 12, 7)}
            case = Case(f"c{number}", f"INT-{number}", plan.id, "mette", anchors, NOW)
            laid = lay_run(plan, anchors, WorkCalendar(), NOW, without=("foer", "valgfri"))
            with database.write() as tx:
                store.add_case(tx, case)
                store_nudges.add_nudges(tx, case.id, laid)

    def tick(self, now: datetime) -> Report:
        self.slack.time.seconds = now.timestamp()
        return tick(
            self.database,
            self.slack,
            lambda nudge: Outgoing("", "", nudge.owner, nudge.case),
            now,
            plans=self.plans,
            gathering=Gathering(
                lambda nudge: nudge.owner,
                lambda nudges: Outgoing("", "", "mette", " ".join(one.case for one in nudges)),
                lambda _: self.closed_until,
            ),
            watch=Stopwatch(self.slack.time.elapsed, self.slack.time.pause),
        )

    def said(self) -> list[str]:
        return [message.outgoing.text for message in self.slack.messages]

    def states(self) -> dict[str, NudgeState]:
        with self.database.read() as tx:
            found = NudgeReader(self.plans).of_open_cases(tx)
        return {one.case_id: one.state for one in found if one.step == "start"}


@pytest.fixture
def office(database: Database, plan: Plan) -> Office:
    return Office(database, plan)


def test_what_is_due_for_one_owner_is_one_post_and_all_of_it_is_sent(office: Office) -> None:
    assert office.tick(DUE) == Report(queued=1, sent=1)
    assert office.said() == ["INT-1 INT-2 INT-3"]
    assert set(office.states().values()) == {NudgeState.SENT}
    assert office.tick(DUE + timedelta(minutes=1)) == Report()


def test_a_step_done_before_the_post_left_is_left_out_and_the_others_come(office: Office) -> None:
    office.slack.before = failing(PostFailed("væk"))
    office.tick(DUE)
    with office.database.write() as tx:
        store_nudges.mark_done(tx, "c2-start", "mette", 1)
    for minutes in range(1, 5):
        office.tick(DUE + timedelta(minutes=minutes))
    assert office.said() == ["INT-1 INT-3"]
    assert office.states()["c1"] is NudgeState.SENT


def test_a_case_that_ends_before_the_post_left_takes_only_its_own_step_with_it(
    office: Office,
) -> None:
    office.slack.before = failing(PostFailed("væk"))
    office.tick(DUE)
    with office.database.write() as tx:
        store_endings.end_case(tx, "c1", Outcome.STOPPED, 1)
    for minutes in range(1, 5):
        office.tick(DUE + timedelta(minutes=minutes))
    assert office.said() == ["INT-2 INT-3"]


def test_a_post_that_may_be_out_is_not_taken_back(office: Office) -> None:
    office.slack.after = failing(PostFailed("intet svar", unsure=True))
    office.tick(DUE)
    with office.database.write() as tx:
        store_nudges.mark_done(tx, "c2-start", "mette", 1)
    for minutes in range(1, 8):
        office.tick(DUE + timedelta(minutes=minutes))
    assert office.said() == ["INT-1 INT-2 INT-3"]


def test_a_dead_letter_takes_its_detour_once(office: Office) -> None:
    office.slack.before = failing(PostFailed("user_disabled", permanent=True), times=2)
    office.tick(DUE)
    assert set(office.states().values()) == {NudgeState.UNDELIVERED}
    for found in (3, 0):
        with office.database.read() as tx:
            row = tx.one("SELECT post FROM nudges WHERE id = 'c1-start'")
        assert row is not None
        with office.database.write() as tx:
            assert store_nudges.detour(tx, row["post"], 0) == found
        office.tick(DUE + timedelta(minutes=5))
    assert set(office.states().values()) == {NudgeState.UNDELIVERED}


def test_while_it_is_closed_nothing_leaves_and_all_of_it_leaves_when_it_opens(
    office: Office,
) -> None:
    office.closed_until = DUE + timedelta(hours=1)
    assert office.tick(DUE) == Report()
    office.closed_until = None
    assert office.tick(DUE + timedelta(minutes=59)) == Report()
    assert office.tick(DUE + timedelta(hours=1)) == Report(queued=1, sent=1)


def test_a_card_that_cannot_be_made_holds_up_nobody_else(
    database: Database, plan: Plan, caplog: pytest.LogCaptureFixture
) -> None:
    office = Office(database, plan)
    gathering = Gathering(lambda _: "x", lambda nudges: {}[nudges[0].id], lambda _: None)  # type: ignore[index]
    report = tick(
        database, office.slack, lambda nudge: Outgoing("", "", "m", nudge.case), DUE,
        plans=office.plans, gathering=gathering,
        watch=Stopwatch(office.slack.time.elapsed, office.slack.time.pause),
    )  # fmt: skip
    assert report == Report()
    assert "no card" in caplog.text
    office.tick(DUE + timedelta(minutes=16))
    assert office.said() == ["INT-1 INT-2 INT-3"]


def test_erasing_one_case_takes_the_shared_post_away_and_the_others_come_again(
    office: Office,
) -> None:
    office.tick(DUE)
    with office.database.write() as tx:
        erased = store_endings.erase_run(tx, "c2", 1)
    assert [one.ts for one in erased.posts] == ["000001.0"]
    with office.database.read() as tx:
        assert len(store_endings.to_remove(tx, 10**9, 9)) == 1
    office.tick(DUE + timedelta(minutes=1))
    assert office.said()[-1] == "INT-1 INT-3"


def a_nudge(number: int, owner: str = "mette", *, raised: bool = False) -> Nudge:
    return Nudge(
        f"n{number}", "c", "INT-1", "p", "P", "s", "T", "", Who.OWNER, owner, NudgeState.PLANNED,
        None, raised=raised,
    )  # fmt: skip


def test_groups_are_cut_at_the_size_that_a_post_takes() -> None:
    gathering = Gathering(lambda one: one.owner, lambda _: {}, lambda _: None, largest=2)  # type: ignore[arg-type,return-value]
    found = sort([a_nudge(number) for number in range(5)], gathering)
    assert [len(nudges) for nudges in found.together] == [2, 2, 1]


def test_what_was_raised_always_comes_by_itself() -> None:
    gathering = Gathering(lambda one: one.owner, lambda _: {}, lambda _: None)  # type: ignore[arg-type,return-value]
    found = sort([a_nudge(1, raised=True), a_nudge(2)], gathering)
    assert [one.id for one in found.alone] == ["n1"]
    assert len(found.together) == 1
