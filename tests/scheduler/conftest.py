"""Both databases, fresh for each test, and a small cast of plans."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.database import open_database
from scheduler.dialect import POSTGRESQL, Database
from scheduler.plans import Plan, read_plan
from tests.scheduler.throwaway import BINARIES, psql, throwaway

PLAN = """
title = "Prøveplan"
[next]
job = "proeveplan"
[[step]]
id = "foer"
title = "Før"
text = "Gør det før."
anchor = "start"
workdays = -5
moves = "back"
[[step]]
id = "start"
title = "Første dag"
text = "Ring."
anchor = "start"
days = 0
handouts = ["loenseddel"]
guideline = "11-opfoelgning-under-praktikken"
needs_answer = true
escalate_after = 3
[[step]]
id = "loen"
title = "Efter lønnen"
text = "Spørg."
anchor = "first_payday"
workdays = 1
[[step]]
id = "valgfri"
title = "Valgfrit"
text = "Måske."
anchor = "start"
weeks = 1
optional = true
"""


@pytest.fixture
def plan() -> Plan:
    return read_plan(PLAN, "proeveplan.toml")


@pytest.fixture
def plans(plan: Plan) -> dict[str, Plan]:
    return {plan.id: plan}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a fresh, empty store may be made: a file, or a database of a throw-away server."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"t{uuid.uuid4().hex}"
    psql(server, f"CREATE DATABASE {name}")
    yield f"postgresql://postgres@/{name}?host={server}"
    psql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """The store at `address`; time is the test's own, on PostgreSQL too."""
    opened = open_database(address)
    if opened.dialect.name == "postgresql":
        opened.dialect = replace(POSTGRESQL, clock="")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of our own on a unix socket: its folder. Gone when the tests are."""
    if not (BINARIES / "initdb").exists():
        reason = f"PostgreSQL is not here: {BINARIES} (apt-get install postgresql-15)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with throwaway() as folder:
        yield folder
