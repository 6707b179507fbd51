"""Sessions and sign-ins under way in the store, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.pending import Begun, Pending
from bot.desk.sessions import Sessions, form_key
from bot.stores.sessions import SESSIONS
from scheduler import store_copy
from scheduler.database import open_database
from scheduler.dialect import Database

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    opened = open_database(address, (SESSIONS,))
    yield opened
    opened.close()


def rows(database: Database, table: str) -> int:
    with database.read() as tx:
        return len(tx.rows(f"SELECT name FROM {table}"))  # noqa: S608 - a name of this test


def test_a_session_is_found_until_it_is_ended(database: Database) -> None:
    kept = Sessions(database)
    secret = kept.begin("ane", NOW)
    found = kept.find(secret, NOW + timedelta(minutes=59))
    assert found
    assert found.person == "ane"
    again = kept.find(secret, NOW + timedelta(minutes=117))
    assert again == found
    kept.end(secret)
    assert kept.find(secret, NOW + timedelta(minutes=118)) is None


def test_looking_twice_within_a_minute_writes_once(database: Database) -> None:
    kept = Sessions(database)
    secret = kept.begin("ane", NOW)
    kept.find(secret, NOW + timedelta(seconds=50))
    with database.read() as tx:
        row = tx.one("SELECT began, seen FROM sessions")
    assert row
    assert row["began"] == row["seen"]


def test_there_are_only_so_many_sessions(database: Database) -> None:
    kept = Sessions(database, most=3)
    secrets = [kept.begin("ane", NOW + timedelta(seconds=second)) for second in range(5)]
    found = [kept.find(secret, NOW + timedelta(seconds=9)) is not None for secret in secrets]
    assert found == [False, False, True, True, True]


def test_a_sign_in_comes_back_once_and_in_time(database: Database) -> None:
    at = [NOW]
    kept = Pending(database, lambda: at[0], most=2)
    begun = Begun("/ark", {"state": "x", "nonce": "ø"})
    first = kept.keep(begun)
    assert kept.take("gættet") is None
    assert kept.take("") is None
    assert kept.take(first) == begun
    assert kept.take(first) is None
    late = kept.keep(begun)
    at[0] += timedelta(minutes=11)
    assert kept.take(late) is None
    for second in range(3):
        at[0] += timedelta(seconds=second)
        kept.keep(begun)
    assert rows(database, "sign_ins") == 2


def test_all_processes_sign_forms_with_the_same_key(database: Database) -> None:
    assert form_key(database) == form_key(database)
    assert len(form_key(database)) == 64


def test_an_old_copy_lets_nobody_in_again(database: Database, tmp_path: Path) -> None:
    kept = Sessions(database)
    left, here = kept.begin("ane", NOW), kept.begin("bo", NOW)
    store_copy.back_up(database, tmp_path / "copy.db", (SESSIONS,))
    kept.end(left)
    copy = store_copy.open_copy(tmp_path / "copy.db", (SESSIONS,))
    store_copy.restore(database, copy, (), "ida", 1)
    copy.close()
    assert kept.find(left, NOW) is None
    assert kept.find(here, NOW)
