"""Making handouts by the thousand: from the rows of a CSV file to a folder with its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.bulk.jobs import Job, Made, Shelf, job_of, make
from bot.bulk.manifest import Entry, Folder, Status
from bot.bulk.pools import OpenPool
from bot.bulk.rows import Row
from bot.bulk.running import Batch, run_all
from bot.words import Words
from messages.errors import Problem
from messages.personal_data import mask_cpr

LARGEST_BATCH = 40
_SPREAD = 4  # batches for each worker, so that all of them are done at about the same time


@dataclass(frozen=True)
class BulkResult:
    """What became of each row, in order; `others` are sheets in the folder that none asks for."""

    entries: tuple[Entry, ...]
    manifest: Path
    others: int

    def count(self, status: Status) -> int:
        return sum(entry.status is status for entry in self.entries)

    @property
    def failed(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.status is Status.FAILED)


def make_handouts(
    rows: Sequence[Row],
    out: Path,
    shelf: Shelf,
    *,
    open_pool: OpenPool,
    workers: int,
    shared_disk: bool = True,
    words: Words,
    done: Callable[[int], None] = lambda _: None,
) -> BulkResult:
    """A sheet for each row in the folder `out`; those that are there already are not made again.

    Workers that share this machine's disk write their sheets themselves. `done` is told how many
    rows are ready, as they get ready. A row that cannot be made is in the manifest with its reason,
    and keeps no other from being made. Raises BotError when the folder cannot be written or no
    worker works; what was made by then stays, and is kept the next time.
    """
    folder = Folder(out)
    ledger = _Ledger(folder, words, done)
    ledger.enter(rows, shelf)
    waiting = ledger.waiting()
    work = partial(make, shelf, out.resolve() if shared_disk else None)
    try:
        for made in run_all(_batches(waiting, workers), work, open_pool):
            ledger.take(made)
    finally:
        folder.stop()
    entries = ledger.in_order()
    return BulkResult(entries, folder.close(entries), folder.others(ledger.rows_of))


class _Ledger:
    """What each row asks for and what became of it; rows that say the same share a sheet."""

    def __init__(self, folder: Folder, words: Words, done: Callable[[int], None]) -> None:
        self.rows_of: dict[str, list[int]] = {}
        self._jobs: dict[str, Job] = {}
        self._entries: dict[int, Entry] = {}
        self._folder = folder
        self._words = words
        self._done = done

    def enter(self, rows: Sequence[Row], shelf: Shelf) -> None:
        """Take in the rows; one that asks for no sheet has failed already."""
        for row in rows:
            try:
                job = job_of(row, shelf)
            except Problem as problem:
                self._fail([row.number], problem)
            else:
                self._jobs[job.file] = job
                self.rows_of.setdefault(job.file, []).append(row.number)

    def waiting(self) -> list[Job]:
        """The sheets that are not there yet, or not whole."""
        to_make = []
        for file, job in self._jobs.items():
            if seal := self._folder.kept(file):
                self._ready(job, Status.KEPT, seal)
            else:
                to_make.append(job)
        return to_make

    def take(self, made: Made) -> None:
        """Note a sheet that a worker is done with; one that it handed back is written here."""
        if made.fault is not None:
            self._fail(self.rows_of[made.file], made.fault)
            return
        if made.content:
            self._folder.put(made.file, made.content)
        self._folder.seal(made.file, made.seal)
        self._ready(self._jobs[made.file], Status.MADE, made.seal)

    def in_order(self) -> tuple[Entry, ...]:
        return tuple(self._entries[number] for number in sorted(self._entries))

    def _ready(self, job: Job, status: Status, seal: str) -> None:
        numbers = self.rows_of[job.file]
        for number in numbers:
            topic, language = job.request.topic, job.request.language
            self._entries[number] = Entry(number, status, topic, language, job.file, seal)
        self._done(len(numbers))

    def _fail(self, numbers: Sequence[int], problem: Problem) -> None:
        """Note why a sheet failed, in words in which nothing like a CPR number is left."""
        reason = mask_cpr(self._words.problem(problem))
        for number in numbers:
            self._entries[number] = Entry(number, Status.FAILED, reason=reason)
        self._done(len(numbers))


def _batches(jobs: Sequence[Job], workers: int) -> Iterator[Batch]:
    size = max(1, min(LARGEST_BATCH, len(jobs) // (_SPREAD * max(1, workers))))
    for start in range(0, len(jobs), size):
        yield tuple(jobs[start : start + size])
