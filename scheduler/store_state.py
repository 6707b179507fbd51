"""The store looked at without bringing it up to date: which steps it has, and which it lacks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.dialect import Database, Tx
from scheduler.migrations import MigrationSet
from scheduler.postgresql import PostgresDatabase
from scheduler.sqlite import SqliteDatabase
from scheduler.store_schema import SCHEDULER

_HAS_STEPS = {
    "sqlite": "SELECT 1 AS it FROM sqlite_master WHERE name = 'migrations'",
    "postgresql": "SELECT 1 AS it FROM information_schema.tables"
    " WHERE table_name = 'migrations' AND table_schema = current_schema()",
}


@dataclass(frozen=True)
class Schema:
    """The step that the scheduler's tables have come to, empty for a new store; the steps that the
    next start adds; and those that only a newer program knows."""

    version: str
    missing: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()


def is_to_be_made(address: str) -> bool:
    """Whether the address is that of a file that is not there yet, and can be made."""
    if _is_postgresql(address):
        return False
    path = Path(address)
    return not path.exists() and path.parent.is_dir() and os.access(path.parent, os.W_OK)


@contextmanager
def as_it_is(address: str) -> Iterator[Database]:
    """The store, not migrated. Raises StoreFailed when it cannot be reached."""
    database: Database
    if _is_postgresql(address):
        database = PostgresDatabase(address)
    else:
        database = SqliteDatabase(Path(address))
    try:
        yield database
    finally:
        database.close()


def schema_of(tx: Tx, sets: Sequence[MigrationSet]) -> Schema:
    """How far its tables have come, the scheduler's and those of `sets`."""
    done: set[tuple[str, str]] = set()
    if tx.rows(_HAS_STEPS[tx.dialect.name]):
        done = {(row["part"], row["name"]) for row in tx.rows("SELECT part, name FROM migrations")}
    known = [(one.name, name) for one in (SCHEDULER, *sets) for name in one.names]
    parts = {part for part, _ in known}
    ours = [name for name in SCHEDULER.names if (SCHEDULER.name, name) in done]
    return Schema(
        ours[-1] if ours else "",
        tuple(name for part, name in known if (part, name) not in done),
        tuple(sorted(name for part, name in done - set(known) if part in parts)),
    )


def _is_postgresql(address: str) -> bool:
    return address.startswith(("postgresql://", "postgres://"))
