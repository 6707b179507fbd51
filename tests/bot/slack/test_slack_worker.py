"""Whatever goes wrong with one row, the others go on and nobody is left without a word."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.worker import Rush, Worker
from bot.stores.inbox import Inbox, Incoming, Intent
from bot.stores.schema import BOT
from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.errors import PostFailed
from scheduler.outbox import Outgoing
from scheduler.sending import Stopwatch
from tests.bot.slack.conftest import Clock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "store.db", (BOT,))
    yield database
    database.close()


class Desk:
    """Answers each row; refuses those that `faults` names, as often as it says."""

    def __init__(self, **faults: list[Exception]) -> None:
        self.faults = faults
        self.seen: list[str] = []

    def answer(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        self.seen.append(incoming.id)
        if self.faults.get(incoming.id):
            raise self.faults[incoming.id].pop(0)
        return (Outgoing(f"answer:{incoming.id}", "answer", "C1", "Hej"),)

    def apologise(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return (Outgoing(f"sorry:{incoming.id}", "answer", "C1", "Desværre"),)


def ask(database: Database, clock: Clock, *ids: str) -> None:
    for number, name in enumerate(ids):
        asked = Incoming(name, Intent.QUESTION, "C1", "U1", f"1.{number}", text="hemmeligt")
        Inbox(database).put(asked, round(clock.now.timestamp() * 1000) + number)


def posts(database: Database) -> list[str]:
    with database.read() as tx:
        return [row["key"] for row in tx.rows("SELECT key FROM outbox ORDER BY seq")]


def run(database: Database, desk: Desk, clock: Clock, *, rounds: int = 1) -> None:
    worker = Worker(database, desk.answer, desk.apologise, clock)
    for _ in range(rounds):
        worker.work_off()
        clock.forward(minutes=2)


def test_one_broken_row_does_not_hold_up_the_others(database: Database, clock: Clock) -> None:
    ask(database, clock, "a", "b", "c")
    run(database, Desk(b=[RuntimeError("x")]), clock)
    assert posts(database) == ["answer:a", "answer:c"]


def test_a_row_that_fails_once_is_answered_the_next_time(database: Database, clock: Clock) -> None:
    ask(database, clock, "a")
    run(database, Desk(a=[RuntimeError("x")]), clock, rounds=2)
    assert posts(database) == ["answer:a"]


def test_a_row_that_keeps_failing_gets_an_apology_and_is_left(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    ask(database, clock, "a")
    desk = Desk(a=[RuntimeError("hemmeligt") for _ in range(9)])
    run(database, desk, clock, rounds=6)
    assert posts(database) == ["sorry:a"]
    assert len(desk.seen) == 3
    assert "RuntimeError" in caplog.text
    assert "hemmeligt" not in caplog.text


@pytest.mark.parametrize(
    ("failed", "tries"),
    [
        (PostFailed("væk", permanent=True), 1),
        (PostFailed("usikkert", unsure=True), 3),
        (PostFailed("senere"), 3),
        (PostFailed("nøglen", stops_all=True), 3),
    ],
)
def test_a_private_word_that_never_gets_out_is_given_up(
    database: Database, clock: Clock, failed: PostFailed, tries: int
) -> None:
    ask(database, clock, "a")
    desk = Desk(a=[failed] * 9)
    run(database, desk, clock, rounds=6)
    assert len(desk.seen) == tries
    assert posts(database) == []


def test_a_private_word_waits_as_long_as_slack_asks(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    ask(database, clock, "a")
    desk = Desk(a=[PostFailed("vent", retry_after=300)])
    run(database, desk, clock, rounds=2)
    assert len(desk.seen) == 1
    run(database, desk, clock, rounds=2)
    assert len(desk.seen) == 2


@pytest.mark.parametrize(
    ("gaps", "waits"),
    [([], 0), ([1], 0), ([1, 0.2], 0), ([1, 0.125, 0.125], 0), ([1, 0.003], 0.03), ([0.02], 0)],
)
def test_an_answer_waits_only_while_events_are_streaming_in(
    clock: Clock, gaps: list[float], waits: float
) -> None:
    rush = Rush(Stopwatch(elapsed=clock.elapsed, pause=clock.pause))
    for gap in gaps:
        clock.forward(seconds=gap)
        rush.came()
    before = clock.elapsed()
    rush.wait()
    assert clock.elapsed() - before == pytest.approx(waits, abs=0.011)


def test_a_rush_that_does_not_end_holds_an_answer_up_for_half_a_second(clock: Clock) -> None:
    def pause(seconds: float) -> None:
        clock.forward(seconds=seconds)
        rush.came()

    rush = Rush(Stopwatch(elapsed=clock.elapsed, pause=pause))
    rush.came()
    rush.came()
    before = clock.elapsed()
    rush.wait()
    assert clock.elapsed() - before == pytest.approx(0.5, abs=0.02)
