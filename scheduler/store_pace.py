"""The SQL of pace: one post a second to each recipient, and what a wrong clock pushed away."""

from __future__ import annotations

from collections.abc import Collection

from scheduler.dialect import Tx


def hold_pace(tx: Tx, recipients: Collection[str], now_ms: int, until_ms: int) -> frozenset[str]:
    """Let nothing more go to the recipients until then; those that were not held already.

    In one order for all: two processes that hold the same ones never wait for each other.
    """
    if not recipients:
        return frozenset()
    places = ", ".join(["(?, ?)"] * len(recipients))
    values = [value for one in sorted(recipients) for value in (one, until_ms)]
    rows = tx.rows(
        f"INSERT INTO pace (recipient, free) VALUES {places} ON CONFLICT (recipient)"  # noqa: S608 - only placeholders
        " DO UPDATE SET free = excluded.free WHERE pace.free <= ? RETURNING recipient",
        *values,
        now_ms,
    )
    return frozenset(row["recipient"] for row in rows)


def slow_down(tx: Tx, recipient: str, until_ms: int) -> None:
    """Hold the recipient's pace because the other side asked for it."""
    tx.run(
        "UPDATE pace SET free = ? WHERE recipient = ? AND free < ?", until_ms, recipient, until_ms
    )


def mend_clock(tx: Tx, now_ms: int, longest_ms: int) -> None:
    """Bring back what a clock that was set back has pushed out of reach: leases, retries, looks.

    A row that was never tried may well be meant for later.
    """
    tx.run(
        "UPDATE outbox SET ready = ? WHERE ready > ? AND attempt > 0", now_ms, now_ms + longest_ms
    )
    tx.run("UPDATE pace SET free = ? WHERE free > ?", now_ms, now_ms + longest_ms)
