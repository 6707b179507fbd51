"""What differs between the two databases, and a transaction that speaks the same SQL to both."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

Value = str | int | None
Row = Mapping[str, Any]
T = TypeVar("T")
AT_A_TIME = 100
"""Rows that one statement writes: a round trip to a server costs more than the row."""


def as_json(rows: Sequence[Sequence[Value]]) -> str:
    """Rows as the parameter of an `{each}`."""
    return json.dumps(rows, ensure_ascii=False)


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in their order, at most `size` at a time."""
    for first in range(0, len(items), size):
        yield items[first : first + size]


@dataclass(frozen=True)
class Dialect:
    """The four things that differ: the placeholder, skipping locked rows, rows out of JSON, the
    clock.

    The SQL of this project is written with `?` and, where rows are claimed, `{skip}`; it holds
    neither as a literal. `{each}` takes one parameter, a JSON list of lists, and stands for its
    rows; `{0}`, `{1}` … are a row's places, as text. So a hundred rows are one short statement:
    drivers and planners take their time over a thousand placeholders. `clock` is a SELECT that
    gives integer UTC milliseconds, or empty where the process's own clock counts (one machine).
    """

    name: str
    placeholder: str
    skip_locked: str
    clock: str
    each: str
    place: str

    def spelt(self, sql: str) -> str:
        """`sql` as this database wants it."""
        return _spelt(self, sql)


@lru_cache(maxsize=512)
def _spelt(dialect: Dialect, sql: str) -> str:
    spelt = sql.replace("?", dialect.placeholder).replace("{skip}", dialect.skip_locked)
    if "{each}" not in sql:
        return spelt
    spelt = _PLACE.sub(lambda found: dialect.place.format(found[1]), spelt)
    return spelt.replace("{each}", dialect.each)


_PLACE = re.compile(r"\{(\d+)\}")
SQLITE = Dialect("sqlite", "?", "", "", "json_each(?)", "json_extract(value, '$[{}]')")
# Several machines share one PostgreSQL: leases are measured by its clock, not by theirs.
POSTGRESQL = Dialect(
    "postgresql",
    "%s",
    "FOR UPDATE SKIP LOCKED",
    "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) AS ms",
    "jsonb_array_elements(CAST(%s AS jsonb))",
    "(value ->> {})",
)


class Cursor(Protocol):
    """What both drivers give after a statement."""

    @property
    def description(self) -> Any: ...

    @property
    def rowcount(self) -> int: ...

    def fetchall(self) -> Sequence[Sequence[Any]]: ...

    def fetchmany(self, size: int, /) -> Sequence[Sequence[Any]]: ...


Execute = Callable[[str, Sequence[Value]], Cursor]


class Tx:
    """One open transaction. It ends with the `with` that gave it; nothing keeps it."""

    def __init__(self, execute: Execute, dialect: Dialect) -> None:
        self._execute = execute
        self.dialect = dialect
        self.posts = False  # whether something was put into the outbox: wakes the dispatch

    def run(self, sql: str, *values: Value) -> int:
        """Run a statement; the number of rows it changed."""
        return self._execute(self.dialect.spelt(sql), values).rowcount

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """The rows that a SELECT or a `… RETURNING` gives, by column name."""
        cursor = self._execute(self.dialect.spelt(sql), values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def stream(self, sql: str, *values: Value) -> Iterator[Row]:
        """The rows one by one, for tables that would not fit into memory."""
        cursor = self._execute(self.dialect.spelt(sql), values)
        names = [column[0] for column in cursor.description]
        while batch := cursor.fetchmany(1_000):
            for row in batch:
                yield dict(zip(names, row, strict=True))

    def one(self, sql: str, *values: Value) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def clock_ms(self, now_ms: int) -> int:
        """The instant that counts here: the database's where it has a clock, else `now_ms`."""
        if not self.dialect.clock:
            return now_ms
        return int(self.rows(self.dialect.clock)[0]["ms"])


class Database(Protocol):
    """An open store. Safe to share between threads; each thread has its own connection.

    `wake` is called after a commit that put something into the outbox; the shell sets it.
    """

    dialect: Dialect
    wake: Callable[[], None] | None

    def write(self) -> AbstractContextManager[Tx]:
        """A transaction that may change rows: all of it is kept, or nothing.

        Raises StoreFailed when the database is locked, full, read-only or gone.
        """
        ...

    def read(self) -> AbstractContextManager[Tx]:
        """A transaction that sees one moment and changes nothing."""
        ...

    def close(self) -> None:
        """Close the connections of every thread."""
        ...
