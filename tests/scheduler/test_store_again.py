"""Dead letters tried again or put away, and steps sent once more, on both databases."""

from __future__ import annotations

import pytest

from scheduler import store_again, store_outbox, store_retention
from scheduler.dialect import Database
from scheduler.outbox import Outbox, Outgoing, Posted


def buried(database: Database, key: str = "a", kind: str = "answer", now_ms: int = 7_000) -> None:
    """A dead letter of that key, after one try."""
    with database.write() as tx:
        Outbox().put(tx, Outgoing(key, kind, "D1", "Hej", "[1]"))
        store_outbox.claim(tx, now_ms, lease_ms=100, pace_ms=0, late_ms=10**9, limit=5)
        assert store_outbox.bury(tx, key, 1, "Nej (is_archived).", now_ms)


def test_a_dead_letter_says_since_when(database: Database) -> None:
    buried(database)
    with database.read() as tx:
        (letter,) = store_outbox.dead_letters(tx)
    assert (letter.buried_ms, letter.kind, letter.to) == (7_000, "answer", "D1")


def test_a_revived_letter_is_claimed_again_and_looks_first(database: Database) -> None:
    buried(database)
    with database.write() as tx:
        assert store_again.revive(tx, "a", 8_000)
        assert not store_again.revive(tx, "a", 8_000)
        assert store_outbox.dead_letters(tx) == ()
        (claim,) = store_outbox.claim(tx, 8_000, lease_ms=100, pace_ms=0, late_ms=10**9, limit=5)
    assert (claim.outgoing.text, claim.attempt, claim.look_first) == ("Hej", 2, True)


def test_a_letter_put_away_is_erased_and_never_claimed(database: Database) -> None:
    buried(database)
    with database.write() as tx:
        assert store_again.put_away(tx, "a")
        assert not store_again.put_away(tx, "a")
        assert not store_again.revive(tx, "a", 8_000)
        assert tx.one("SELECT text, blocks FROM outbox") == {"text": "", "blocks": "[]"}
        assert store_outbox.dead_letters(tx) == ()
        ready = store_outbox.claim(tx, 10**9, lease_ms=100, pace_ms=0, late_ms=10**9, limit=5)
    assert ready == ()


def test_what_arrived_is_neither_revived_nor_put_away(database: Database) -> None:
    with database.write() as tx:
        Outbox().put(tx, Outgoing("a", "answer", "D1", "Hej"))
        store_outbox.mark_sent(tx, "a", Posted("D", "1"), 5, 9)
        assert not store_again.revive(tx, "a", 8_000)
        assert not store_again.put_away(tx, "a")


@pytest.mark.parametrize(
    ("key", "kind", "overtaken"),
    [
        ("answer:1", "answer", False),
        ("nudge:n1:0", "nudge", True),
        ("morning:n1:0", "morning", True),
        ("nudge:n1:0:raised", "nudge", False),
    ],
)
def test_only_a_step_that_nobody_waits_for_was_overtaken(
    database: Database, key: str, kind: str, overtaken: bool
) -> None:
    buried(database, key, kind)
    with database.read() as tx:
        (letter,) = store_outbox.dead_letters(tx)
        assert store_again.is_overtaken(tx, letter) is overtaken


def test_an_old_letter_that_was_due_at_no_time_is_forgotten_too(database: Database) -> None:
    buried(database)
    with database.write() as tx:
        assert store_retention.forget_posts(tx, 6_999, 10) == 0
        assert store_retention.forget_posts(tx, 7_001, 10) == 1


def test_what_could_have_gone_out_is_counted(database: Database) -> None:
    with database.write() as tx:
        Outbox().put(tx, Outgoing("a", "answer", "D1", "Hej"))
        Outbox().put(tx, Outgoing("b", "answer", "D1", "Hej"), 5_000)
        assert (store_outbox.waiting(tx, 4_000), store_outbox.waiting(tx, 5_000)) == (1, 2)
