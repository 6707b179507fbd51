"""PostgreSQL by way of psycopg 3, for several instances of the bot; an optional extra."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from scheduler.dialect import POSTGRESQL, Dialect, Tx
from scheduler.errors import SchedulerError, StoreFailed

if TYPE_CHECKING:
    import psycopg


class PostgresDatabase:
    """One address; a connection a thread, opened again after the server was restarted."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg  # the extra is loaded only where it is used
        except ImportError:
            raise SchedulerError(
                "PostgreSQL kræver et ekstra bibliotek. Installér brobygger[postgresql], eller "
                'skriv url = "brobygger.db" under [store].'
            ) from None
        self._psycopg = psycopg
        self._address = address
        self.dialect: Dialect = POSTGRESQL
        self.wake: Callable[[], None] | None = None
        self._mine = threading.local()
        self._open: list[psycopg.Connection[Any]] = []
        with self._told():
            self._connection()

    @contextmanager
    def write(self) -> Iterator[Tx]:
        if getattr(self._mine, "busy", False):
            raise RuntimeError("a transaction inside a transaction would be part of it")
        with self._transaction() as tx:
            yield tx
        if tx.posts and self.wake:
            self.wake()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        if getattr(self._mine, "busy", False):
            raise RuntimeError("a transaction inside a transaction would be part of it")
        with self._transaction() as tx:
            yield tx

    def close(self) -> None:
        while self._open:
            self._open.pop().close()
        self._mine = threading.local()

    @contextmanager
    def _transaction(self) -> Iterator[Tx]:
        with self._told():
            connection = self._connection()
            self._mine.busy = True
            try:
                with connection.transaction():
                    yield Tx(connection.execute, self.dialect)
            except self._psycopg.OperationalError:
                self._forget(connection)
                raise
            finally:
                self._mine.busy = False

    def _connection(self) -> psycopg.Connection[Any]:
        found: psycopg.Connection[Any] | None = getattr(self._mine, "connection", None)
        if found is not None and found.closed:
            self._forget(found)
            found = None
        if found is None:
            found = self._psycopg.connect(self._address, autocommit=True, connect_timeout=10)
            self._mine.connection = found
            self._open.append(found)
        return found

    def _forget(self, connection: psycopg.Connection[Any]) -> None:
        with suppress(self._psycopg.Error):
            connection.close()
        with suppress(ValueError):
            self._open.remove(connection)
        self._mine.connection = None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.OperationalError as error:
            raise StoreFailed(
                "PostgreSQL svarer ikke: {reason}. Prøv igen om lidt.",
                reason=str(error).strip().splitlines()[0] if str(error).strip() else "?",
            ) from error
        except self._psycopg.DataError as error:  # U+0000 in a text, which SQLite takes
            raise SchedulerError(
                "Databasen kan ikke gemme et af tegnene i teksten. Skriv den uden usynlige tegn."
            ) from error
