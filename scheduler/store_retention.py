"""The SQL of what is over its time: found and deleted a few rows at a time, so that nobody waits.

Rows that another process works on are skipped: several may clear one store at once.
"""

from __future__ import annotations

from datetime import date

from scheduler.dialect import Tx


def ended_run(tx: Tx, before_ms: int) -> str | None:
    """The id of a run that ended before then, the longest ended first; held until `tx` ends."""
    row = tx.one(
        "SELECT id FROM cases WHERE ended < ? ORDER BY ended, id LIMIT 1 {skip}", before_ms
    )
    return row["id"] if row else None


def abandoned_run(tx: Tx, before_ms: int) -> str | None:
    """The id of a run that nobody ended, though nothing of it is still to come and nothing was
    due, done, changed or reported since then; held until `tx` ends."""
    row = tx.one(
        "SELECT id FROM cases WHERE state = 'open' AND started < ?"
        " AND NOT EXISTS (SELECT 1 FROM nudges WHERE case_id = cases.id"
        " AND (ready IS NOT NULL OR due >= ? OR done_at >= ?))"
        " AND NOT EXISTS (SELECT 1 FROM problems WHERE case_id = cases.id"
        " AND (ready IS NOT NULL OR reported >= ? OR closed >= ?))"
        " AND NOT EXISTS (SELECT 1 FROM audit WHERE at >= ? AND (about = cases.id"
        " OR about IN (SELECT id FROM nudges WHERE case_id = cases.id)))"
        " ORDER BY started, id LIMIT 1 {skip}",
        *[before_ms] * 6,
    )
    return row["id"] if row else None


def forget_posts(tx: Tx, before_ms: int, most: int) -> int:
    """Delete what was sent, buried or withdrawn before then; how many rows, at most `most`."""
    return tx.run(
        "DELETE FROM outbox WHERE key IN (SELECT key FROM outbox WHERE ready IS NULL AND ("
        " (state = 'sent' AND sent < ?)"
        " OR (state IN ('dead', 'withdrawn') AND coalesce(due, buried) < ?))"
        " ORDER BY seq LIMIT ? {skip})",
        before_ms,
        before_ms,
        most,
    )


def forget_gathered(tx: Tx, most: int) -> int:
    """Delete what posts showed that are deleted themselves; how many rows."""
    return tx.run(
        "DELETE FROM gathered WHERE post IN (SELECT post FROM gathered WHERE NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE key = gathered.post) LIMIT ?)",
        most,
    )


def forget_traces(tx: Tx, before_ms: int, most: int) -> int:
    """Delete who did what before then; how many rows, at most `most`."""
    return tx.run(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? LIMIT ? {skip})",
        before_ms,
        most,
    )


def forget_openings(tx: Tx, before_ms: int, before: date, most: int) -> int:
    """Delete openings closed before `before_ms`, or over before the day `before`; how many."""
    return tx.run(
        "DELETE FROM openings WHERE id IN (SELECT id FROM openings"
        " WHERE closed < ? OR until < ? LIMIT ? {skip})",
        before_ms,
        before.isoformat(),
        most,
    )


def forget_pace(tx: Tx, before_ms: int, most: int) -> int:
    """Delete whose next post could go out before then: it holds nobody back; how many."""
    return tx.run(
        "DELETE FROM pace WHERE recipient IN"
        " (SELECT recipient FROM pace WHERE free < ? LIMIT ? {skip})",
        before_ms,
        most,
    )
