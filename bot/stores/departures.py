"""Since when somebody stands no longer in config.toml: what she chose for herself goes in time."""

from __future__ import annotations

from collections.abc import Collection

from scheduler.dialect import Tx
from scheduler.migrations import MigrationSet


def notice(tx: Tx, present: Collection[str], now_ms: int) -> None:
    """Remember since when those with choices are gone; whoever is `present` is not gone."""
    for row in tx.rows("SELECT person FROM preferences ORDER BY person"):
        if row["person"] not in present:
            tx.run(
                "INSERT INTO departures (person, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
                row["person"],
                now_ms,
            )
    for row in tx.rows("SELECT person FROM departures ORDER BY person"):
        if row["person"] in present:
            tx.run("DELETE FROM departures WHERE person = ?", row["person"])


def forget_choices(tx: Tx, before_ms: int) -> int:
    """Delete what people chose who were gone before then; how many people."""
    return tx.run(
        "DELETE FROM preferences WHERE person IN (SELECT person FROM departures WHERE since < ?)",
        before_ms,
    )


def forget_departures(tx: Tx, before_ms: int) -> int:
    """Delete that people were gone before then. Until no backup holds their choices any more, it
    must be known: a restore brings the choices back. How many rows."""
    return tx.run("DELETE FROM departures WHERE since < ?", before_ms)


def m001_departures(tx: Tx) -> None:
    tx.run("CREATE TABLE departures (person TEXT PRIMARY KEY, since BIGINT NOT NULL)")


DEPARTURES = MigrationSet("departures", (m001_departures,))
