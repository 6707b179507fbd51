"""Opening, migrating and losing a store: each fault is one clear sentence, nothing half done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scheduler.database import open_database
from scheduler.dialect import Tx
from scheduler.errors import SchedulerError, StoreFailed
from scheduler.migrations import MigrationSet, migrate
from scheduler.outbox import Outbox, Outgoing
from scheduler.sqlite import SqliteDatabase, journal_mode
from tests.scheduler.throwaway import BINARIES

ROOT = Path(__file__).parents[2]
POST = Outgoing("a", "answer", "C1", "tekst")


def m001_first(tx: Tx) -> None:
    tx.run("CREATE TABLE first (id TEXT PRIMARY KEY)")


def m002_second(tx: Tx) -> None:
    tx.run("CREATE TABLE second (id TEXT PRIMARY KEY)")


def m003_broken(tx: Tx) -> None:
    tx.run("CREATE TABLE third (id TEXT PRIMARY KEY)")
    raise ZeroDivisionError


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    return found


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "truncate"), ((3, 51, 2), "truncate"), ((3, 51, 3), "wal"), ((4, 0, 0), "wal")],
)
def test_the_journal_is_wal_only_where_sqlite_keeps_its_promise_in_it(
    version: tuple[int, ...], mode: str
) -> None:
    assert journal_mode(version) == mode


def test_a_connection_waits_syncs_and_erases_for_good(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "store.db")
    with database.read() as tx:
        assert tx.one("PRAGMA journal_mode") == {"journal_mode": journal_mode()}
        assert tx.one("PRAGMA synchronous") == {"synchronous": 2}
        assert tx.one("PRAGMA secure_delete") == {"secure_delete": 1}
        assert tx.one("PRAGMA busy_timeout") == {"timeout": 10_000}
    database.close()


def test_a_migration_runs_once_and_others_register_their_own(address: str) -> None:
    own = MigrationSet("bot", (m001_first,))
    for _ in range(2):
        database = open_database(address, (own,))
        with database.write() as tx:
            tx.run("INSERT INTO first (id) VALUES (?) ON CONFLICT DO NOTHING", "a")
        database.close()
    grown = open_database(address, (MigrationSet("bot", (m001_first, m002_second)),))
    with grown.read() as tx:
        assert tx.rows("SELECT id FROM first") == [{"id": "a"}]
        assert tx.rows("SELECT id FROM second") == []
    grown.close()


def test_an_older_program_refuses_a_newer_store(address: str) -> None:
    open_database(address, (MigrationSet("bot", (m001_first, m002_second)),)).close()
    with pytest.raises(SchedulerError, match="m002_second"):
        open_database(address, (MigrationSet("bot", (m001_first,)),))


def test_an_upgrade_keeps_a_copy_from_before(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    open_database(path).close()
    open_database(path, (MigrationSet("bot", (m001_first,)),)).close()
    copy = tmp_path / "store.db.before-m001_first"
    assert "first" in tables(path)
    assert "first" not in tables(copy)
    assert "cases" in tables(copy)


def test_a_migration_that_fails_leaves_nothing_and_runs_again(address: str) -> None:
    with pytest.raises(ZeroDivisionError):
        open_database(address, (MigrationSet("bot", (m001_first, m003_broken)),))
    database = open_database(address)
    migrate(database, (MigrationSet("bot", (m001_first, m002_second)),))
    with database.read() as tx:
        assert tx.rows("SELECT id FROM first") == []
    database.close()


def test_processes_that_start_at_once_both_succeed(address: str) -> None:
    code = f"from scheduler.database import open_database; open_database({address!r}).close()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen([sys.executable, "-c", code], env=environment) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"not a database, just words. " * 100)
    with pytest.raises(SchedulerError, match=r"store\.db"):
        open_database(path)
    assert path.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("place", ["nowhere/store.db", "."])
def test_a_place_where_no_file_can_be_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(SchedulerError, match="mappe, der findes"):
        open_database(tmp_path / place)


def test_a_store_that_is_deleted_while_running_stops_instead_of_writing_nowhere(
    tmp_path: Path,
) -> None:
    database = open_database(tmp_path / "store.db")
    (tmp_path / "store.db").unlink()
    with pytest.raises(StoreFailed, match="væk"), database.write():
        pass
    database.close()


def test_a_store_exchanged_for_another_file_is_noticed(tmp_path: Path) -> None:
    path, other = tmp_path / "store.db", tmp_path / "other.db"
    database = open_database(path)
    open_database(other).close()
    other.replace(path)
    with pytest.raises(StoreFailed), database.write():
        pass
    database.close()


def test_a_store_cut_short_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    open_database(path).close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(SchedulerError, match="kopi"):
        _put(path)


def test_a_lock_that_is_held_too_long_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    open_database(path).close()
    database = SqliteDatabase(path, busy_ms=50)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailed, match="et andet program"), database.write():
        pass
    holder.execute("COMMIT")
    holder.close()
    with database.write() as tx:
        assert Outbox().put(tx, POST)
    database.close()


def test_a_full_disk_is_told_and_the_store_stays_whole(tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.db")

    def fill() -> None:
        with database.write() as tx:
            tx.rows("PRAGMA max_page_count = 30")
            for number in range(1000):
                Outbox().put(tx, Outgoing(f"k{number}", "answer", "C1", "x" * 5000))

    with pytest.raises(StoreFailed, match="fuld"):
        fill()
    with database.read() as tx:
        assert tx.rows("SELECT key FROM outbox") == []
        assert tx.one("PRAGMA integrity_check") == {"integrity_check": "ok"}
    database.close()


def test_a_file_that_may_not_be_written_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.db")
    with database.read() as tx:
        tx.run("PRAGMA query_only = ON")
    with pytest.raises(StoreFailed, match="må ikke skrives"), database.write() as tx:
        Outbox().put(tx, POST)
    with database.read() as tx:
        tx.run("PRAGMA query_only = OFF")
        assert tx.rows("SELECT key FROM outbox") == []
    database.close()


def test_a_backup_is_whole_while_others_write(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "store.db")
    open_database(tmp_path / "store.db").close()
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with database.write() as tx:
                Outbox().put(tx, Outgoing(f"k{number}", "answer", "C1", "tekst"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for copy in range(3):
            database.back_up(tmp_path / f"copy{copy}.db")
    finally:
        stop.set()
        writer.join()
    database.close()
    for copy in range(3):
        connection = sqlite3.connect(tmp_path / f"copy{copy}.db")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def test_what_is_erased_leaves_no_bytes_in_the_file(tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.db")
    with database.write() as tx:
        Outbox().put(tx, Outgoing("a", "answer", "C1", "hemmeligt-indhold"))
    assert b"hemmeligt-indhold" in (tmp_path / "store.db").read_bytes()
    with database.write() as tx:
        tx.run("UPDATE outbox SET text = ''")
    database.close()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"hemmeligt-indhold" not in left


def test_an_address_that_answers_nothing_is_told_without_its_password() -> None:
    with pytest.raises(StoreFailed) as refused:
        open_database("postgresql://bot:hemmelig@127.0.0.1:9/brobygger")
    assert "PostgreSQL" in str(refused.value)
    assert "hemmelig" not in str(refused.value)


@pytest.mark.postgresql
def test_a_character_that_postgresql_cannot_keep_is_refused_in_words(
    postgresql_server: str,
) -> None:
    database = open_database(f"postgresql://postgres@/postgres?host={postgresql_server}")
    for text in ("\x00", "a\x00b"):
        with pytest.raises(SchedulerError, match="usynlige tegn"), database.write() as tx:
            Outbox().put(tx, Outgoing("nul", "answer", "C1", text))
        with pytest.raises(SchedulerError, match="usynlige tegn"), database.read() as tx:
            tx.rows("SELECT key FROM outbox WHERE key = ?", text)
    with database.read() as tx:
        assert tx.rows("SELECT key FROM outbox WHERE key = 'nul'") == []
    database.close()


@pytest.mark.postgresql
def test_a_connection_that_the_server_ended_is_opened_again(postgresql_server: str) -> None:
    import psycopg

    assert (BINARIES / "postgres").exists()
    address = f"postgresql://postgres@/postgres?host={postgresql_server}"
    database = open_database(address, (MigrationSet("again", ()),))
    with psycopg.connect(address, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = 'postgres'"
        )
    with pytest.raises(StoreFailed), database.write() as tx:
        tx.rows("SELECT 1 AS one")
    with database.read() as tx:
        assert tx.rows("SELECT 1 AS one") == [{"one": 1}]
    database.close()


def _put(path: Path) -> None:
    database = open_database(path)
    try:
        with database.write() as tx:
            Outbox().put(tx, POST)
    finally:
        database.close()
