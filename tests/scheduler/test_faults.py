"""Real faults of the store while nudges go out: each is told, nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.errors import SchedulerError
from scheduler.store_copy import back_up, open_copy, restore
from tests.scheduler.struck import NOW, Endured, Fault, endure, locked

ROOT = Path(__file__).parents[2]
WHEN = ["queueing", "posting", "recording"]
Mend = Callable[[Database], Database]


def alone(fault: str, when: str) -> Endured:
    """What happened in a process of its own, for which this machine may lack the rights."""
    command = [sys.executable, "-m", "tests.scheduler.struck", fault, when]
    if fault == "full disk":
        rights = ["-m"] if os.geteuid() == 0 else ["-U", "-r", "-m"]
        command = ["unshare", *rights, *command]
        if shutil.which("unshare") is None:
            pytest.skip("a small disk of our own needs unshare (util-linux)")
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    if fault == "full disk" and done.returncode and ("mount" in done.stderr or not done.stderr):
        pytest.skip(f"a small disk may not be mounted here: {done.stderr.strip()[-80:]}")
    assert done.returncode == 0, done.stderr
    return Endured(**json.loads(done.stdout))


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize(
    ("fault", "told"),
    [("full disk", "disken er fuld"), ("read-only", "der må ikke skrives i filen")],
)
def test_a_disk_that_takes_nothing_is_told_each_tick_and_costs_no_nudge(
    fault: str, told: str, when: str
) -> None:
    came_of_it = alone(fault, when)
    assert len(came_of_it.said) == 4
    assert all(told in said for said in came_of_it.said), came_of_it.said
    assert came_of_it.while_struck == 0, "posts that nobody can record must not go out"
    assert came_of_it.once, came_of_it


def deleted(path: Path) -> tuple[Callable[[], None], Mend]:
    aside = path.with_name("aside.db")

    def mend(database: Database) -> Database:
        database.close()
        aside.replace(path)
        return open_database(path)

    return lambda: path.rename(aside), mend


def exchanged(path: Path) -> tuple[Callable[[], None], Mend]:
    aside, other = path.with_name("aside.db"), path.with_name("other.db")

    def strike() -> None:
        open_database(other).close()
        path.rename(aside)
        other.rename(path)

    def mend(database: Database) -> Database:
        database.close()
        aside.replace(path)
        return open_database(path)

    return strike, mend


def cut_short(path: Path) -> tuple[Callable[[], None], Mend]:
    copy = path.with_name("copy.db")

    def strike() -> None:
        database = open_database(path)
        back_up(database, copy, ())
        database.close()
        os.truncate(path, 5_000)

    def mend(database: Database) -> Database:
        database.close()
        path.unlink()
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        fresh, old = open_database(path), open_copy(copy, ())
        restore(fresh, old, (), "terminal", round(NOW.timestamp() * 1000) + 240_000)
        old.close()
        return fresh

    return strike, mend


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (deleted, "er væk. Hent den tilbage fra en kopi"),
        (exchanged, "er væk. Hent den tilbage fra en kopi"),
        (cut_short, "Hent den tilbage fra en kopi"),
    ],
)
def test_a_file_that_is_lost_while_in_use_is_told_and_a_copy_of_it_goes_on(
    tmp_path: Path,
    fault: Callable[[Path], tuple[Callable[[], None], Mend]],
    told: str,
    when: str,
) -> None:
    path = tmp_path / "store.db"
    strike, mend = fault(path)
    came_of_it = endure(open_database(path), Fault(when, strike, mend))
    assert len(came_of_it.said) == 4
    assert all(told in said for said in came_of_it.said), came_of_it.said
    assert came_of_it.while_struck == 0
    assert came_of_it.once, came_of_it


@pytest.mark.parametrize("when", WHEN)
def test_a_lock_that_another_program_holds_for_long_is_told_and_costs_no_nudge(when: str) -> None:
    came_of_it = locked(when, seconds=1.2, busy_ms=100)
    assert len(came_of_it.said) == 4
    assert all("et andet program holder den" in said for said in came_of_it.said)
    assert came_of_it.while_struck == 0
    assert came_of_it.once, came_of_it


def test_a_lock_that_another_program_holds_for_a_moment_is_waited_for() -> None:
    came_of_it = locked("recording", seconds=0.5, busy_ms=10_000)
    assert came_of_it.said == []
    assert came_of_it.once, came_of_it


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("hours", [2, -2])
@pytest.mark.parametrize("mended", [True, False])
def test_a_clock_that_jumps_two_hours_delays_nothing_and_doubles_nothing(
    tmp_path: Path, hours: int, when: str, *, mended: bool
) -> None:
    """Sent within the sixteen minutes that `endure` goes on, whether the clock is mended or not."""
    wrong = [timedelta()]

    def strike() -> None:
        wrong[0] = timedelta(hours=hours)

    def mend(database: Database) -> Database:
        wrong[0] = timedelta() if mended else wrong[0]
        return database

    fault = Fault(when, strike, mend, lambda: wrong[0], refusing=True)
    came_of_it = endure(open_database(tmp_path / "store.db"), fault)
    assert came_of_it.said == []
    assert came_of_it.once, came_of_it


def test_a_store_that_is_read_only_from_the_start_is_refused_and_left_alone() -> None:
    came_of_it = alone("read-only", "starting")
    assert len(came_of_it.said) == 1
    assert (
        "kan ikke åbnes: der må ikke skrives i filen. Ret adgangen til filen" in came_of_it.said[0]
    )
    assert came_of_it.whole


def test_a_file_that_is_no_longer_sound_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database = open_database(path)
    os.truncate(path, 5_000)
    for _ in range(3):
        with pytest.raises(SchedulerError), database.write() as tx:
            tx.run("INSERT INTO pace (recipient, free) VALUES ('U1', 1)")
    assert path.stat().st_size == 5_000
    database.close()
