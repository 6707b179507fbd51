"""A tick: what is due goes out once, whatever the other side answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from scheduler import store, store_nudges
from scheduler.cases import Case
from scheduler.dialect import Database
from scheduler.dispatch import tick
from scheduler.errors import PostFailed
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Outbox, Outgoing, Posted
from scheduler.plans import Anchor, Plan
from scheduler.runs import lay_run
from scheduler.sending import Report, Stopwatch, Timings
from scheduler.store_outbox import dead_letters
from scheduler.store_reader import NudgeReader
from scheduler.workdays import WorkCalendar
from tests.scheduler.fake_slack import FakeSlack, failing

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DUE = datetime(2026, 12, 7, 8, tzinfo=UTC)


def compose(nudge: Nudge) -> Outgoing:
    return Outgoing("", "", nudge.owner if not nudge.raised else "leder", nudge.title)


class House:
    """A store with one case, a channel, and a clock that the test turns."""

    def __init__(self, database: Database, plans: dict[str, Plan]) -> None:
        self.database = database
        self.plans = plans
        self.slack = FakeSlack()
        self.compose: Callable[[Nudge], Outgoing] = compose

    def start(self, plan: Plan, case_id: str = "c1") -> None:
        anchors = {Anchor.START: date(2026, 12, 7)}
        case = Case(case_id, f"INT-{case_id}", plan.id, "mette", anchors, NOW)
        laid = lay_run(plan, anchors, WorkCalendar(), NOW, without=("foer", "valgfri"))
        with self.database.write() as tx:
            store.add_case(tx, case)
            store_nudges.add_nudges(tx, case_id, laid)

    def tick(self, now: datetime) -> Report:
        self.slack.time.seconds = now.timestamp()
        watch = Stopwatch(self.slack.time.elapsed, self.slack.time.pause)
        return tick(
            self.database, self.slack, self.compose, now, plans=self.plans,
            timings=Timings(), watch=watch,
        )  # fmt: skip

    def nudge(self, nudge_id: str = "c1-start") -> Nudge:
        with self.database.read() as tx:
            nudge = NudgeReader(self.plans).one(tx, nudge_id)
        assert nudge is not None
        return nudge


@pytest.fixture
def house(database: Database, plan: Plan, plans: dict[str, Plan]) -> House:
    house = House(database, plans)
    house.start(plan)
    return house


def test_a_nudge_goes_out_when_it_is_due_and_only_then(house: House) -> None:
    assert house.tick(DUE - timedelta(seconds=1)) == Report()
    assert house.tick(DUE) == Report(queued=1, sent=1)
    assert house.tick(DUE + timedelta(seconds=15)) == Report()
    assert house.slack.keys() == ["nudge:c1-start:0"]
    nudge = house.nudge()
    assert (nudge.state, nudge.channel, nudge.ts) == (NudgeState.SENT, "D-mette", "000001.0")


def test_a_nudge_on_time_is_not_marked_late_and_one_after_an_outage_is(house: House) -> None:
    house.tick(DUE + timedelta(hours=30))
    assert house.slack.messages[0].outgoing.late
    assert not house.nudge().late


def test_a_nudge_a_tick_after_its_time_is_not_late(house: House) -> None:
    house.tick(DUE + timedelta(seconds=20))
    assert not house.slack.messages[0].outgoing.late


def test_a_nudge_that_waited_in_the_outbox_through_an_outage_is_late(house: House) -> None:
    house.slack.before = failing(PostFailed("afvist"), times=1)
    house.tick(DUE)
    house.tick(DUE + timedelta(hours=2))
    assert [message.outgoing.late for message in house.slack.messages] == [True]


SURE, UNSURE = PostFailed("nej"), PostFailed("måske", unsure=True)


@pytest.mark.parametrize(
    ("failure", "kept", "waits", "looks"),
    [
        (PostFailed("vent", retry_after=7), False, 7, 0),
        (PostFailed("vent", retry_after=0), False, 1, 0),
        (PostFailed("vent", retry_after=-1), False, 1, 0),
        (PostFailed("vent", retry_after=86_400), False, 900, 0),
        (SURE, False, 60, 0),
        (UNSURE, False, 30, 3),
        (UNSURE, True, 30, 3),
    ],
    ids=["wait", "wait 0", "wait -1", "wait a day", "refused", "lost before", "lost after"],
)
def test_a_failure_is_tried_again_after_its_time_and_posted_once(
    house: House, failure: PostFailed, kept: bool, waits: int, looks: int
) -> None:
    """Only an unsure post costs looks: one before the second try, and two by the janitor."""
    if kept:
        house.slack.after = failing(failure)
    else:
        house.slack.before = failing(failure)
    ticks = [house.tick(DUE + timedelta(seconds=15 * number)) for number in range(70)]
    assert sum(report.sent for report in ticks) == 1
    assert house.slack.finds == looks
    assert 0 <= house.slack.asked[1] - house.slack.asked[0] - waits <= 15
    assert house.slack.keys() == ["nudge:c1-start:0"]
    assert house.nudge().state is NudgeState.SENT


def test_an_unknown_error_of_the_channel_counts_as_unsure(house: House) -> None:
    def broken(_: Outgoing) -> None:
        house.slack.after = lambda _: None
        raise KeyError("ts")

    house.slack.after = broken
    house.tick(DUE)
    house.tick(DUE + timedelta(seconds=31))
    assert house.slack.keys() == ["nudge:c1-start:0"]


def test_a_history_that_cannot_be_read_delays_and_posts_nothing(house: House) -> None:
    house.slack.after = failing(UNSURE)
    house.slack.looking = failing(PostFailed("historik", unsure=True), times=2)
    for minutes in range(12):
        house.tick(DUE + timedelta(minutes=minutes))
    assert house.slack.keys() == ["nudge:c1-start:0"]
    assert house.nudge().state is NudgeState.SENT


def test_a_final_error_makes_a_dead_letter_that_is_seen(house: House) -> None:
    house.slack.before = failing(PostFailed("Kanalen {name} er lukket.", permanent=True, name="C"))
    assert house.tick(DUE).dead == 1
    with house.database.read() as tx:
        (letter,) = dead_letters(tx)
    assert letter.problem == "Kanalen C er lukket."
    assert house.nudge().state is NudgeState.UNDELIVERED
    assert house.tick(DUE + timedelta(days=1)) == Report()


def test_a_revoked_token_stops_the_run_and_loses_nothing(house: House, plan: Plan) -> None:
    for number in range(8):
        house.start(plan, f"x{number}")
    revoked = PostFailed("nøglen er spærret", stops_all=True)
    house.slack.before = failing(revoked, times=1)
    report = house.tick(DUE)
    assert report.halted is revoked
    assert house.slack.posts == 1
    for minute in range(1, 4):
        house.tick(DUE + timedelta(minutes=minute))
    assert len(house.slack.keys()) == len(set(house.slack.keys())) == 9


def test_one_channel_gets_one_post_a_second_and_another_does_not_wait(
    house: House, plan: Plan
) -> None:
    for number in range(4):
        house.start(plan, f"x{number}")
    with house.database.write() as tx:
        Outbox().put(tx, Outgoing("answer", "answer", "C9", "svar"))
    assert house.tick(DUE).sent == 6
    at = [message.at - DUE.timestamp() for message in house.slack.messages]
    to = [message.outgoing.to for message in house.slack.messages]
    mine = [moment for moment, who in zip(at, to, strict=True) if who == "mette"]
    assert at[to.index("C9")] == 0
    assert all(later - earlier >= 1 for earlier, later in pairwise(mine))
    assert mine[-1] < 6


def test_a_card_that_cannot_be_made_does_not_hold_up_the_others(
    house: House, plan: Plan, caplog: pytest.LogCaptureFixture
) -> None:
    house.start(plan, "x1")

    def picky(nudge: Nudge) -> Outgoing:
        if nudge.case_id == "c1":
            raise LookupError("no recipient")
        return compose(nudge)

    house.compose = picky
    assert house.tick(DUE).sent == 1
    assert "c1-start" in caplog.text
    house.compose = compose
    assert house.tick(DUE + timedelta(minutes=16)).sent == 1


def test_a_step_done_before_it_went_out_is_withdrawn(house: House) -> None:
    house.slack.before = failing(SURE)
    house.tick(DUE)
    with house.database.write() as tx:
        assert store_nudges.mark_done(tx, "c1-start", "mette", 5)
    assert house.tick(DUE + timedelta(minutes=2)) == Report()
    assert house.nudge().state is NudgeState.DONE


def test_a_step_put_off_is_sent_again_on_its_new_day(house: House) -> None:
    house.tick(DUE)
    later = DUE + timedelta(days=2)
    with house.database.write() as tx:
        assert store_nudges.put_off(tx, "c1-start", later, None)
    assert house.tick(later - timedelta(hours=1)) == Report()
    assert house.tick(later).sent == 1
    assert house.slack.keys() == ["nudge:c1-start:0", "nudge:c1-start:1"]


def test_a_step_that_nobody_answers_is_raised_to_the_leader_once(house: House) -> None:
    house.tick(DUE)
    assert house.tick(DUE + timedelta(days=2)) == Report()
    assert house.tick(DUE + timedelta(days=3)).sent == 1
    assert house.tick(DUE + timedelta(days=9)) == Report()
    assert [message.outgoing.to for message in house.slack.messages] == ["mette", "leder"]
    assert not house.slack.messages[1].outgoing.late


def test_a_step_that_was_answered_is_not_raised(house: House) -> None:
    house.tick(DUE)
    with house.database.write() as tx:
        store_nudges.mark_done(tx, "c1-start", "mette", 5)
    assert house.tick(DUE + timedelta(days=30)) == Report()


def test_a_step_that_arrived_after_an_outage_is_not_raised_the_same_day(house: House) -> None:
    house.tick(DUE + timedelta(days=10))
    assert house.tick(DUE + timedelta(days=10, hours=1)) == Report()
    assert house.tick(DUE + timedelta(days=11, hours=1)).sent == 1


def test_a_post_by_a_process_that_was_frozen_past_its_lease_leaves_one_message(
    house: House,
) -> None:
    """The frozen one posts after another process has: its copy is taken away at once."""

    def frozen(_: Outgoing) -> None:
        house.slack.before = lambda _: None
        house.tick(DUE + timedelta(minutes=3))

    house.slack.before = frozen
    report = house.tick(DUE)
    assert (report.sent, report.copies_removed) == (0, 1)
    assert house.slack.removals == 1
    assert house.slack.keys() == ["nudge:c1-start:0"]
    assert house.nudge().ts == house.slack.messages[0].posted.ts


def test_a_copy_by_a_process_that_was_frozen_and_then_killed_is_removed_by_the_janitor(
    house: House,
) -> None:
    class Killed(BaseException):
        pass

    def die(_: Outgoing) -> None:
        raise Killed

    def frozen(_: Outgoing) -> None:
        house.slack.before = lambda _: None
        house.tick(DUE + timedelta(minutes=3))
        house.slack.after = die

    house.slack.before = frozen
    with pytest.raises(Killed):
        house.tick(DUE)
    house.slack.after = lambda _: None
    assert len(house.slack.keys()) == 2
    recorded = Posted(house.nudge().channel or "", house.nudge().ts or "")
    assert house.tick(DUE + timedelta(minutes=5, seconds=1)).copies_removed == 1
    assert [message.posted for message in house.slack.messages] == [recorded]


def test_after_a_day_s_outage_the_tries_are_few_and_the_order_is_kept(house: House) -> None:
    with house.database.write() as tx:
        for number in range(3):
            Outbox().put(tx, Outgoing(f"k{number}", "answer", "C1", "svar"))
    house.slack.before = failing(SURE, times=10**6)
    for minute in range(24 * 60):
        house.tick(NOW + timedelta(minutes=minute))
    assert house.slack.posts <= 3 * 24 * 60
    house.slack.before = lambda _: None
    for minute in range(20):
        house.tick(NOW + timedelta(days=1, minutes=minute))
    assert sorted(house.slack.keys()) == ["k0", "k1", "k2"]
