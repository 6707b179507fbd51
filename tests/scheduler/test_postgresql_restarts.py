"""PostgreSQL really restarted in the middle of the work: told, and nothing lost or doubled."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.errors import StoreFailed
from scheduler.outbox import Outbox, Outgoing
from tests.scheduler.chaos import chaos
from tests.scheduler.struck import Fault, endure
from tests.scheduler.throwaway import psql, restart, start, stop, throwaway

pytestmark = pytest.mark.postgresql
MODES = ["fast", "immediate"]
POST = Outgoing("a", "answer", "C1", "tekst")


@pytest.fixture(scope="module")
def server(postgresql_server: str) -> Iterator[str]:
    """One that no other test is connected to. `postgresql_server` skips where there is none."""
    assert postgresql_server
    with throwaway() as folder:
        yield folder


@pytest.fixture
def address(server: str) -> str:
    name = f"t{uuid.uuid4().hex}"
    psql(server, f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={server}"


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    database = open_database(address)
    database.dialect = replace(database.dialect, clock="")
    yield database
    database.close()


@pytest.mark.parametrize("when", ["queueing", "posting", "recording"])
@pytest.mark.parametrize("mode", MODES)
def test_a_restart_in_the_middle_of_a_tick_costs_that_tick_and_no_nudge(
    database: Database, server: str, mode: str, when: str
) -> None:
    came_of_it = endure(database, Fault(when, lambda: restart(server, mode), lambda same: same))
    assert len(came_of_it.said) == 1
    assert came_of_it.said[0].startswith("PostgreSQL svarer ikke")
    assert came_of_it.once, came_of_it


@pytest.mark.parametrize("when", ["queueing", "posting", "recording"])
def test_a_server_that_is_away_for_minutes_is_told_each_tick_and_costs_no_nudge(
    database: Database, server: str, when: str
) -> None:
    def mend(same: Database) -> Database:
        start(server)
        return same

    came_of_it = endure(database, Fault(when, lambda: stop(server, "fast"), mend))
    assert len(came_of_it.said) == 4
    assert all(said.startswith("PostgreSQL svarer ikke") for said in came_of_it.said)
    assert came_of_it.while_struck == 0
    assert came_of_it.once, came_of_it


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("more", [True, False], ids=["before a statement", "before the commit"])
def test_a_restart_inside_a_transaction_keeps_nothing_of_it(
    database: Database, server: str, mode: str, *, more: bool
) -> None:
    def interrupted() -> None:
        with database.write() as tx:
            Outbox().put(tx, POST)
            restart(server, mode)
            if more:
                Outbox().put(tx, replace(POST, key="b"))

    with pytest.raises(StoreFailed, match="PostgreSQL"):
        interrupted()
    with database.write() as tx:
        assert tx.rows("SELECT key FROM outbox") == []
        assert Outbox().put(tx, POST)


@pytest.mark.slow
def test_two_processes_go_on_through_restarts_and_lose_and_double_nothing(
    address: str, server: str
) -> None:
    modes = itertools.cycle(MODES)
    result = chaos(
        address,
        nudges=40,
        kills=2,
        seed=7,
        limit=60,
        blow=lambda: restart(server, next(modes)),
    )
    assert result.kills == 2
    assert (result.lost, result.doubled) == (0, 0), result
