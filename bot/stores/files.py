"""The ids of files that stand in Slack, and when each goes again: never what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scheduler.dialect import Database
from scheduler.store import to_ms


class KeptFiles:
    """The files of one store, shared by every process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, ids: Sequence[str], until: datetime) -> None:
        """Remember that these files are to go at `until`."""
        with self._database.write() as tx:
            for one in ids:
                tx.run(
                    "INSERT INTO slack_files (id, until) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    one,
                    to_ms(until),
                )

    def due(self, now: datetime, limit: int = 20) -> tuple[str, ...]:
        """The files whose time is over, oldest first."""
        with self._database.read() as tx:
            rows = tx.rows(
                "SELECT id FROM slack_files WHERE until <= ? ORDER BY until, id LIMIT ?",
                to_ms(now),
                limit,
            )
        return tuple(row["id"] for row in rows)

    def forget(self, file: str) -> None:
        with self._database.write() as tx:
            tx.run("DELETE FROM slack_files WHERE id = ?", file)
