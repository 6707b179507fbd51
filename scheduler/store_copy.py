"""The SQL of copies: the whole store into a file, and back again while it is in use.

A copy is always a SQLite file with the same tables, whichever database it came from: so it can also
move a store from the one to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scheduler.audit import record
from scheduler.dialect import Database, Tx
from scheduler.errors import SchedulerError
from scheduler.migrations import MigrationSet, migrate
from scheduler.sqlite import SqliteDatabase
from scheduler.store_endings import erase_run, forgotten, remember
from scheduler.store_schema import SCHEDULER

_OF_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
# Who is signed in to the desk belongs to the present: an old copy must let nobody in again.
_NOT_COPIED = frozenset({"migrations", "sqlite_sequence", "sessions", "sign_ins", "desk_keys"})
# What happened since the copy stays true: acts, events that arrived, erasures, earlier restores,
# who has left, and what the posts that stand in Slack show.
_STAYS = frozenset(
    {"audit", "inbox", "forgotten", "restores", "removals", "departures", "gathered"}
)


@dataclass(frozen=True)
class Restored:
    """Rows taken from the copy, and runs of it that were erased again."""

    rows: int
    erased_again: int


def back_up(database: Database, target: Path, sets: Iterable[MigrationSet]) -> None:
    """Write a consistent copy to `target`, which must not exist, while others read and write."""
    if target.exists():
        raise SchedulerError(
            "{file} findes allerede. Vælg et nyt navn, f.eks. kopi-2026-11-22.db.", file=target
        )
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        if isinstance(database, SqliteDatabase):
            database.back_up(unfinished)
        else:
            _pour(database, unfinished, sets)
        unfinished.chmod(0o600)
        unfinished.rename(target)
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}.lock")):
            left.unlink(missing_ok=True)


def restore(
    database: Database,
    copy: SqliteDatabase,
    erased: Iterable[str],
    actor: str,
    now_ms: int,
    *,
    mentions: Callable[[Tx, str], object] = lambda _tx, _reference: None,
) -> Restored:
    """Put the rows of `copy`, already brought up to date, in the place of ours: all or nothing.

    What was posted since stays recorded, so nothing is posted twice; runs in `erased`, and those
    that either store remembers as erased, are erased again. `mentions` erases what the tables of
    others say of a reference; it is called for those of which no run is left.
    """
    with copy.read() as old, database.write() as tx:
        tables = [name for name in _tables(old) if name not in _NOT_COPIED]
        sent = tx.rows(
            "SELECT id, round, post, channel, ts FROM nudges WHERE post IS NOT NULL"
            " AND ts IS NOT NULL"
        )
        for table in reversed(tables):
            if table == "outbox":
                tx.run("DELETE FROM outbox WHERE state <> 'sent'")
            elif table not in _STAYS:
                tx.run(f"DELETE FROM {table}")  # noqa: S608 - a name of our own schema
        rows = sum(_copy(old, tx, table) for table in tables)
        for nudge in sent:
            _still_sent(
                tx, nudge["id"], nudge["round"], (nudge["post"], nudge["channel"], nudge["ts"])
            )
        # Whether these went out after the copy was made, nobody knows: look before posting.
        tx.run("UPDATE outbox SET unsure = 1 WHERE state IN ('pending', 'claimed') AND unsure = 0")
        gone = {*erased, *forgotten(tx)}
        for case_id in gone:
            remember(tx, case_id, now_ms)
        again = _erase_again(tx, gone, now_ms, mentions)
        tx.run("INSERT INTO restores (at) VALUES (?) ON CONFLICT (at) DO NOTHING", now_ms)
        record(tx, actor, "store.restored", "store", now_ms)
    return Restored(rows, again)


def _erase_again(
    tx: Tx, gone: Iterable[str], now_ms: int, mentions: Callable[[Tx, str], object]
) -> int:
    references = {row["id"]: row["reference"] for row in tx.rows("SELECT * FROM cases")}
    again = sum(erase_run(tx, case_id, now_ms).runs for case_id in sorted(gone))
    left = {row["reference"] for row in tx.rows("SELECT reference FROM cases")}
    for reference in sorted({references[one] for one in gone if one in references} - left):
        mentions(tx, reference)
    return again


def open_copy(path: Path, sets: Iterable[MigrationSet]) -> SqliteDatabase:
    """A copy, brought up to date where it lies. Raises SchedulerError when it is no store of ours,
    or a newer one."""
    database = SqliteDatabase(path)
    try:
        _must_be_ours(database)
        migrate(database, (SCHEDULER, *sets))
    except BaseException:
        database.close()
        raise
    return database


def _must_be_ours(database: SqliteDatabase) -> None:
    with database.read() as tx:
        if "migrations" not in _tables(tx):
            raise SchedulerError(
                "{file} er ikke en kopi af Brobyggers database. Peg på en fil, som "
                "brobygger backup har skrevet.",
                file=database.path.name,
            )


def _pour(database: Database, target: Path, sets: Iterable[MigrationSet]) -> None:
    made = SqliteDatabase(target)
    try:
        migrate(made, (SCHEDULER, *sets))
        with database.read() as old, made.write() as tx:
            for table in _tables(tx):
                if table not in _NOT_COPIED:
                    _copy(old, tx, table)
    finally:
        made.close()


def _tables(tx: Tx) -> list[str]:
    """The tables of a SQLite store, those that others point at first."""
    return [row["name"] for row in tx.rows(_OF_SQLITE)]


def _copy(old: Tx, tx: Tx, table: str) -> int:
    """Add the rows of one table that are not there yet; how many there were."""
    count = 0
    for row in old.stream(f"SELECT * FROM {table}"):  # noqa: S608 - a name of our own schema
        names, places = ", ".join(row), ", ".join("?" * len(row))
        tx.run(
            f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608
            *row.values(),
        )
        count += 1
    return count


def _still_sent(tx: Tx, nudge_id: str, round_: int, post: tuple[str, str, str]) -> None:
    """What the copy still plans, and has gone out since, is sent."""
    tx.run(
        "UPDATE nudges SET state = 'sent', post = ?, channel = ?, ts = ?, ready = raise_at"
        " WHERE id = ? AND round = ? AND state IN ('planned', 'queued')",
        *post,
        nudge_id,
        round_,
    )
