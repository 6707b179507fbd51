"""Who did what to which case and when: never what was said."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.dialect import Row, Tx


@dataclass(frozen=True)
class Trace:
    """One act: `did` is a verb of the code (`case.started`), `about` an id."""

    at: datetime
    actor: str
    did: str
    about: str


def record(tx: Tx, actor: str, did: str, about: str, now_ms: int) -> None:
    """Keep that `actor` did it, in the transaction in which it was done."""
    tx.run(
        "INSERT INTO audit (id, at, actor, did, about) VALUES (?, ?, ?, ?, ?)",
        secrets.token_hex(8),
        now_ms,
        actor,
        did,
        about,
    )


def traces(tx: Tx, about: str) -> tuple[Trace, ...]:
    """What was done about one id, oldest first."""
    return _traced(tx.rows("SELECT * FROM audit WHERE about = ? ORDER BY at, id", about))


def traces_of_run(tx: Tx, case_id: str) -> tuple[Trace, ...]:
    """What was done about a run, its steps and its trouble, oldest first."""
    return _traced(
        tx.rows(
            "SELECT * FROM audit WHERE about = ?"
            " OR about IN (SELECT id FROM nudges WHERE case_id = ?)"
            " OR about IN (SELECT id FROM problems WHERE case_id = ?) ORDER BY at, id",
            case_id,
            case_id,
            case_id,
        )
    )


def _traced(rows: list[Row]) -> tuple[Trace, ...]:
    return tuple(
        Trace(datetime.fromtimestamp(row["at"] / 1000, UTC), row["actor"], row["did"], row["about"])
        for row in rows
    )
