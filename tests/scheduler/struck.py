"""A store struck by a real fault while nudges go out, mended, and what came of it.

`python -m tests.scheduler.struck KIND WHEN` strikes a fault that needs a process of its own (a disk
of one megabyte, a user that may not write) and prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.dispatch import tick
from scheduler.errors import PostFailed, SchedulerError
from scheduler.nudges import Nudge
from scheduler.outbox import Outgoing
from scheduler.sending import Stopwatch
from scheduler.sqlite import SqliteDatabase
from tests.scheduler.fake_slack import FakeSlack

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
NUDGES, STRUCK_AT, MINUTES = 12, 4, 12
NOBODY = 65_534


@dataclass(frozen=True)
class Endured:
    """said: the refusals while the store was struck; while_struck: posts that went out meanwhile,
    beside the one under way; lost and doubled: nudges, once it was mended; removed: copies that
    stood there until they were taken away; whole: nothing of the store is left half done."""

    said: list[str]
    while_struck: int = 0
    lost: int = 0
    doubled: int = 0
    removed: int = 0
    whole: bool = True

    @property
    def once(self) -> bool:
        """Whether each nudge came once, never twice even for a moment, and all is recorded."""
        return (self.lost, self.doubled, self.removed, self.whole) == (0, 0, 0, True)


@dataclass(frozen=True)
class Fault:
    """strike and mend do it to the store at a path; mend gives the store to go on with where the
    program has to be started again. when: `queueing`, `posting` or `recording`. wrong_by: how far
    off the machine's clock is. refusing: Slack takes nothing more while the store is struck."""

    when: str
    strike: Callable[[], None]
    mend: Callable[[Database], Database]
    wrong_by: Callable[[], timedelta] = timedelta
    refusing: bool = False


def endure(database: Database, fault: Fault) -> Endured:
    """Strike in the middle of a tick, tick three times more, mend, and tick until all is quiet."""
    plan(database)
    ward, said, under_way = _Ward(fault), [], 0
    for minute in range(4):
        try:
            ward.tick(database, minute)
        except SchedulerError as problem:
            said.append(str(problem))
        under_way = ward.slack.posts if minute == 0 else under_way
    while_struck = ward.slack.posts - under_way
    database = fault.mend(database)
    for minute in range(4, 4 + MINUTES):
        ward.tick(database, minute)
    keys, removed = ward.slack.keys(), ward.slack.removals
    lost, whole = NUDGES - len(set(keys)), all_done(database)
    database.close()
    return Endured(said, while_struck, lost, len(keys) - len(set(keys)), removed, whole)


class _Ward:
    """A Slack in memory, and the fault that waits for its moment to come the fourth time."""

    def __init__(self, fault: Fault) -> None:
        self.slack = FakeSlack()
        self.slack.before = self._before_a_post
        self.slack.after = lambda _: self._moment("recording")
        self._fault, self._left = fault, STRUCK_AT

    def tick(self, database: Database, minute: int) -> None:
        time = self.slack.time
        time.seconds = (NOW + timedelta(minutes=minute)).timestamp()
        now = datetime.fromtimestamp(time.seconds, UTC) + self._fault.wrong_by()
        watch = Stopwatch(time.elapsed, time.pause)
        tick(database, self.slack, self._compose, now, plans={}, watch=watch)

    def _compose(self, nudge: Nudge) -> Outgoing:
        self._moment("queueing")
        return Outgoing("", "", f"U{nudge.step}", nudge.title)

    def _before_a_post(self, _: Outgoing) -> None:
        struck = self._left <= 0 and self.slack.time.seconds < NOW.timestamp() + 240
        if self._fault.refusing and struck:
            raise PostFailed("afvist")
        self._moment("posting")

    def _moment(self, moment: str) -> None:
        if moment == self._fault.when:
            self._left -= 1
            if self._left == 0:
                self._fault.strike()


def plan(database: Database) -> None:
    """Nudges that are due, each for somebody else, so that none waits for another."""
    with database.write() as tx:
        tx.run(
            "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
            " VALUES ('c', 'INT-1', 'p', 'mette', 'open', '{}', '[]', 0)"
        )
        due = round(NOW.timestamp() * 1000)
        for number in range(NUDGES):
            tx.run(
                "INSERT INTO nudges (id, case_id, step, place, state, due, ready)"
                " VALUES (?, 'c', ?, 0, 'planned', ?, ?)",
                *(f"n{number}", f"s{number}", due, due),
            )


def all_done(database: Database) -> bool:
    """Whether every nudge is sent, the outbox waits for nothing, and the file is sound."""
    with database.read() as tx:
        states = {row["state"] for row in tx.rows("SELECT state FROM nudges")}
        left = tx.rows("SELECT key FROM outbox WHERE ready IS NOT NULL OR state <> 'sent'")
        sound = database.dialect.name != "sqlite" or tx.rows("PRAGMA integrity_check") == [
            {"integrity_check": "ok"}
        ]
    return states == {"sent"} and not left and sound


def full_disk(when: str) -> Endured:
    """On a disk of one megabyte, mounted where only this process sees it."""
    folder = Path(tempfile.mkdtemp(prefix="bb-full-", dir="/tmp"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    filler = folder / "filler"

    def strike() -> None:
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError:
                return

    def mend(database: Database) -> Database:
        filler.unlink()
        return database

    try:
        return endure(open_database(folder / "store.db"), Fault(when, strike, mend))
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
        folder.rmdir()


def read_only(when: str) -> Endured:
    """As a user whose rights to the file and its folder are taken away."""
    if os.geteuid() == 0:
        with tempfile.TemporaryDirectory() as warm:  # the libraries may lie where only root reads
            open_database(Path(warm) / "store.db").close()
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    folder = Path(tempfile.mkdtemp(prefix="bb-ro-", dir="/tmp"))
    path = folder / "store.db"

    def strike() -> None:
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)

    def mend(database: Database) -> Database:
        folder.chmod(0o755)
        for file in folder.iterdir():
            file.chmod(0o644)
        return database

    database = open_database(path)
    try:
        if when == "starting":
            return refused_at_the_start(database, path, strike)
        return endure(database, Fault(when, strike, mend))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refused_at_the_start(database: Database, path: Path, strike: Callable[[], None]) -> Endured:
    database.close()
    before, said = path.read_bytes(), []
    strike()
    try:
        open_database(path).close()
    except SchedulerError as problem:
        said.append(str(problem))
    path.parent.chmod(0o755)
    return Endured(said, whole=path.read_bytes() == before)


def hold_lock(path: Path, seconds: float) -> subprocess.Popen[bytes]:
    """Another process that holds the file's lock for so long, from before this returns."""
    code = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print(flush=True); time.sleep(float(sys.argv[2]));"
        "c.execute('COMMIT')"
    )
    command = [sys.executable, "-c", code, str(path), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.stdout.close()
    return holder


def locked(when: str, seconds: float, busy_ms: int) -> Endured:
    """The lock held by another process for so many real seconds; ours waits for `busy_ms`."""
    folder = Path(tempfile.mkdtemp(prefix="bb-lock-", dir="/tmp"))
    path = folder / "store.db"
    open_database(path).close()
    holders: list[subprocess.Popen[bytes]] = []

    def mend(database: Database) -> Database:
        holders[0].wait()
        return database

    fault = Fault(when, lambda: holders.append(hold_lock(path, seconds)), mend)
    try:
        return endure(SqliteDatabase(path, busy_ms), fault)
    finally:
        shutil.rmtree(folder)


ALONE = {"full disk": full_disk, "read-only": read_only}
if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(ALONE[sys.argv[1]](sys.argv[2]))))
