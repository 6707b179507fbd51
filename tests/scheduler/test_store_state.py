"""A store can be looked at before it is brought up to date, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.database import open_database
from scheduler.dialect import Tx
from scheduler.migrations import MigrationSet
from scheduler.store_schema import SCHEDULER
from scheduler.store_state import Schema, as_it_is, is_to_be_made, schema_of


def m001_own(tx: Tx) -> None:
    tx.run("CREATE TABLE own (id TEXT)")


OWN = MigrationSet("own", (m001_own,))


def seen(address: str) -> Schema:
    with as_it_is(address) as database, database.read() as tx:
        return schema_of(tx, (OWN,))


def test_a_new_store_lacks_everything_and_is_left_empty(address: str) -> None:
    for _ in range(2):
        assert seen(address) == Schema("", (*SCHEDULER.names, "m001_own"))


def test_an_older_store_lacks_the_later_steps(address: str) -> None:
    open_database(address).close()
    assert seen(address) == Schema(SCHEDULER.names[-1], ("m001_own",))
    open_database(address, (OWN,)).close()
    assert seen(address) == Schema(SCHEDULER.names[-1])


def test_a_newer_store_is_known_by_the_step_that_we_do_not_know(address: str) -> None:
    database = open_database(address, (OWN,))
    with database.write() as tx:
        tx.run("INSERT INTO migrations (part, name) VALUES ('own', 'm999_later')")
        tx.run("INSERT INTO migrations (part, name) VALUES ('another', 'm001_else')")
    database.close()
    assert seen(address).newer == ("m999_later",)


@pytest.mark.parametrize(
    ("address", "to_be_made"),
    [
        ("new.db", True),
        ("there.db", False),
        ("no-such-folder/new.db", False),
        ("postgresql://127.0.0.1/x", False),
    ],
)
def test_only_a_file_that_can_be_made_is_still_to_be_made(
    tmp_path: Path, address: str, to_be_made: bool
) -> None:
    (tmp_path / "there.db").touch()
    where = address if "://" in address else str(tmp_path / address)
    assert is_to_be_made(where) is to_be_made
