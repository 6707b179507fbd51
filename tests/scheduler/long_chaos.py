"""The chaos test in its long form, on both databases; `make chaos` runs it.

`python -m tests.scheduler.long_chaos [NUDGES] [KILLS]` prints one line a database, for the table in
docs/followups.md, and fails when a nudge was lost or doubled.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.scheduler.chaos import Result, chaos
from tests.scheduler.struck import locked
from tests.scheduler.throwaway import BINARIES, psql, restart, throwaway

SEEDS = {"SQLite": 11, "PostgreSQL": 12}


@contextmanager
def address(kind: str) -> Iterator[str]:
    """Where a fresh store of that kind may be made."""
    if kind == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "chaos.db")
        return
    with throwaway(fsync=True) as server:
        psql(server, "CREATE DATABASE chaos")
        yield f"postgresql://postgres@/chaos?host={server}"


def told(kind: str, result: Result) -> str:
    answers = result.answers
    return (
        f"{datetime.now(UTC):%Y-%m-%d} {kind}: {result.nudges:,} nudges, {result.kills} kills, "
        f"{answers.get('lost', 0):,} answers lost, {answers.get('slow', 0)} slow, "
        f"{answers.get('429', 0)} x 429, {answers.get('500', 0)} x 500: "
        f"{result.lost} lost, {result.doubled} doubled, {result.seconds:.0f} s\n"
    )


def main(nudges: int, kills: int) -> int:
    wrong = 0
    for kind, seed in SEEDS.items():
        if kind == "PostgreSQL" and not (BINARIES / "initdb").exists():
            sys.stdout.write(f"PostgreSQL: left out, {BINARIES} is not here\n")
            continue
        with address(kind) as store:
            result = chaos(store, nudges=nudges, kills=kills, seed=seed, limit=1800)
        sys.stdout.write(told(kind, result))
        sys.stdout.flush()
        wrong += result.lost + result.doubled + (result.kills < kills)
    return int(wrong > 0)


def locked_for_long(seconds: float) -> int:
    """Another process holds SQLite's lock for so many real seconds, three times the patience."""
    came_of_it = locked("recording", seconds, busy_ms=10_000)
    sys.stdout.write(f"a lock held for {seconds:.0f} s: {came_of_it}\n")
    return int(not came_of_it.once)


def restarted(nudges: int, restarts: int) -> int:
    """PostgreSQL restarted under two processes, by turns in peace and as after a power cut."""
    if not (BINARIES / "initdb").exists():
        return 0
    modes = itertools.cycle(("fast", "immediate"))
    with throwaway(fsync=True) as server:
        psql(server, "CREATE DATABASE chaos")
        store = f"postgresql://postgres@/chaos?host={server}"
        result = chaos(
            store,
            nudges=nudges,
            kills=restarts,
            seed=13,
            limit=1800,
            blow=lambda: restart(server, next(modes)),
        )
    sys.stdout.write(told("PostgreSQL restarted instead of killed", result))
    return int(result.lost + result.doubled > 0 or result.kills < restarts)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    nudges, kills = given if len(given) == 2 else (10_000, 200)
    sys.exit(main(nudges, kills) + restarted(nudges // 5, kills // 5) + locked_for_long(30))
