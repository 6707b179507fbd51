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
    mine, values = f"about = ? OR key IN ({_SHOWN})", (case_id, case_id, case_id)
    found = _standing_posts(tx, mine, values)
    tx.run(
        "UPDATE nudges SET state = 'planned', ready = ?, round = round + 1, post = NULL"  # noqa: S608 - a fixed clause
        f" WHERE state = 'sent' AND done_at IS NULL AND case_id <> ? AND post IN ({_SHOWN})",
        now_ms,
        *values,
    )
    outbox = tx.run(f"DELETE FROM outbox WHERE {mine}", *values)  # noqa: S608 - a fixed clause
    tx.run(
        "DELETE FROM gathered WHERE post IN (SELECT post FROM gathered WHERE case_id = ?)", case_id
    )
    audit = tx.run(
        "DELETE FROM audit WHERE about = ? OR about IN (SELECT id FROM nudges WHERE case_id = ?)"
        " OR about IN (SELECT id FROM problems WHERE case_id = ?)",
        *values,
    )
    problems = tx.run("DELETE FROM problems WHERE case_id = ?", case_id)
    nudges = tx.run("DELETE FROM nudges WHERE case_id = ?", case_id)
    runs = tx.run("DELETE FROM cases WHERE id = ?", case_id)
    remember(tx, case_id, now_ms)
    for posted in found:
        tx.run(
            "INSERT INTO removals (channel, ts) VALUES (?, ?) ON CONFLICT DO NOTHING",
            posted.channel,
            posted.ts,
        )
    return Erased(runs, nudges, problems, outbox, audit, found)


_SHOWN = (
    "SELECT post FROM nudges WHERE case_id = ? AND post IS NOT NULL"
    " UNION SELECT post FROM gathered WHERE case_id = ?"
)
"""The posts that show a case, whatever became of its steps since."""


def _standing_posts(tx: Tx, mine: str, values: tuple[str, str, str]) -> tuple[Posted, ...]:
    rows = tx.rows(
        f"SELECT channel, ts FROM outbox WHERE state = 'sent' AND ts IS NOT NULL AND ({mine})"  # noqa: S608 - a fixed clause
        " UNION SELECT channel, ts FROM nudges WHERE case_id = ? AND ts IS NOT NULL",
        *values,
        values[0],
    )
    return tuple(Posted(row["channel"], row["ts"]) for row in rows)


@dataclass(frozen=True)
class Standing:
    """A post about an erased case that still stands in Slack. problem: why Slack refuses to take
    it away, None while it only waits for its turn."""

    posted: Posted
    problem: str | None


def standing(tx: Tx) -> tuple[Standing, ...]:
    """All of them, as far as is known; those that somebody must take away by hand last."""
    rows = tx.rows("SELECT * FROM removals ORDER BY coalesce(problem, ''), channel, ts")
    return tuple(Standing(Posted(row["channel"], row["ts"]), row["problem"]) for row in rows)


def to_remove(tx: Tx, now_ms: int, limit: int) -> tuple[Posted, ...]:
    """Those to be taken away now, the least tried first: a minute after a failed try, a day after
    a refusal (somebody may have removed it by hand). A clock that was set back stops nothing."""
    rows = tx.rows(
        "SELECT channel, ts FROM removals WHERE tried > ?"
        " OR tried <= CASE WHEN problem IS NULL THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END"
        " ORDER BY tried, channel, ts LIMIT ?",
        now_ms,
        now_ms - 60_000,
        now_ms - 86_400_000,
        limit,
    )
    return tuple(Posted(row["channel"], row["ts"]) for row in rows)


def still_stands(tx: Tx, posted: Posted, now_ms: int, problem: str | None) -> bool:
    """A try failed; whether this is the first refusal for good, of which somebody must hear."""
    news = problem is not None and (
        tx.run(
            "UPDATE removals SET problem = ? WHERE channel = ? AND ts = ? AND problem IS NULL",
            problem,
            posted.channel,
            posted.ts,
        )
        == 1
    )
    tx.run(
        "UPDATE removals SET tried = ? WHERE channel = ? AND ts = ?",
        now_ms,
        posted.channel,
        posted.ts,
    )
    return news


def was_removed(tx: Tx, posted: Posted) -> None:
    """The post is gone."""
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
