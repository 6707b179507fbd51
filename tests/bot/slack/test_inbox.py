"""What arrived is kept once, claimed by one, and forgotten in time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.stores.inbox import LEASE_MS, Inbox, Incoming, Intent
from bot.stores.schema import BOT
from scheduler.database import open_database
from scheduler.dialect import POSTGRESQL, Database

ASKED = Incoming(
    id="Ev1",
    kind=Intent.QUESTION,
    channel="C1",
    sender="U1",
    ts="1.1",
    thread="1.1",
    message="C1:1.1",
    conversation="C1:1.1",
    text="Hvor længe?",
)
NEXT = replace(ASKED, id="Ev2", ts="1.2", message="C1:1.2", text="Og så?", addressed=False)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """SQLite and PostgreSQL; time is the test's own on both."""
    opened = open_database(address, (BOT,))
    if opened.dialect.name == "postgresql":
        opened.dialect = replace(POSTGRESQL, clock="")
    yield opened
    opened.close()


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


def finish(database: Database, inbox: Inbox, incoming: Incoming) -> bool:
    with database.write() as tx:
        return inbox.finish(tx, incoming)


def test_what_is_kept_comes_back_as_it_was(inbox: Inbox) -> None:
    assert inbox.put(ASKED, 1_000)
    assert inbox.claim(1_000) == (replace(ASKED, attempt=1),)


def test_the_same_event_and_the_same_message_are_kept_once(inbox: Inbox) -> None:
    assert inbox.put(ASKED, 1_000)
    assert not inbox.put(ASKED, 1_001)
    assert not inbox.put(replace(ASKED, id="Ev9"), 1_002)
    assert len(inbox.claim(2_000)) == 1


def test_an_event_is_recognised_after_it_was_handled(database: Database, inbox: Inbox) -> None:
    inbox.put(ASKED, 1_000)
    [claimed] = inbox.claim(1_000)
    assert finish(database, inbox, claimed)
    assert not inbox.put(ASKED, 2_000)
    assert inbox.claim(9_000_000) == ()


def test_a_claimed_row_is_free_again_when_its_lease_ends(inbox: Inbox) -> None:
    inbox.put(ASKED, 1_000)
    inbox.claim(1_000)
    assert inbox.claim(1_000 + LEASE_MS - 1) == ()
    assert [row.attempt for row in inbox.claim(1_000 + LEASE_MS)] == [2]


def test_who_comes_back_after_the_lease_does_not_finish_anothers_work(
    database: Database, inbox: Inbox
) -> None:
    inbox.put(ASKED, 1_000)
    [slow] = inbox.claim(1_000)
    [quick] = inbox.claim(1_000 + LEASE_MS)
    assert not finish(database, inbox, slow)
    assert finish(database, inbox, quick)
    assert not finish(database, inbox, quick)


def test_a_released_row_waits_until_its_time(inbox: Inbox) -> None:
    inbox.put(ASKED, 1_000)
    [claimed] = inbox.claim(1_000)
    inbox.release(claimed, 2_000, after_ms=3_000)
    assert inbox.claim(4_999) == ()
    assert len(inbox.claim(5_000)) == 1


def test_rows_are_handled_in_the_order_they_came(inbox: Inbox) -> None:
    for number in (3, 1, 2):
        inbox.put(replace(ASKED, id=f"Ev{number}", message=None), 1_000 * number)
    assert [row.id for row in inbox.claim(9_000)] == ["Ev1", "Ev2", "Ev3"]


def test_what_was_not_said_to_the_bot_counts_only_in_its_own_conversations(inbox: Inbox) -> None:
    assert not inbox.put(NEXT, 1_000)
    inbox.put(ASKED, 1_000)
    assert inbox.put(NEXT, 2_000)
    assert inbox.put(replace(NEXT, id="Ev3", message="m3", sender="U2"), 3_000)
    kinds = [row.kind for row in inbox.claim(4_000)]
    assert kinds == [Intent.QUESTION, Intent.QUESTION, Intent.FOLLOW_UP]


def test_handled_rows_are_forgotten_and_open_ones_kept(database: Database, inbox: Inbox) -> None:
    inbox.put(ASKED, 1_000)
    [claimed] = inbox.claim(1_000)
    finish(database, inbox, claimed)
    inbox.put(replace(ASKED, id="Ev5", message="m5"), 1_000)
    assert inbox.forget(1_000) == 0
    assert inbox.forget(1_001) == 1
    assert [row.id for row in inbox.claim(2_000)] == ["Ev5"]


def test_what_arrives_at_once_is_kept_together_and_each_is_told(inbox: Inbox) -> None:
    arriving = [replace(ASKED, id=f"Ev{number % 40}", message=None) for number in range(80)]
    with ThreadPoolExecutor(20) as pool:
        new = list(pool.map(lambda one: inbox.put(one, 1_000), arriving))
    assert sum(new) == 40
    assert inbox.waiting() == 40


def test_when_the_store_is_gone_each_who_waits_is_told(database: Database, inbox: Inbox) -> None:
    with database.write() as tx:
        tx.run("DROP TABLE inbox")
    with ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(inbox.put, replace(ASKED, id=f"Ev{n}"), 1_000) for n in range(5)]
    assert all(one.exception() for one in waiting)


def test_many_workers_at_once_share_the_rows_out(inbox: Inbox) -> None:
    for number in range(60):
        inbox.put(replace(ASKED, id=f"Ev{number}", message=None), 1_000)
    with ThreadPoolExecutor(6) as pool:
        claimed = [
            row.id for rows in pool.map(lambda _: inbox.claim(2_000), range(6)) for row in rows
        ]
    assert sorted(claimed) == sorted({f"Ev{number}" for number in range(60)})
