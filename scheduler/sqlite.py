"""SQLite by way of sqlite-utils: one connection a thread, one writer at a time, nothing lost."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlite_utils

from messages.errors import Problem
from messages.tables import N_
from scheduler.dialect import SQLITE, Dialect, Execute, Tx, Value
from scheduler.errors import SchedulerError, StoreFailed

BUSY_MS = 10_000
# WAL could lose commits until 3.51.3 (a checkpoint racing a commit): sqlite.org/wal.html.
_WAL_IS_SAFE = (3, 51, 3)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_READ_ONLY = N_("der må ikke skrives i filen")
_REASONS = {
    "SQLITE_BUSY": N_("et andet program holder den"),
    "SQLITE_FULL": N_("disken er fuld"),
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": N_("filen kan ikke åbnes"),
}


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """`wal` where this SQLite keeps its promise in it, else `truncate`."""
    return "wal" if version >= _WAL_IS_SAFE else "truncate"


class SqliteDatabase:
    """One file. Writers of this process wait in line for one lock, fairly; other processes wait
    through SQLite's own lock for at most `busy_ms`."""

    def __init__(self, path: Path, busy_ms: int = BUSY_MS) -> None:
        self.path = path
        self.dialect: Dialect = SQLITE
        self.wake: Callable[[], None] | None = None
        self._busy_ms = busy_ms
        self._writing = threading.Lock()
        self._mine = threading.local()
        self._open: list[sqlite_utils.Database] = []
        if not path.parent.is_dir() or path.is_dir():
            raise StoreFailed(
                "Databasen {file} kan ikke ligge der. Peg på en fil i en mappe, der findes, f.eks. "
                'url = "brobygger.db" under [store].',
                file=path,
            )
        with told(path):
            path.touch(mode=0o600)
            self._file = path.stat().st_ino
            self._connection()

    @contextmanager
    def write(self) -> Iterator[Tx]:
        if getattr(self._mine, "busy", False):
            raise RuntimeError("a write inside a write would wait for itself")
        with self._writing, self._transaction("BEGIN IMMEDIATE") as tx:
            yield tx
        if tx.posts and self.wake:
            self.wake()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        if getattr(self._mine, "busy", False):
            raise RuntimeError("a read inside a write would end it; read with its transaction")
        with self._transaction("BEGIN") as tx:
            yield tx

    def close(self) -> None:
        while self._open:
            self._open.pop().close()
        self._mine = threading.local()

    def back_up(self, target: Path) -> None:
        """A consistent copy while others read; writers of this process wait for its milliseconds.

        Refuses an existing target.
        """
        with self._writing, told(target):
            self._connection().execute("VACUUM INTO ?", (str(target),))

    def empty_journal(self) -> None:
        """Leave nothing of erased rows in the write-ahead log; other journals are empty anyway."""
        with self._writing, told(self.path):
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Tx]:
        with told(self.path):
            database = self._connection()
        execute = self._telling(database)
        execute(begin, ())
        self._mine.busy = True
        try:
            yield Tx(execute, self.dialect)
            execute("COMMIT", ())
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise
        finally:
            self._mine.busy = False

    def _telling(self, database: sqlite_utils.Database) -> Execute:
        """The connection's `execute`, its failures worded; what the caller raises stays as is."""

        def execute(sql: str, values: Sequence[Value]) -> sqlite3.Cursor:
            with told(self.path):
                return database.execute(sql, values)

        return execute

    def _connection(self) -> sqlite_utils.Database:
        """This thread's connection; refuses to go on with a file that was removed or exchanged."""
        if self.path.stat().st_ino != self._file:
            raise FileNotFoundError
        found: sqlite_utils.Database | None = getattr(self._mine, "database", None)
        if found is None:
            found = self._connect()
            self._mine.database = found
            self._open.append(found)
        return found

    def _connect(self) -> sqlite_utils.Database:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=self._busy_ms / 1000,
            isolation_level=None,
            check_same_thread=False,  # only for `close`; each thread works on its own
        )
        try:
            connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # erased rows leave no bytes behind
            connection.execute("PRAGMA foreign_keys = ON")
            return sqlite_utils.Database(connection)
        except BaseException:
            connection.close()
            raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Failures of the file, or of the lock beside it, as a sentence about it."""
    try:
        yield
    except FileNotFoundError:
        raise StoreFailed(
            "Databasen {file} er væk. Hent den tilbage fra en kopi, og start igen.", file=path
        ) from None
    except OSError as error:
        raise StoreFailed(
            "Databasen {file} kan ikke åbnes: {reason}. Ret adgangen til filen, og start igen.",
            file=path,
            reason=Problem(_READ_ONLY) if error.errno in _CLOSED else error.strerror or "?",
        ) from None
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        raise StoreFailed(
            "Databasen {file} svarer ikke: {reason}. Prøv igen om lidt.",
            file=path,
            reason=Problem(_reason(error, path)),
        ) from error
    except sqlite3.DatabaseError as error:
        raise SchedulerError(
            "{file} er ikke en database, der kan læses. Hent den tilbage fra en kopi.",
            file=path,
        ) from error


def _reason(error: sqlite3.OperationalError, path: Path) -> str:
    """Why, as a msgid. SQLite calls it a fault of input and output when the rights to the file, its
    folder or its journal were taken away while it was open, or the disk became read-only."""
    known = [said for name, said in _REASONS.items() if error.sqlite_errorname.startswith(name)]
    if known:
        return known[0]
    files = (path, path.parent, path.with_name(f"{path.name}-journal"))
    closed = [file for file in files if file.exists() and not os.access(file, os.W_OK)]
    return _READ_ONLY if closed else N_("fejl i filen")
