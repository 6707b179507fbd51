"""Two real processes on one store, killed at random, before a Slack that loses answers.

`python -m tests.scheduler.chaos STORE --nudges 10000 --kills 200` is the long form.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scheduler.database import open_database
from scheduler.dispatch import tick
from scheduler.errors import StoreFailed
from scheduler.nudges import Nudge
from scheduler.outbox import Outgoing
from scheduler.sending import Timings
from tests.scheduler.slack_server import PATIENCE, SlackServer, SocketChannel

ROOT = Path(__file__).parents[2]
LAG = 0.5  # seconds until the history shows a post
TIMINGS = Timings(
    lease=2_500,
    post=900,
    settle=1_200,
    retry=300,
    pace=2,
    janitor=1_500,
    last_look=4_000,
    work=1_000,
    batch=5,
)
CHANNELS = 40


@dataclass(frozen=True)
class Result:
    """lost and doubled are counts of nudges; answers says how often the server answered how."""

    nudges: int
    kills: int
    lost: int
    doubled: int
    seconds: float
    answers: dict[str, int]


def work(store: str, path: str) -> None:
    """One process of the bot: tick for ever."""
    database, channel = open_database(store), SocketChannel(path)
    while True:
        with suppress(StoreFailed):  # as the product: the next tick tries again
            tick(database, channel, _compose, datetime.now(UTC), plans={}, timings=TIMINGS)
        time.sleep(0.05)


def _compose(nudge: Nudge) -> Outgoing:
    return Outgoing("", "", f"U{int(nudge.step[1:]) % CHANNELS}", nudge.title)


def chaos(
    store: str,
    *,
    nudges: int,
    kills: int,
    seed: int,
    limit: float,
    blow: Callable[[], None] | None = None,
) -> Result:
    """Run it until `kills` are done and nothing waits, at most `limit` seconds. With `blow`,
    that is what is struck instead of a process: the database's server."""
    dice, began, killed = random.Random(seed), time.monotonic(), 0
    _plan(store, nudges)
    with tempfile.TemporaryDirectory(prefix="bb-", dir="/tmp") as folder:
        path = Path(folder) / "slack"
        server = SlackServer(path, seed, LAG)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        workers = [_start(store, path) for _ in range(2)]
        try:
            while time.monotonic() - began < limit:
                time.sleep(dice.uniform(0.3, 0.9))
                if killed < kills and blow:
                    blow()
                    killed += 1
                elif killed < kills:
                    number = dice.randrange(2)
                    workers[number].send_signal(signal.SIGKILL)
                    workers[number].wait()
                    workers[number] = _start(store, path)
                    killed += 1
                elif _nothing_waits(store):
                    break
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
            server.shutdown()
            server.server_close()
        seen = server.seen()
    doubled = sum(count > 1 for count in seen.values())
    seconds = round(time.monotonic() - began, 1)
    return Result(nudges, killed, nudges - len(seen), doubled, seconds, dict(server.answers))


def _start(store: str, path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.scheduler.chaos", store, "--work", str(path)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _plan(store: str, nudges: int) -> None:
    database = open_database(store)
    with database.write() as tx:
        tx.run(
            "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
            " VALUES ('c', 'INT-1', 'p', 'mette', 'open', '{}', '[]', 0)"
        )
        for number in range(nudges):
            tx.run(
                "INSERT INTO nudges (id, case_id, step, place, state, due, ready)"
                " VALUES (?, 'c', ?, 0, 'planned', ?, ?)",
                *(f"n{number}", f"s{number}", number, number),
            )
    database.close()


def _nothing_waits(store: str) -> bool:
    database = open_database(store)
    with database.read() as tx:
        left = tx.one(
            "SELECT (SELECT count(*) FROM nudges WHERE ready IS NOT NULL) +"
            " (SELECT count(*) FROM outbox WHERE ready IS NOT NULL) AS count"
        )
    database.close()
    return left is not None and left["count"] == 0


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("store")
    asked.add_argument("--work")
    asked.add_argument("--nudges", type=int, default=300)
    asked.add_argument("--kills", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--limit", type=float, default=1800)
    given = asked.parse_args()
    if given.work:
        work(given.store, given.work)
    assert TIMINGS.post > PATIENCE * 1000
    done = chaos(
        given.store, nudges=given.nudges, kills=given.kills, seed=given.seed, limit=given.limit
    )
    sys.stdout.write(f"{done}\n")
