"""Batches handed to a pool until all are done: a lost worker costs its row another try, no more."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)

from bot.bulk.jobs import Job, Made
from bot.bulk.pools import OpenPool
from bot.errors import BotError
from messages.errors import Problem
from messages.tables import N_

Batch = tuple[Job, ...]
Make = Callable[[Batch], tuple[Made, ...]]

TRIES = 3  # how often a sheet may take its worker down before it is given up
MOST_LOSSES = 4 * TRIES  # in a row, nothing made in between: the workers are at fault, not a sheet
_AHEAD = 2  # batches handed out for each worker


def run_all(batches: Iterable[Batch], make: Make, open_pool: OpenPool) -> Iterator[Made]:
    """Each job's sheet or its fault, in the order they are done, none left out.

    What was under way when a worker died is done again, row by row, each alone: so the one sheet
    that kills its worker is found, and no other is blamed. Raises BotError when workers do nothing
    but die, with the last reason; whatever was made before has been handed over by then.
    """
    run = _Run(batches, make, open_pool)
    while run.waiting or run.suspects:
        yield from run.together()
        yield from run.alone()


class _Run:
    """One run: the batches that wait, and the jobs that were under way when a worker died."""

    def __init__(self, batches: Iterable[Batch], make: Make, open_pool: OpenPool) -> None:
        self.waiting = deque(batches)
        self.suspects: deque[tuple[Job, int]] = deque()
        self._make = make
        self._open_pool = open_pool
        self._losses = 0
        self._reason = ""

    def together(self) -> Iterator[Made]:
        """Hand out batches until none waits or a worker is lost; then take in what still comes."""
        if not self.waiting:
            return
        with self._open_pool() as pool:
            under_way: dict[Future[tuple[Made, ...]], Batch] = {}
            whole = True
            while under_way or (whole and self.waiting):
                while whole and self.waiting and len(under_way) < _AHEAD * pool.workers:
                    whole = self._hand_out(pool.executor, under_way)
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    batch = under_way.pop(future)
                    made = self._result(future)
                    whole = whole and bool(made)
                    self.suspects.extend((job, 0) for job in batch if not made)
                    yield from made
            if not whole:
                self._count_loss()

    def alone(self) -> Iterator[Made]:
        """Do each suspect by itself: a pool that breaks now breaks because of it."""
        while self.suspects:
            with self._open_pool() as pool:
                while self.suspects:
                    job, losses = self.suspects.popleft()
                    made = self._one(pool.executor, job)
                    yield from made
                    if made:
                        continue
                    self._count_loss()
                    if losses + 1 < TRIES:
                        self.suspects.appendleft((job, losses + 1))
                    else:
                        yield Made(job.file, fault=_given_up())
                    break

    def _hand_out(
        self, executor: Executor, under_way: dict[Future[tuple[Made, ...]], Batch]
    ) -> bool:
        """Hand out the next batch; False when the pool is broken, and the batch waits on."""
        try:
            under_way[executor.submit(self._make, self.waiting[0])] = self.waiting[0]
        except BrokenExecutor:
            return False
        self.waiting.popleft()
        return True

    def _one(self, executor: Executor, job: Job) -> tuple[Made, ...]:
        try:
            future = executor.submit(self._make, (job,))
        except BrokenExecutor:
            return ()
        wait([future])
        return self._result(future)

    def _result(self, future: Future[tuple[Made, ...]]) -> tuple[Made, ...]:
        """What the worker made; nothing when it was lost. A refusal of all work is raised."""
        try:
            error = future.exception()
        except CancelledError as cancelled:
            error = cancelled
        if isinstance(error, Problem):
            raise error
        if error is None:
            self._losses = 0
            return future.result()
        self._reason = f"{type(error).__name__}: {error}"[:200]
        return ()

    def _count_loss(self) -> None:
        self._losses += 1
        if self._losses >= MOST_LOSSES:
            raise BotError(
                "Arbejderne går ned, så snart de begynder ({reason}). "
                "Prøv med færre, f.eks. --workers 1.",
                reason=self._reason,
            )


def _given_up() -> Problem:
    return Problem(
        N_("Arket fik arbejderen til at gå ned {tries} gange. Prøv det alene, f.eks. som .html."),
        tries=TRIES,
    )
