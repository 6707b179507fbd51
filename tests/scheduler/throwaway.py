"""A PostgreSQL of our own, for as long as it is needed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")


@contextmanager
def throwaway(*, fsync: bool = False) -> Iterator[str]:
    """A server on a unix socket in a folder, whose path this gives; gone when it is left."""
    # Not tmp_path: a socket's path may have 107 bytes, and the server may not run as root.
    folder = tempfile.mkdtemp(prefix="bb-pg-", dir="/tmp")
    data = f"{folder}/data"
    if os.geteuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    _as_postgres("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
    sync = "on" if fsync else "off"
    options = f"-k {folder} -c listen_addresses='' -c fsync={sync} -c max_connections=50"
    Path(f"{folder}/options").write_text(options, encoding="utf-8")
    start(folder)
    try:
        yield folder
    finally:
        stop(folder, "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def restart(folder: str, mode: str) -> None:
    """Stop the server as `pg_ctl -m` says (fast: sessions are ended; immediate: as after a power
    cut, with recovery at the start) and start it again."""
    stop(folder, mode)
    start(folder)


def stop(folder: str, mode: str) -> None:
    _as_postgres("pg_ctl", "-D", f"{folder}/data", "-w", "-m", mode, "stop")


def start(folder: str) -> None:
    """Start it with the options that it was last started with."""
    options = Path(f"{folder}/options").read_text(encoding="utf-8")
    _as_postgres(
        "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start"
    )


def _as_postgres(program: str, *arguments: str) -> None:
    command = [str(BINARIES / program), *arguments]
    if os.geteuid() == 0:
        # Not everybody's PATH holds the folders of the administrator's programs.
        runuser = shutil.which("runuser") or "/usr/sbin/runuser"
        command = [runuser, "-u", "postgres", "--", *command]
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd="/tmp",
    )
    assert done.returncode == 0, done.stderr


def psql(folder: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as one:
        one.execute(statement)
