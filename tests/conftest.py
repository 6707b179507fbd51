"""Fixtures that every part of the test suite may ask for."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.database import open_database
from scheduler.dialect import POSTGRESQL, Database
from tests.scheduler.throwaway import BINARIES, psql, throwaway

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the real guideline note and the owner's questions; not part of the project.

    BROBYGGER_SHARED names it; else a folder called "shared" beside the checkout is used.
    """
    named = os.environ.get("BROBYGGER_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real note is not here: point BROBYGGER_SHARED at the folder that holds it")
    return folder


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
