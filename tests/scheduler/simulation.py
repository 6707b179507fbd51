"""Many nudges on a virtual clock, with every fault there is; one seed replays a failure.

`python -m tests.scheduler.simulation FIRST LAST` runs seeds by hand.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.database import open_database
from scheduler.dialect import Database, Tx
from scheduler.dispatch import tick
from scheduler.errors import PostFailed
from scheduler.gathering import Gathering
from scheduler.nudges import Nudge
from scheduler.outbox import Outgoing
from scheduler.sending import Stopwatch, Timings
from tests.scheduler.fake_slack import FakeSlack

BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)
TIMINGS = Timings(pace=10, batch=4)


class Killed(BaseException):
    """The process is gone, wherever it was."""


@dataclass(frozen=True)
class Outcome:
    """What became of one seed. doubled: keys that can be seen twice five minutes after the end."""

    nudges: int
    kills: int
    copies: int
    lost: int
    doubled: int


class DyingDatabase:
    """A store whose process may be killed before a commit, or right after it."""

    def __init__(self, database: Database, dice: random.Random, chance: float) -> None:
        self._database = database
        self._dice = dice
        self.chance = chance
        self.dialect = database.dialect
        self.wake = None
        self.close = database.close
        self.read = database.read

    @contextmanager
    def write(self) -> Iterator[Tx]:
        with self._database.write() as tx:
            yield tx
            if self._dice.random() < self.chance:
                raise Killed
        if self._dice.random() < self.chance:
            raise Killed


class Simulation:
    """Two processes that tick by turns on one store; a frozen one lets the other run inside it."""

    def __init__(self, seed: int, folder: Path, nudges: int, *, gather: bool) -> None:
        self.dice = random.Random(seed)
        self.slack = FakeSlack(lag=3.0, before=self._before, after=self._after)
        self.slack.time.seconds = BEGIN.timestamp()
        self.store = open_database(folder / f"{seed}.db")
        self.database = DyingDatabase(self.store, self.dice, 0.01)
        self.faults = True
        self.frozen = False
        self.kills = 0
        self.copies = 0
        self.nudges = nudges
        self.gathering = Gathering(_group, _together, lambda _: None) if gather else None

    def run(self) -> Outcome:
        self._plan()
        for _ in range(400):
            self._tick()
            self.slack.time.pause(self.dice.uniform(1, 40))
        self.faults, self.database.chance = False, 0.0
        for _ in range(80):
            self._tick()
            self.slack.time.pause(15)
        seen = Counter(
            nudge for message in self.slack.messages for nudge in message.outgoing.text.split()
        )
        self.store.close()
        lost = self.nudges - len(seen)
        doubled = sum(count > 1 for count in seen.values())
        return Outcome(self.nudges, self.kills, self.copies, lost, doubled)

    def _plan(self) -> None:
        start = round(BEGIN.timestamp() * 1000)
        with self.store.write() as tx:
            tx.run(
                "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
                " VALUES ('c', 'INT-1', 'p', 'mette', 'open', '{}', '[]', 0)"
            )
            for number in range(self.nudges):
                due = start + self.dice.randrange(6_000_000)
                tx.run(
                    "INSERT INTO nudges (id, case_id, step, place, state, due, ready)"
                    " VALUES (?, 'c', ?, 0, 'planned', ?, ?)",
                    *(f"n{number}", f"s{number}", due, due),
                )

    def _tick(self) -> None:
        now = datetime.fromtimestamp(self.slack.time.seconds, UTC)
        if self.faults and self.dice.random() < 0.02:
            now += timedelta(hours=self.dice.choice((-2, 2)))
        watch = Stopwatch(self.slack.time.elapsed, self.slack.time.pause)
        try:
            report = tick(
                self.database,
                self.slack,
                _compose,
                now,
                plans={},
                gathering=self.gathering,
                timings=TIMINGS,
                watch=watch,
            )
            self.copies += report.copies_removed
        except Killed:
            self.kills += 1

    def _before(self, _: Outgoing) -> None:
        if not self.faults:
            return
        chance = self.dice.random()
        if chance < 0.05:
            raise PostFailed("429", retry_after=self.dice.choice((0, 1, 30)))
        if chance < 0.08:
            raise PostFailed("500", unsure=True)
        if chance < 0.09:
            raise Killed
        if chance < 0.10 and not self.frozen:
            self.frozen = True
            self.slack.time.pause(self.dice.uniform(0, 200))
            self._tick()
            self.frozen = False

    def _after(self, _: Outgoing) -> None:
        if not self.faults:
            return
        chance = self.dice.random()
        if chance < 0.10:
            raise PostFailed("svaret gik tabt", unsure=True)
        if chance < 0.13:
            raise Killed


def _compose(nudge: Nudge) -> Outgoing:
    return Outgoing("", "", f"U{_owner(nudge)}", nudge.id)


def _together(nudges: tuple[Nudge, ...]) -> Outgoing:
    text = " ".join(nudge.id for nudge in nudges)
    return Outgoing("", "", f"U{_owner(nudges[0])}", text)


def _owner(nudge: Nudge) -> int:
    return int(nudge.step[1:]) % 20


def _group(nudge: Nudge) -> str | None:
    """Every third comes alone, as problems and paydays do."""
    return None if int(nudge.step[1:]) % 3 == 0 else f"U{_owner(nudge) % 4}"


def simulate(
    seed: int, folder: Path, nudges: int = 100, *, blind: bool = False, gather: bool | None = None
) -> Outcome:
    """What becomes of `nudges` under the faults that `seed` deals out. blind: the history shows
    nothing, so that nobody can know of a post whose answer was lost. gather: several nudges in one
    post, as in the morning; every second seed does when it is not said."""
    simulation = Simulation(
        seed, folder, nudges, gather=seed % 2 == 1 if gather is None else gather
    )
    if blind:
        simulation.slack.lag = float("inf")
    return simulation.run()


if __name__ == "__main__":
    first, last = int(sys.argv[1]), int(sys.argv[2])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    total = Counter[str]()
    for one in range(first, last):
        with tempfile.TemporaryDirectory() as place:
            outcome = simulate(one, Path(place), size)
        total.update(asdict(outcome))
        if outcome.lost or outcome.doubled:
            sys.stdout.write(f"seed {one}: {outcome}\n")
        if (one - first) % 100 == 99 or one == last - 1:
            sys.stdout.write(f"seeds {first} to {one}: {dict(total)}\n")
            sys.stdout.flush()
    sys.exit(bool(total["lost"] or total["doubled"]))
