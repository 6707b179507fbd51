"""Who did what to which case and when: never what was said."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.dialect import Tx


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
    rows = tx.rows("SELECT * FROM audit WHERE about = ? ORDER BY at, id", about)
    return tuple(
        Trace(datetime.fromtimestamp(row["at"] / 1000, UTC), row["actor"], row["did"], row["about"])
        for row in rows
    )
