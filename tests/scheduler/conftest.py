"""Both databases, fresh for each test, and a small cast of plans."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.database import open_database
from scheduler.dialect import POSTGRESQL, Database
from scheduler.plans import Plan, read_plan

BINARIES = Path("/usr/lib/postgresql/15/bin")

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
    _psql(server, f"CREATE DATABASE {name}")
    yield f"postgresql://postgres@/{name}?host={server}"
    _psql(server, f"DROP DATABASE {name} WITH (FORCE)")


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
    # Not tmp_path: a socket's path may have 107 bytes, and the server may not run as root.
    folder = tempfile.mkdtemp(prefix="bb-pg-", dir="/tmp")
    data = f"{folder}/data"
    if os.geteuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    _as_postgres("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=50"
    _as_postgres("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    yield folder
    _as_postgres("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(program: str, *arguments: str) -> None:
    command = [str(BINARIES / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd="/tmp",
    )
    assert done.returncode == 0, done.stderr


def _psql(folder: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as one:
        one.execute(statement)
