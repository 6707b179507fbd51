"""The SQL of trouble: reported, taken, told to a leader, closed."""

from __future__ import annotations

from scheduler.dialect import Row, Tx
from scheduler.problems import Category, Trouble, TroubleState
from scheduler.store import from_ms, to_ms

_ALL = "SELECT p.*, c.reference, c.owner FROM problems p JOIN cases c ON c.id = p.case_id"


def add(tx: Tx, trouble: Trouble, tell_ms: int) -> None:
    """Keep a new report; a leader hears of it from `tell_ms` on unless somebody takes it."""
    tx.run(
        "INSERT INTO problems (id, case_id, category, nudge, state, reported_by, reported, ready)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        trouble.id,
        trouble.case_id,
        trouble.category,
        trouble.nudge,
        trouble.state,
        trouble.reported_by,
        to_ms(trouble.reported),
        tell_ms,
    )


def one(tx: Tx, trouble_id: str) -> Trouble | None:
    row = tx.one(f"{_ALL} WHERE p.id = ?", trouble_id)
    return _trouble(row) if row else None


def unsolved(tx: Tx) -> tuple[Trouble, ...]:
    """All that is open or taken, oldest first."""
    rows = tx.rows(f"{_ALL} WHERE p.state <> 'closed' ORDER BY p.reported, p.id")
    return tuple(_trouble(row) for row in rows)


def of_case(tx: Tx, case_id: str) -> tuple[Trouble, ...]:
    """Every report in one run, closed ones too, oldest first."""
    rows = tx.rows(f"{_ALL} WHERE p.case_id = ? ORDER BY p.reported, p.id", case_id)
    return tuple(_trouble(row) for row in rows)


def take(tx: Tx, trouble_id: str, by: str, now_ms: int) -> bool:
    """Let `by` have it; False when somebody took it first, or it is closed."""
    return (
        tx.run(
            "UPDATE problems SET state = 'taken', taken_by = ?, taken = ?, ready = NULL"
            " WHERE id = ? AND state = 'open'",
            by,
            now_ms,
            trouble_id,
        )
        == 1
    )


def close_with_nudge(tx: Tx, nudge_id: str, now_ms: int) -> None:
    """Close the trouble whose follow-up was done; nothing happens for any other nudge."""
    tx.run(
        "UPDATE problems SET state = 'closed', closed = ?, ready = NULL"
        " WHERE nudge = ? AND state <> 'closed'",
        now_ms,
        nudge_id,
    )


def untaken(tx: Tx, now_ms: int) -> tuple[Trouble, ...]:
    """What nobody took in time, and no leader has heard of."""
    rows = tx.rows(f"{_ALL} WHERE p.ready <= ? ORDER BY p.ready, p.id LIMIT 50", now_ms)
    return tuple(_trouble(row) for row in rows)


def told(tx: Tx, trouble_id: str) -> bool:
    """A leader is told now; False when another process was first."""
    return (
        tx.run("UPDATE problems SET ready = NULL WHERE id = ? AND ready IS NOT NULL", trouble_id)
        == 1
    )


def _trouble(row: Row) -> Trouble:
    return Trouble(
        id=row["id"],
        case_id=row["case_id"],
        case=row["reference"],
        owner=row["owner"],
        category=Category(row["category"]),
        nudge=row["nudge"],
        reported_by=row["reported_by"],
        reported=from_ms(row["reported"]),
        state=TroubleState(row["state"]),
        taken_by=row["taken_by"],
        taken=from_ms(row["taken"]) if row["taken"] is not None else None,
        closed=from_ms(row["closed"]) if row["closed"] is not None else None,
    )
