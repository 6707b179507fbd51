"""The SQL of a case's end: its run is over, or it is erased for good."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.cases import CaseState
from scheduler.dialect import Tx
from scheduler.outbox import Posted, PostState
from scheduler.plans import Outcome
from scheduler.store_nudges import withdraw


@dataclass(frozen=True)
class Erased:
    """What was erased, as counts of rows; `posts` is what stands in Slack about it."""

    runs: int = 0
    nudges: int = 0
    problems: int = 0
    outbox: int = 0
    audit: int = 0
    posts: tuple[Posted, ...] = ()


def end_case(tx: Tx, case_id: str, outcome: Outcome, now_ms: int) -> bool:
    """End the run, stop what is not done and withdraw what has not gone out.

    False when it had ended already. A post that may already be on its way is left to the dispatch.
    """
    ended = tx.run(
        "UPDATE cases SET state = ?, outcome = ?, ended = ? WHERE id = ? AND state = 'open'",
        CaseState.ENDED,
        outcome,
        now_ms,
        case_id,
    )
    if not ended:
        return False
    _withdraw(tx, case_id)
    tx.run(
        "UPDATE nudges SET state = 'stopped', ready = NULL"
        " WHERE case_id = ? AND state NOT IN ('done', 'stopped')",
        case_id,
    )
    tx.run(
        "UPDATE problems SET state = 'closed', closed = ?, ready = NULL"
        " WHERE case_id = ? AND state <> 'closed'",
        now_ms,
        case_id,
    )
    return True


def erase_run(tx: Tx, case_id: str, now_ms: int) -> Erased:
    """Erase one run with all that hangs on it, and keep its id so that a restore erases it again.

    `posts` are to be removed by the next tick, and with them a post that gathered other cases'
    steps too: it shows this case. Those of its steps that are not done come once more.
    """
    _withdraw(tx, case_id)
    mine = "about = ? OR key IN (SELECT post FROM nudges WHERE case_id = ?)"
    values = (case_id, case_id)
    posts = tx.rows(
        f"SELECT channel, ts FROM outbox WHERE state = 'sent' AND ts IS NOT NULL AND ({mine})",  # noqa: S608 - a fixed clause
        *values,
    )
    tx.run(
        "UPDATE nudges SET state = 'planned', ready = ?, round = round + 1, post = NULL"
        " WHERE state = 'sent' AND done_at IS NULL AND case_id <> ? AND post IN"
        " (SELECT post FROM nudges WHERE case_id = ? AND post IS NOT NULL)",
        now_ms,
        case_id,
        case_id,
    )
    outbox = tx.run(f"DELETE FROM outbox WHERE {mine}", *values)  # noqa: S608 - a fixed clause
    audit = tx.run(
        "DELETE FROM audit WHERE about = ? OR about IN (SELECT id FROM nudges WHERE case_id = ?)"
        " OR about IN (SELECT id FROM problems WHERE case_id = ?)",
        *values,
        case_id,
    )
    problems = tx.run("DELETE FROM problems WHERE case_id = ?", case_id)
    nudges = tx.run("DELETE FROM nudges WHERE case_id = ?", case_id)
    runs = tx.run("DELETE FROM cases WHERE id = ?", case_id)
    remember(tx, case_id, now_ms)
    found = tuple(Posted(row["channel"], row["ts"]) for row in posts)
    for posted in found:
        tx.run(
            "INSERT INTO removals (channel, ts) VALUES (?, ?) ON CONFLICT DO NOTHING",
            posted.channel,
            posted.ts,
        )
    return Erased(runs, nudges, problems, outbox, audit, found)


def to_remove(tx: Tx, limit: int) -> tuple[Posted, ...]:
    """Posts about erased cases that still stand in Slack, as far as is known."""
    rows = tx.rows("SELECT channel, ts FROM removals ORDER BY channel, ts LIMIT ?", limit)
    return tuple(Posted(row["channel"], row["ts"]) for row in rows)


def was_removed(tx: Tx, posted: Posted) -> None:
    """The post is gone, or cannot be taken away by us."""
    tx.run("DELETE FROM removals WHERE channel = ? AND ts = ?", posted.channel, posted.ts)


def remember(tx: Tx, case_id: str, now_ms: int) -> None:
    """Keep that this run was erased: its id, which says nothing without the rows that are gone."""
    tx.run(
        "INSERT INTO forgotten (case_id, at) VALUES (?, ?) ON CONFLICT (case_id) DO NOTHING",
        case_id,
        now_ms,
    )


def forgotten(tx: Tx) -> dict[str, int]:
    """The ids of erased runs, and when (UTC ms)."""
    return {row["case_id"]: row["at"] for row in tx.rows("SELECT case_id, at FROM forgotten")}


def ended_before(tx: Tx, before_ms: int) -> tuple[str, ...]:
    """The ids of runs that ended before then."""
    rows = tx.rows("SELECT id FROM cases WHERE ended < ? ORDER BY id LIMIT 500", before_ms)
    return tuple(row["id"] for row in rows)


def forget_older(tx: Tx, posts_ms: int, audit_ms: int) -> int:
    """Delete what was sent or buried before `posts_ms`, and traces before `audit_ms`; how many."""
    posts = tx.run(
        "DELETE FROM outbox WHERE ready IS NULL AND ("
        " (state = 'sent' AND sent < ?) OR (state IN ('dead', 'withdrawn') AND due < ?))",
        posts_ms,
        posts_ms,
    )
    return posts + tx.run("DELETE FROM audit WHERE at < ?", audit_ms)


def _withdraw(tx: Tx, case_id: str) -> None:
    """Take back every post about a run that certainly has not gone out."""
    for row in tx.rows("SELECT id FROM nudges WHERE case_id = ? AND state = 'queued'", case_id):
        withdraw(tx, row["id"])
    tx.run(
        "UPDATE outbox SET state = ?, ready = NULL, text = '', blocks = '[]'"
        " WHERE about = ? AND state = ? AND unsure = 0",
        PostState.WITHDRAWN,
        case_id,
        PostState.PENDING,
    )
