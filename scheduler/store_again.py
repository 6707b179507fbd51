"""The SQL of what goes out once more: dead letters tried again, steps sent to a new owner."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.dialect import Tx
from scheduler.nudges import GATHERED, KIND, post_key
from scheduler.outbox import PostState
from scheduler.store_nudges import withdraw
from scheduler.store_outbox import DeadLetter


def revive(tx: Tx, key: str, now_ms: int) -> bool:
    """Send a dead letter again from now on; False when it is none any more.

    It stays as unsure as it was: whoever claims it looks first where a try may have arrived.
    """
    revived = tx.run(
        "UPDATE outbox SET state = 'pending', ready = ?, problem = NULL, buried = NULL"
        " WHERE key = ? AND state = 'dead'",
        now_ms,
        key,
    )
    if revived:
        tx.run("UPDATE nudges SET state = 'queued' WHERE post = ? AND state = 'undelivered'", key)
        tx.posts = True
    return revived == 1


def put_away(tx: Tx, key: str) -> bool:
    """Give a dead letter up and erase what it said; False when it is none any more."""
    return (
        tx.run(
            "UPDATE outbox SET state = 'withdrawn', text = '', blocks = '[]'"
            " WHERE key = ? AND state = 'dead'",
            key,
        )
        == 1
    )


def is_overtaken(tx: Tx, letter: DeadLetter) -> bool:
    """Whether what it carried took another way: the steps went to somebody else, or are done."""
    if letter.kind not in {KIND, GATHERED} or letter.key.endswith(":raised"):
        return False
    waiting = tx.one(
        "SELECT id FROM nudges WHERE post = ? AND state = 'undelivered' LIMIT 1", letter.key
    )
    return waiting is None


def send_again(tx: Tx, nudge_ids: Iterable[str], now_ms: int) -> int:
    """Plan steps once more for now, as another round: their case has a new owner; how many.

    Where they were sent before is forgotten: that message is the former owner's. A reminder to a
    leader that has not gone out is taken back.
    """
    again = 0
    for nudge_id in nudge_ids:
        row = tx.one("SELECT round FROM nudges WHERE id = ? AND raised = 1", nudge_id)
        if row:
            take_back(tx, post_key(nudge_id, row["round"], raised=True))
        again += tx.run(
            f"UPDATE nudges SET {_ANEW} WHERE id = ? AND state IN ('sent', 'undelivered')",  # noqa: S608 - a fixed clause
            now_ms,
            nudge_id,
        )
    return again


def call_back(tx: Tx, case_id: str, now_ms: int) -> int:
    """Take back what waits in the outbox about a run whose owner changes, and plan its steps once
    more for now; how many. In the transaction that changes the owner.

    A post that may be on its way is not held: it may still reach the former owner as well.
    """
    for row in tx.rows("SELECT id FROM nudges WHERE case_id = ? AND state = 'queued'", case_id):
        withdraw(tx, row["id"])
    return tx.run(
        f"UPDATE nudges SET {_ANEW} WHERE case_id = ? AND state = 'queued'",  # noqa: S608 - a fixed clause
        now_ms,
        case_id,
    )


def take_back(tx: Tx, key: str) -> bool:
    """Withdraw the post of that key and erase what it says; False when it may have gone out."""
    return (
        tx.run(
            "UPDATE outbox SET state = ?, ready = NULL, text = '', blocks = '[]'"
            " WHERE key = ? AND state = ? AND unsure = 0",
            PostState.WITHDRAWN,
            key,
            PostState.PENDING,
        )
        == 1
    )


_ANEW = (
    "state = 'planned', ready = ?, raised = 0, detour = 0, round = round + 1, post = NULL,"
    " channel = NULL, ts = NULL"
)
