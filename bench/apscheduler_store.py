"""APScheduler's own persistent store beside ours, under the same kills.

    python -m bench.apscheduler_store [JOBS] [KILLS]

One process runs one-off jobs out of SQLAlchemyJobStore, or nudges out of our store; it is killed
with SIGKILL every second or two and started again. Each job appends its number to a file, which
stands for Slack. Needs SQLAlchemy, which Brobygger does not: pip install sqlalchemy.
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


class FileChannel:
    """The same file as a channel: it can be read back, as Slack's history can."""

    def __init__(self, file: str) -> None:
        self._file = file

    def post(self, outgoing: Outgoing) -> Posted:
        send(int(outgoing.text), self._file)
        return Posted("C", outgoing.text)

    def find(self, outgoing: Outgoing, besides: Posted | None = None) -> Posted | None:
        lines = Path(self._file).read_text().split() if Path(self._file).exists() else []
        found = lines.count(outgoing.text) > (1 if besides else 0)
        return Posted("C", outgoing.text) if found else None

    def remove(self, posted: Posted) -> None:
        lines = Path(self._file).read_text().split()
        lines.remove(posted.ts)
        Path(self._file).write_text("\n".join([*lines, ""]))


def apscheduler_process(folder: Path) -> None:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.blocking import BlockingScheduler

    store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    BlockingScheduler(
        jobstores={"default": store}, timezone="UTC", job_defaults={"misfire_grace_time": None}
    ).start()


def plan_apscheduler(folder: Path, jobs: int, begin: datetime) -> None:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    for number in range(jobs):
        scheduler.add_job(
            send,
            "date",
            run_date=begin + timedelta(seconds=SPREAD * number / jobs),
            args=(number, str(folder / "seen")),
            misfire_grace_time=None,
        )
    scheduler.shutdown()


def our_process(folder: Path) -> None:
    database, channel = open_database(folder / "ours.db"), FileChannel(str(folder / "seen"))

    def compose(nudge: Nudge) -> Outgoing:
        return Outgoing("", "", f"U{nudge.step}", nudge.step)

    while True:
        tick(database, channel, compose, datetime.now(UTC), plans={}, timings=TIMINGS)
        time.sleep(0.05)


def plan_ours(folder: Path, jobs: int, begin: datetime) -> None:
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


def run(kind: str, jobs: int, kills: int) -> str:
    """Kill the process `kills` times while the jobs fall due, then let it end in peace."""
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        KINDS[kind][0](folder, jobs, datetime.now(UTC) + timedelta(seconds=2))
        command = [sys.executable, "-m", "bench.apscheduler_store", "--work", kind, name]
        process = subprocess.Popen(command, cwd=ROOT)
        for _ in range(kills):
            time.sleep(dice.uniform(1.0, 2.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
            process = subprocess.Popen(command, cwd=ROOT)
        _quiet(folder / "seen")
        process.kill()
        process.wait()
        seen = Counter((folder / "seen").read_text().split())
    doubled = sum(count > 1 for count in seen.values())
    return f"{kind:12} {jobs} jobs, {kills} kills: {jobs - len(seen)} lost, {doubled} doubled"


def _quiet(file: Path) -> None:
    """Wait until nothing was written for five seconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if file.exists() and time.time() - file.stat().st_mtime > 5:
            return
        time.sleep(0.2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        KINDS[sys.argv[2]][1](Path(sys.argv[3]))
    jobs, kills = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (300, 12)
    for kind in KINDS:
        print(run(kind, jobs, kills))
