"""APScheduler's own persistent store beside ours, under the same kills.

    python -m bench.apscheduler_store [JOBS] [KILLS]

One process, then two on one store, run one-off jobs out of SQLAlchemyJobStore, or nudges out of
our store; one of them is killed with SIGKILL every second or two and started again. Each job
appends its number to a file, which stands for Slack. Last, the program is down while jobs fall due,
and started with each side's own defaults. Needs SQLAlchemy, which Brobygger does not: pip install
sqlalchemy.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.database import open_database
from scheduler.dispatch import tick
from scheduler.nudges import Nudge
from scheduler.outbox import Outgoing, Posted
from scheduler.sending import Timings

ROOT = Path(__file__).parents[1]
TIMINGS = Timings(
    lease=1_500, post=500, settle=300, retry=200, pace=1, janitor=600, last_look=1_000, work=500
)
SPREAD, WORK, PATIENCE = 20.0, 0.02, 90.0


def send(number: int, file: str) -> None:
    """What Slack would see: a line, on disk when it returns, after the time that a post takes."""
    time.sleep(WORK)
    with Path(file).open("a") as log:
        log.write(f"{number}\n")
        log.flush()
        os.fsync(log.fileno())


def standing(file: Path) -> Counter[str]:
    """How often each number stands there, what was taken away again not counted."""
    lines = file.read_text().split() if file.exists() else []
    return Counter(one for one in lines if one[0] != "-") - Counter(
        one[1:] for one in lines if one[0] == "-"
    )


class FileChannel:
    """The same file as a channel: it can be read back, as Slack's history can."""

    def __init__(self, file: str) -> None:
        self._file = file

    def post(self, outgoing: Outgoing) -> Posted:
        send(int(outgoing.text), self._file)
        return Posted("C", outgoing.text)

    def find(self, outgoing: Outgoing, besides: Posted | None = None) -> Posted | None:
        found = standing(Path(self._file))[outgoing.text] > (1 if besides else 0)
        return Posted("C", outgoing.text) if found else None

    def remove(self, posted: Posted) -> None:
        with Path(self._file).open("a") as log:  # two processes append: nothing is written over
            log.write(f"-{posted.ts}\n")


def apscheduler_process(folder: Path) -> None:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.blocking import BlockingScheduler

    store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    BlockingScheduler(jobstores={"default": store}, timezone="UTC").start()


def plan_apscheduler(folder: Path, jobs: int, begin: datetime, *, patient: bool) -> None:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    # In a process that ends at once: a paused scheduler runs what is due as it shuts down.
    if child := os.fork():
        os.waitpid(child, 0)
        return
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    for number in range(jobs):
        scheduler.add_job(
            send,
            "date",
            run_date=begin + timedelta(seconds=SPREAD * number / jobs),
            args=(number, str(folder / "seen")),
            **({"misfire_grace_time": None} if patient else {}),
        )
    os._exit(0)


def our_process(folder: Path) -> None:
    database, channel = open_database(folder / "ours.db"), FileChannel(str(folder / "seen"))

    def compose(nudge: Nudge) -> Outgoing:
        return Outgoing("", "", f"U{nudge.step}", nudge.step)

    while True:
        tick(database, channel, compose, datetime.now(UTC), plans={}, timings=TIMINGS)
        time.sleep(0.05)


def plan_ours(folder: Path, jobs: int, begin: datetime, *, patient: bool) -> None:
    assert patient in (True, False)  # there is nothing to set: what is due is sent
    database = open_database(folder / "ours.db")
    with database.write() as tx:
        tx.run(
            "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
            " VALUES ('c', 'INT-1', 'p', 'mette', 'open', '{}', '[]', 0)"
        )
        for number in range(jobs):
            due = round((begin.timestamp() + SPREAD * number / jobs) * 1000)
            tx.run(
                "INSERT INTO nudges (id, case_id, step, place, state, due, ready)"
                " VALUES (?, 'c', ?, 0, 'planned', ?, ?)",
                *(f"n{number}", str(number), due, due),
            )
    database.close()


KINDS = {
    "apscheduler": (plan_apscheduler, apscheduler_process),
    "ours": (plan_ours, our_process),
}


def run(kind: str, jobs: int, kills: int, processes: int) -> str:
    """Kill one of the processes `kills` times while the jobs fall due, then let them end."""
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        KINDS[kind][0](folder, jobs, datetime.now(UTC) + timedelta(seconds=2), patient=True)
        command = [sys.executable, "-m", "bench.apscheduler_store", "--work", kind, name]
        running = [_start(command) for _ in range(processes)]
        for _ in range(kills):
            time.sleep(dice.uniform(1.0, 2.0))
            number = dice.randrange(processes)
            _kill(running[number])
            running[number] = _start(command)
        _quiet(folder / "seen")
        for process in running:
            _kill(process)
        told = _told(folder / "seen", jobs)
    return f"{kind:12} {processes} process(es), {jobs} jobs, {kills} kills: {told}"


def down(kind: str, jobs: int) -> str:
    """Start only after every job fell due, with the settings that a newcomer gets."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begin = datetime.now(UTC) - timedelta(seconds=SPREAD - 5)
        KINDS[kind][0](folder, jobs, begin, patient=False)
        time.sleep(7)
        process = _start([sys.executable, "-m", "bench.apscheduler_store", "--work", kind, name])
        _quiet(folder / "seen", patience=20)
        _kill(process)
        told = _told(folder / "seen", jobs)
    return f"{kind:12} down while {jobs} jobs fell due, defaults: {told}"


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL  # APScheduler tells on stderr what two on one store get into
    return subprocess.Popen(command, cwd=ROOT, stderr=quiet)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def _told(file: Path, jobs: int) -> str:
    seen = standing(file)
    doubled = sum(count > 1 for count in seen.values())
    return f"{jobs - len(seen)} lost, {doubled} doubled"


def _quiet(file: Path, patience: float = PATIENCE) -> None:
    """Wait until nothing was written for five seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if file.exists() and time.time() - file.stat().st_mtime > 5:
            return
        time.sleep(0.2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        KINDS[sys.argv[2]][1](Path(sys.argv[3]))
        sys.exit()
    jobs, kills = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (300, 12)
    for kind in KINDS:
        for processes in (1, 2):
            print(run(kind, jobs, kills, processes), flush=True)
        print(down(kind, jobs), flush=True)
