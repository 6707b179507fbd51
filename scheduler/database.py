"""The store by its address: a SQLite file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scheduler.dialect import Database, Tx
from scheduler.migrations import MigrationSet, migrate
from scheduler.postgresql import PostgresDatabase
from scheduler.sqlite import SqliteDatabase
from scheduler.store_schema import SCHEDULER

__all__ = ["Database", "MigrationSet", "Tx", "open_database"]


def open_database(address: str | Path, sets: Sequence[MigrationSet] = ()) -> Database:
    """The database at a path or a `postgresql://` address, brought up to date.

    The scheduler's own tables always; `sets` are those of others (bot.stores).
    Raises StoreFailed when it cannot be reached, SchedulerError when it is not a database, or was
    written by a newer program.
    """
    text = str(address)
    database: Database
    if text.startswith(("postgresql://", "postgres://")):
        database = PostgresDatabase(text)
    else:
        database = SqliteDatabase(Path(text))
    try:
        migrate(database, (SCHEDULER, *sets))
    except BaseException:
        database.close()
        raise
    return database
