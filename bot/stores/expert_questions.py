"""Which open questions were sent to the experts, and when an unanswered one is to be raised."""

from __future__ import annotations

from scheduler.dialect import Tx


def send(tx: Tx, question_id: str, raise_ms: int) -> bool:
    """Remember that it was sent; False when it was before."""
    return (
        tx.run(
            "INSERT INTO expert_questions (id, ready) VALUES (?, ?) ON CONFLICT DO NOTHING",
            question_id,
            raise_ms,
        )
        == 1
    )


def to_raise(tx: Tx, now_ms: int) -> tuple[str, ...]:
    """Those whose time has come, oldest first."""
    rows = tx.rows("SELECT id FROM expert_questions WHERE ready <= ? ORDER BY ready, id", now_ms)
    return tuple(row["id"] for row in rows)


def raised(tx: Tx, question_id: str) -> bool:
    """Mark it raised, or settled; False when another process was first."""
    return (
        tx.run(
            "UPDATE expert_questions SET ready = NULL WHERE id = ? AND ready IS NOT NULL",
            question_id,
        )
        == 1
    )
