"""A new version opens the store of an older one: a copy first, and never the other way round."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.app import App
from bot.config import Config, Store
from scheduler.database import open_database
from scheduler.errors import SchedulerError


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The store of a version that knew only the scheduler's tables, with something in it."""
    file = tmp_path / "brobygger.db"
    database = open_database(file)
    with database.write() as tx:
        tx.run("INSERT INTO restores (at) VALUES (?)", 7)
    database.close()
    return file


def opened(file: Path) -> None:
    App(Config(store=Store(str(file)))).database.close()


def test_an_upgrade_keeps_a_whole_copy_that_only_its_owner_reads(older: Path) -> None:
    opened(older)
    [copy] = older.parent.glob("brobygger.db.before-*")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    kept = sqlite3.connect(copy)
    assert kept.execute("SELECT at FROM restores").fetchall() == [(7,)]
    assert not kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").fetchall()
    kept.close()
    opened(older)
    assert list(older.parent.glob("brobygger.db.before-*")) == [copy]


def test_a_copy_that_was_never_finished_is_made_again(older: Path) -> None:
    unfinished = older.with_name(".brobygger.db.before-m001_inbox.unfinished")
    unfinished.write_bytes(b"half")
    opened(older)
    assert not unfinished.exists()
    [copy] = older.parent.glob("brobygger.db.before-*")
    assert copy.read_bytes().startswith(b"SQLite format 3")


def test_an_older_program_leaves_a_newer_store_alone(older: Path) -> None:
    opened(older)
    newer = sqlite3.connect(older)
    newer.execute("INSERT INTO migrations (part, name) VALUES ('sessions', 'm999_later')")
    newer.commit()
    newer.close()
    before = older.read_bytes()
    with pytest.raises(SchedulerError, match="m999_later"):
        opened(older)
    assert older.read_bytes() == before
