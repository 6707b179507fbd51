"""The chaos test in its long form, on both databases; `make chaos` runs it.

`python -m tests.scheduler.long_chaos [NUDGES] [KILLS]` prints one line a database, for the table in
docs/followups.md, and fails when a nudge was lost or doubled.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.scheduler.chaos import Result, chaos
from tests.scheduler.throwaway import BINARIES, psql, throwaway

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


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    sys.exit(main(*given) if len(given) == 2 else main(10_000, 200))
