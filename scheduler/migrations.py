"""Tables made and changed step by step, append-only; two processes may start at once."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.dialect import Database, Tx
from scheduler.errors import SchedulerError
from scheduler.sqlite import SqliteDatabase, told

_LOCK = 7_214_600_931  # any number, the same in every program: PostgreSQL's advisory lock


@dataclass(frozen=True)
class MigrationSet:
    """The steps that own some tables: `m001_what`, in order, never changed once shipped."""

    name: str
    steps: tuple[Callable[[Tx], None], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(step.__name__ for step in self.steps)


def migrate(database: Database, sets: Sequence[MigrationSet]) -> None:
    """Apply what is missing, each step in a transaction with its record.

    A SQLite file that holds something is copied beside itself first (`…before-m002_what`).
    Raises SchedulerError when a set was already brought further by a newer program.
    """
    with _alone(database):
        with database.write() as tx:
            tx.run(
                "CREATE TABLE IF NOT EXISTS migrations"
                " (part TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (part, name))"
            )
            done = {(row["part"], row["name"]) for row in tx.rows("SELECT * FROM migrations")}
        for one in sets:
            newer = sorted({name for part, name in done if part == one.name} - set(one.names))
            if newer:
                raise SchedulerError(
                    "Databasen er lavet af et nyere program ({step}). Start det nyere program, "
                    "eller hent en kopi fra før opgraderingen.",
                    step=newer[0],
                )
        missing = [
            (one.name, step) for one in sets for step in one.steps
            if (one.name, step.__name__) not in done
        ]  # fmt: skip
        if done and missing and isinstance(database, SqliteDatabase):
            _keep_a_copy(database, missing[0][1].__name__)
        for part, step in missing:
            with database.write() as tx:
                step(tx)
                tx.run("INSERT INTO migrations (part, name) VALUES (?, ?)", part, step.__name__)


def _keep_a_copy(database: SqliteDatabase, step: str) -> None:
    copy = database.path.with_name(f"{database.path.name}.before-{step}")
    if copy.exists():
        return
    unfinished = copy.with_name(f".{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)  # readable by its owner alone, like the store itself
    database.back_up(unfinished)
    unfinished.rename(copy)


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Hold the lock that only one migrating process can hold; it dies with the process."""
    if isinstance(database, SqliteDatabase):
        with told(database.path):
            lock = _lock_file(database.path).open("w")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with database.read() as tx:
        tx.rows("SELECT pg_advisory_lock(?)", _LOCK)
    try:
        yield
    finally:
        with database.read() as tx:
            tx.rows("SELECT pg_advisory_unlock(?)", _LOCK)


def _lock_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")
