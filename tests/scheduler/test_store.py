"""The store keeps its word, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler import store, store_endings, store_nudges, store_outbox, store_pace
from scheduler.audit import record, traces
from scheduler.cases import Case
from scheduler.dialect import POSTGRESQL, SQLITE, Database, Tx
from scheduler.nudges import NudgeState
from scheduler.outbox import Outbox, Outgoing, Posted
from scheduler.plans import Anchor, Outcome, Plan
from scheduler.runs import lay_run
from scheduler.store_reader import NudgeReader
from scheduler.workdays import WorkCalendar

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CASE = Case("c1", "INT-1042", "proeveplan", "mette", {Anchor.START: date(2026, 12, 7)}, NOW)


def outgoing(key: str, to: str = "C1") -> Outgoing:
    return Outgoing(key, "answer", to, "tekst")


def start(database: Database, plan: Plan, case: Case = CASE) -> None:
    laid = lay_run(plan, case.anchors, WorkCalendar(), NOW, without=("valgfri",))
    with database.write() as tx:
        assert store.add_case(tx, case)
        store_nudges.add_nudges(tx, case.id, laid)


def test_what_is_written_is_read(database: Database, plan: Plan, plans: dict[str, Plan]) -> None:
    start(database, plan)
    with database.read() as tx:
        (case,) = store.open_cases(tx, "INT-1042")
        nudges = NudgeReader(plans).of_open_cases(tx)
    assert case == CASE
    assert [(nudge.step, nudge.state) for nudge in nudges] == [
        ("foer", NudgeState.PLANNED),
        ("start", NudgeState.PLANNED),
        ("loen", NudgeState.WAITING),
    ]
    assert nudges[1].due == datetime(2026, 12, 7, 8, tzinfo=UTC)
    assert nudges[1].handouts == ("loenseddel",)
    assert nudges[1].plan_title == "Prøveplan"


def test_a_transaction_that_fails_keeps_nothing(database: Database) -> None:
    def put_and_fail() -> None:
        with database.write() as tx:
            Outbox().put(tx, outgoing("a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        put_and_fail()
    with database.read() as tx:
        assert tx.rows("SELECT key FROM outbox") == []


def test_an_open_run_of_the_same_plan_is_not_started_twice(database: Database) -> None:
    with database.write() as tx:
        assert store.add_case(tx, CASE)
        assert not store.add_case(tx, replace(CASE, id="c2"))
        assert store_endings.end_case(tx, "c1", Outcome.STOPPED, 1)
        assert store.add_case(tx, replace(CASE, id="c2"))


def test_a_key_is_put_into_the_outbox_once(database: Database) -> None:
    with database.write() as tx:
        assert Outbox().put(tx, outgoing("a"))
        assert not Outbox().put(tx, outgoing("a"))


def test_a_put_wakes_the_dispatch_and_other_writes_do_not(database: Database) -> None:
    woken: list[str] = []
    database.wake = lambda: woken.append("woken")
    with database.write() as tx:
        store.add_case(tx, CASE)
    assert woken == []
    with database.write() as tx:
        Outbox().put(tx, outgoing("a"))
    assert woken == ["woken"]


def test_a_write_inside_a_write_is_a_mistake_and_does_not_hang(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write(), database.write():
        pass
    with database.write() as tx:
        assert Outbox().put(tx, outgoing("a"))


def test_threads_claim_every_row_and_none_twice(database: Database) -> None:
    with database.write() as tx:
        for number in range(60):
            Outbox().put(tx, outgoing(f"k{number}", f"C{number}"))
    claimed: list[str] = []

    def work() -> None:
        while True:
            with database.write() as tx:
                claims = store_outbox.claim(
                    tx, 1000, lease_ms=60_000, pace_ms=0, late_ms=10**9, limit=3
                )
            if not claims:
                return
            claimed.extend(claim.outgoing.key for claim in claims)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(f"k{number}" for number in range(60))


def test_a_claim_whose_lease_ran_out_is_claimed_again_and_looked_for_first(
    database: Database,
) -> None:
    def claim(now_ms: int) -> tuple[store_outbox.Claim, ...]:
        with database.write() as tx:
            return store_outbox.claim(tx, now_ms, lease_ms=100, pace_ms=0, late_ms=10**9, limit=5)

    with database.write() as tx:
        Outbox().put(tx, outgoing("a"))
    (first,) = claim(1000)
    assert not first.look_first
    assert claim(1099) == ()
    (second,) = claim(1100)
    assert (second.attempt, second.look_first) == (2, True)


def test_only_the_holder_of_the_claim_can_give_it_back_but_anybody_who_posted_can_record_it(
    database: Database,
) -> None:
    with database.write() as tx:
        Outbox().put(tx, outgoing("a"))
        for now_ms in (0, 200):
            store_outbox.claim(tx, now_ms, lease_ms=100, pace_ms=0, late_ms=10**9, limit=5)
        assert not store_outbox.give_back(tx, "a", 1, 0, sure=True, problem=None)
        assert not store_outbox.bury(tx, "a", 1, "problem", 0)
        assert store_outbox.mark_sent(tx, "a", Posted("D", "1"), 5, 9)
        assert not store_outbox.mark_sent(tx, "a", Posted("D", "2"), 6, 9)
        assert store_outbox.recorded(tx, "a") == Posted("D", "1")


def test_the_text_of_a_post_is_erased_once_it_arrived(database: Database) -> None:
    with database.write() as tx:
        Outbox().put(tx, outgoing("a"))
        store_outbox.mark_sent(tx, "a", Posted("D", "1"), 5, 9)
        assert tx.one("SELECT text, blocks FROM outbox") == {"text": "", "blocks": "[]"}


def test_posts_to_one_channel_go_in_the_order_in_which_they_were_put(database: Database) -> None:
    with database.write() as tx:
        for key in ("c", "a", "b"):
            Outbox().put(tx, outgoing(key))
    seen = []
    for second in range(3):
        with database.write() as tx:
            claims = store_outbox.claim(
                tx, second * 1000, lease_ms=10**6, pace_ms=1000, late_ms=10**9, limit=5
            )
        seen.append([claim.outgoing.key for claim in claims])
    assert seen == [["c"], ["a"], ["b"]]


@pytest.mark.parametrize("became", ["claimed", "put back", "sent twice"])
def test_a_clock_that_was_set_back_two_hours_holds_nothing_back(
    database: Database, became: str
) -> None:
    ahead, longest = 7_200_000, 900_000

    def claim(tx: Tx, now_ms: int) -> tuple[store_outbox.Claim, ...]:
        return store_outbox.claim(tx, now_ms, lease_ms=60_000, pace_ms=1000, late_ms=10**9, limit=5)

    with database.write() as tx:
        Outbox().put(tx, outgoing("a"))
        Outbox().put(tx, outgoing("later", "C2"), not_before_ms=10**9)
        claim(tx, ahead - 60_000)
        if became != "claimed":
            claim(tx, ahead)
        if became == "put back":
            store_outbox.give_back(tx, "a", 2, ahead + 60_000, sure=True, problem=None)
        if became == "sent twice":
            store_outbox.mark_sent(tx, "a", Posted("D", "1"), ahead, ahead + 120_000)
        store_pace.mend_clock(tx, 0, longest)
        due_again = claim(tx, 1), store_outbox.to_look_at_again(tx, 1, 5)
        later = tx.one("SELECT ready FROM outbox WHERE key = 'later'")
    assert [len(rows) for rows in due_again] == [became != "sent twice", became == "sent twice"]
    assert later == {"ready": 10**9}


def test_two_people_at_once_mark_a_step_done_once(database: Database, plan: Plan) -> None:
    start(database, plan)
    first: list[str] = []

    def press(who: str) -> None:
        with database.write() as tx:
            if store_nudges.mark_done(tx, "c1-start", who, 5):
                first.append(who)

    threads = [threading.Thread(target=press, args=(who,)) for who in ("mette", "ane", "bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(first) == 1
    with database.read() as tx:
        nudge = NudgeReader({}).one(tx, "c1-start")
    assert nudge is not None
    assert nudge.done_by == first[0]


def test_a_step_that_its_plan_has_lost_is_still_there(database: Database, plan: Plan) -> None:
    start(database, plan)
    with database.read() as tx:
        nudges = NudgeReader({}).of_open_cases(tx)
    assert [nudge.title for nudge in nudges] == ["foer", "start", "loen"]


def test_moving_a_date_moves_only_what_has_not_gone_out(
    database: Database, plan: Plan, plans: dict[str, Plan]
) -> None:
    start(database, plan)
    with database.write() as tx:
        store_nudges.mark_done(tx, "c1-foer", "mette", 5)
        days = {Anchor.START: date(2026, 12, 14), Anchor.FIRST_PAYDAY: date(2027, 1, 29)}
        laid = lay_run(plan, days, WorkCalendar(), NOW, without=("valgfri",))
        store_nudges.move_nudges(tx, "c1", laid)
        nudges = {nudge.step: nudge for nudge in NudgeReader(plans).of_case(tx, "c1")}
    assert nudges["foer"].due == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert nudges["start"].due == datetime(2026, 12, 14, 8, tzinfo=UTC)
    assert nudges["loen"].due == datetime(2027, 2, 1, 8, tzinfo=UTC)
    assert nudges["loen"].state is NudgeState.PLANNED


def test_a_case_that_ends_stops_its_steps_and_withdraws_their_posts(
    database: Database, plan: Plan, plans: dict[str, Plan]
) -> None:
    start(database, plan)
    with database.write() as tx:
        Outbox().put(tx, Outgoing("nudge:c1-foer:0", "nudge", "U1", "tekst", about="c1"))
        Outbox().put(tx, Outgoing("other", "answer", "U1", "tekst"))
        store_nudges.mark_done(tx, "c1-start", "mette", 5)
        assert store_endings.end_case(tx, "c1", Outcome.JOB, 9)
        assert not store_endings.end_case(tx, "c1", Outcome.STOPPED, 10)
        states = {nudge.step: nudge.state for nudge in NudgeReader(plans).of_case(tx, "c1")}
        left = tx.rows("SELECT key FROM outbox WHERE state = 'pending'")
    assert states == {
        "foer": NudgeState.STOPPED,
        "start": NudgeState.DONE,
        "loen": NudgeState.STOPPED,
    }
    assert [row["key"] for row in left] == ["other"]


def test_the_audit_says_who_did_what_to_which_case(database: Database) -> None:
    with database.write() as tx:
        record(tx, "mette", "case.started", "c1", store.to_ms(NOW))
        record(tx, "ane", "nudge.done", "c2", store.to_ms(NOW))
    with database.read() as tx:
        (trace,) = traces(tx, "c1")
    assert (trace.actor, trace.did, trace.at) == ("mette", "case.started", NOW)


@pytest.mark.postgresql
def test_on_postgresql_the_clock_of_the_database_counts(postgresql_server: str) -> None:
    from scheduler.postgresql import PostgresDatabase

    database = PostgresDatabase(f"postgresql://postgres@/postgres?host={postgresql_server}")
    with database.read() as tx:
        assert tx.clock_ms(0) > store.to_ms(NOW) - 10**11
    database.close()


def test_the_two_dialects_spell_the_same_sentence() -> None:
    sql = "SELECT a FROM b WHERE c = ? {skip}"
    assert SQLITE.spelt(sql) == "SELECT a FROM b WHERE c = ? "
    assert POSTGRESQL.spelt(sql) == "SELECT a FROM b WHERE c = %s FOR UPDATE SKIP LOCKED"
