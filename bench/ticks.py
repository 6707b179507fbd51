"""How long a tick takes, and how many posts can be claimed a second.

    python -m bench.ticks                      SQLite in a temporary folder
    python -m bench.ticks postgresql://…       an empty PostgreSQL database

A tick with 100 due nudges, composing included, over 1,000 and 1,000,000 planned rows; then claims
with eight threads over a full outbox.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler import store_outbox
from scheduler.database import open_database
from scheduler.dialect import Database, Tx
from scheduler.dispatch import queue_due
from scheduler.nudges import Nudge
from scheduler.outbox import Outbox, Outgoing
from scheduler.sending import Timings

DUE, ROUNDS, POSTS, THREADS = 100, 15, 10_000, 8
NOW_MS = round(datetime(2026, 11, 23, 8, tzinfo=UTC).timestamp() * 1000)
DAY_MS = 86_400_000


def main(address: str | None) -> None:
    sizes = (1_000, 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        medians = []
        for size in sizes:
            database = _open(address or Path(folder) / f"{size}.db")
            _plan(database, size)
            taken = _ticks(database)
            medians.append(statistics.median(taken))
            told = f"first {taken[0]:.1f}, median {medians[-1]:.1f}, worst {max(taken):.1f} ms"
            print(f"tick, {DUE} due of {size:,} planned: {told}")
            _empty(database)
            database.close()
        print(f"1,000,000 planned costs {medians[1] / medians[0]:.2f} times 1,000 planned")
        database = _open(address or Path(folder) / "claims.db")
        print(f"claims: {_claims(database):,.0f} a second, {THREADS} threads")
        _empty(database)
        database.close()


def _open(address: str | Path) -> Database:
    """The store, on the bench's own time: PostgreSQL's clock would decide otherwise."""
    database = open_database(address)
    database.dialect = replace(database.dialect, clock="")
    return database


def _plan(database: Database, size: int) -> None:
    """Rows far ahead, of one case each fifty; the cases first, or PostgreSQL plans for none."""
    with database.write() as tx:
        for number in range(0, size, 50):
            tx.run(
                "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
                " VALUES (?, ?, 'p', 'mette', 'open', '{}', '[]', 0)",
                f"c{number}",
                f"INT-{number}",
            )
    with database.write() as tx:
        for number in range(size):
            ahead = NOW_MS + 2 * DAY_MS + number
            _nudge(tx, f"n{number}", f"c{number - number % 50}", f"s{number}", ahead)


def _nudge(tx: Tx, name: str, case: str, step: str, due: int) -> None:
    tx.run(
        "INSERT INTO nudges (id, case_id, step, place, state, due, ready)"
        " VALUES (?, ?, ?, 0, 'planned', ?, ?)",
        *(name, case, step, due, due),
    )


def _ticks(database: Database) -> list[float]:
    """Milliseconds of each round, in each of which 100 nudges have become due."""
    taken = []
    for round_ in range(ROUNDS):
        with database.write() as tx:
            for number in range(DUE):
                name = f"due{round_}-{number}"
                _nudge(tx, name, "c0", name, NOW_MS - DUE + number)
        began = time.perf_counter()
        queued = queue_due(database, _compose, NOW_MS, {}, timings=Timings())
        taken.append((time.perf_counter() - began) * 1000)
        assert queued == DUE, queued
    return taken


def _compose(nudge: Nudge) -> Outgoing:
    return Outgoing(
        "", "", f"U{nudge.owner}", f"{nudge.title} {nudge.case}", '[{"type":"divider"}]'
    )


def _claims(database: Database) -> float:
    """Posts claimed a second by several threads, as several processes would."""
    with database.write() as tx:
        for number in range(POSTS):
            Outbox().put(tx, Outgoing(f"k{number}", "answer", f"U{number}", "t"))
    claimed: list[int] = []

    def work() -> None:
        while True:
            with database.write() as tx:
                got = store_outbox.claim(
                    tx, NOW_MS, lease_ms=60_000, pace_ms=1_000, late_ms=DAY_MS, limit=5
                )
            claimed.append(len(got))
            if not got:
                return

    began = time.perf_counter()
    _together(threading.Thread(target=work) for _ in range(THREADS))
    seconds = time.perf_counter() - began
    assert sum(claimed) == POSTS, sum(claimed)
    return POSTS / seconds


def _together(threads: Iterable[threading.Thread]) -> None:
    started = list(threads)
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def _empty(database: Database) -> None:
    with database.write() as tx:
        for table in ("nudges", "cases", "outbox", "pace"):
            tx.run(f"DELETE FROM {table}")  # noqa: S608 - a fixed name


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
