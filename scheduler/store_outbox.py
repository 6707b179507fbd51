"""The SQL of the outbox: claim with a lease and an attempt number, then say what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.dialect import Row, Tx
from scheduler.outbox import Outgoing, Posted, read_outgoing
from scheduler.store_pace import hold_pace


@dataclass(frozen=True)
class Claim:
    """A post that is ours until `until_ms`. `look_first`: an earlier try may have posted it."""

    outgoing: Outgoing
    attempt: int
    until_ms: int
    look_first: bool


@dataclass(frozen=True)
class Sent:
    """A post that arrived, as recorded, and when (UTC ms)."""

    outgoing: Outgoing
    posted: Posted
    sent_ms: int = 0


def claim(
    tx: Tx, now_ms: int, *, lease_ms: int, pace_ms: int, late_ms: int, limit: int
) -> tuple[Claim, ...]:
    """Claim what is ready, at most one post for each recipient, and hold that recipient's pace.

    A row is counted as unsure from here on: only a certain outcome takes that back. A claim whose
    lease ran out is claimed again with the next attempt number.
    """
    rows = tx.rows(
        "UPDATE outbox SET state = 'claimed', attempt = attempt + 1, unsure = unsure + 1, ready = ?"
        " WHERE key IN (SELECT o.key FROM outbox o WHERE o.ready <= ?"
        " AND o.state IN ('pending', 'claimed') AND NOT EXISTS"
        " (SELECT 1 FROM pace p WHERE p.recipient = o.recipient AND p.free > ?)"
        " ORDER BY o.ready, o.seq LIMIT ? {skip}) RETURNING *",
        now_ms + lease_ms,
        now_ms,
        now_ms,
        limit,
    )
    kept: list[Row] = []
    waiting: dict[str, int] = {}
    free = hold_pace(tx, {row["recipient"] for row in rows}, now_ms, now_ms + pace_ms)
    for row in sorted(rows, key=lambda row: (row["recipient"], row["seq"])):
        to = row["recipient"]
        if to not in waiting and to in free:
            kept.append(row)
            waiting[to] = pace_ms
            continue
        ready_ms = now_ms + waiting.setdefault(to, pace_ms)
        give_back(tx, row["key"], row["attempt"], ready_ms, sure=True, problem=None)
        waiting[to] += pace_ms
    kept.sort(key=lambda row: row["seq"])
    return tuple(_claim(row, now_ms, now_ms + lease_ms, late_ms) for row in kept)


def _claim(row: Row, now_ms: int, until_ms: int, late_ms: int) -> Claim:
    outgoing = read_outgoing(row)
    late = outgoing.due_ms is not None and now_ms - outgoing.due_ms > late_ms
    return Claim(replace(outgoing, late=late), row["attempt"], until_ms, row["unsure"] > 1)


def give_back(
    tx: Tx, key: str, attempt: int, ready_ms: int, *, sure: bool, problem: str | None
) -> bool:
    """End our claim without a post, to be tried from `ready_ms` on.

    sure: this attempt certainly posted nothing. False when the claim was no longer ours.
    """
    return (
        tx.run(
            "UPDATE outbox SET state = 'pending', ready = ?, unsure = unsure - ?, problem = ?"
            " WHERE key = ? AND attempt = ? AND state = 'claimed'",
            ready_ms,
            int(sure),
            problem,
            key,
            attempt,
        )
        == 1
    )


def bury(tx: Tx, key: str, attempt: int, problem: str, now_ms: int) -> bool:
    """Make it a dead letter; False when the claim was no longer ours."""
    return (
        tx.run(
            "UPDATE outbox SET state = 'dead', ready = NULL, problem = ?, buried = ?"
            " WHERE key = ? AND attempt = ? AND state = 'claimed'",
            problem,
            now_ms,
            key,
            attempt,
        )
        == 1
    )


def mark_sent(tx: Tx, key: str, posted: Posted, now_ms: int, look_again_ms: int) -> bool:
    """Record where it landed; whoever records first is right, whatever the claim says.

    The text is no longer needed and is erased. Where another try may have posted as well, the
    row stays ready for a look for copies. False when it was recorded, or erased, before.
    """
    return (
        tx.run(
            "UPDATE outbox SET state = 'sent', channel = ?, ts = ?, sent = ?, text = '',"
            " blocks = '[]', problem = NULL,"
            " ready = CASE WHEN unsure > 1 THEN ? ELSE NULL END"
            " WHERE key = ? AND state <> 'sent'",
            posted.channel,
            posted.ts,
            now_ms,
            look_again_ms,
            key,
        )
        == 1
    )


def recorded(tx: Tx, key: str) -> Posted | None:
    """Where the post of that key landed, as far as is recorded."""
    row = tx.one("SELECT channel, ts FROM outbox WHERE key = ? AND state = 'sent'", key)
    return Posted(row["channel"], row["ts"]) if row else None


def to_look_at_again(tx: Tx, now_ms: int, limit: int) -> tuple[Sent, ...]:
    """Sent posts among which a copy may stand, now that every try has ended."""
    rows = tx.rows(
        "SELECT * FROM outbox WHERE ready <= ? AND state = 'sent' ORDER BY ready, seq LIMIT ?",
        now_ms,
        limit,
    )
    return tuple(
        Sent(read_outgoing(row), Posted(row["channel"], row["ts"]), row["sent"]) for row in rows
    )


def look_again(tx: Tx, key: str, ready_ms: int | None) -> None:
    """Look for copies of a sent post from `ready_ms` on; None when it has been looked at."""
    tx.run("UPDATE outbox SET ready = ? WHERE key = ? AND state = 'sent'", ready_ms, key)


def next_ready(tx: Tx, until_ms: int) -> int | None:
    """When the next post may go out, its recipient's pace considered, or None when none of those
    ready by `until_ms` waits."""
    row = tx.one(
        "SELECT min(CASE WHEN p.free > o.ready THEN p.free ELSE o.ready END) AS ms FROM outbox o"
        " LEFT JOIN pace p ON p.recipient = o.recipient"
        " WHERE o.ready <= ? AND o.state IN ('pending', 'claimed')",
        until_ms,
    )
    return row["ms"] if row else None


def waiting(tx: Tx, now_ms: int) -> int:
    """How many posts could have gone out by now, and have not."""
    row = tx.one(
        "SELECT count(*) AS n FROM outbox WHERE ready <= ? AND state IN ('pending', 'claimed')",
        now_ms,
    )
    return int(row["n"]) if row else 0


@dataclass(frozen=True)
class DeadLetter:
    """A post that no later try can deliver, why, and since when (UTC ms)."""

    key: str
    to: str
    problem: str
    kind: str = ""
    buried_ms: int | None = None


def dead_letters(tx: Tx, *, untold: bool = False) -> tuple[DeadLetter, ...]:
    """What an administrator must look at, oldest first; only what nobody was told of yet."""
    only = " AND told = 0" if untold else ""
    sql = f"SELECT * FROM outbox WHERE state = 'dead'{only} ORDER BY seq"  # noqa: S608 - a fixed clause
    return tuple(
        DeadLetter(row["key"], row["recipient"], row["problem"] or "", row["kind"], row["buried"])
        for row in tx.rows(sql)
    )


def told_of(tx: Tx, key: str) -> bool:
    """An administrator hears of that dead letter now; False when another process was first."""
    return tx.run("UPDATE outbox SET told = 1 WHERE key = ? AND told = 0", key) == 1


def last_restore(tx: Tx) -> int:
    """When the store was last restored from a copy (UTC ms), 0 for never."""
    row = tx.one("SELECT coalesce(max(at), 0) AS at FROM restores")
    return int(row["at"]) if row else 0


def is_there(tx: Tx, key: str) -> bool:
    """Whether a post of that key was put into the outbox, whatever became of it."""
    return tx.one("SELECT key FROM outbox WHERE key = ?", key) is not None
