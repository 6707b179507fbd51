"""Making handouts by the thousand: from the rows of a CSV file to a folder with its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    rows are ready, as they get ready. A row that cannot be made is in the
    manifest with its reason, and keeps no other from being made. Raises BotError when the folder
    cannot be written or no worker works; what was made by then stays, and is kept the next time.
    """
    folder = Folder(out)
    entries: dict[int, Entry] = {}
    wanted: dict[str, list[int]] = {}
    jobs: dict[str, Job] = {}
    for row in rows:
        try:
            job = job_of(row, shelf)
        except Problem as problem:
            entries[row.number] = _failed(row.number, problem, words)
        else:
            jobs[job.file] = job
            wanted.setdefault(job.file, []).append(row.number)
    done(len(entries))
    to_make = []
    for file, job in jobs.items():
        if seal := folder.kept(file):
            entries |= _entries(wanted[file], Status.KEPT, job, seal)
            done(len(wanted[file]))
        else:
            to_make.append(job)
    work = partial(make, shelf, out.resolve() if shared_disk else None)
    try:
        for made in run_all(_batches(to_make, workers), work, open_pool):
            entries |= _taken(made, jobs[made.file], wanted[made.file], folder, words)
            done(len(wanted[made.file]))
    finally:
        folder.stop()
    ordered = tuple(entries[number] for number in sorted(entries))
    return BulkResult(ordered, folder.close(ordered), folder.others(wanted))


def _taken(
    made: Made, job: Job, numbers: Sequence[int], folder: Folder, words: Words
) -> Mapping[int, Entry]:
    """The rows of a sheet that a worker is done with; a file it handed back is written here."""
    if made.fault is not None:
        return {number: _failed(number, made.fault, words) for number in numbers}
    if made.content:
        folder.put(made.file, made.content)
    folder.seal(made.file, made.seal)
    return _entries(numbers, Status.MADE, job, made.seal)


def _entries(numbers: Sequence[int], status: Status, job: Job, seal: str) -> dict[int, Entry]:
    topic, language = job.request.topic, job.request.language
    return {number: Entry(number, status, topic, language, job.file, seal) for number in numbers}


def _failed(number: int, problem: Problem, words: Words) -> Entry:
    """The row with its reason, in which nothing like a CPR number is left."""
    return Entry(number, Status.FAILED, reason=mask_cpr(words.problem(problem)))


def _batches(jobs: Sequence[Job], workers: int) -> Iterator[Batch]:
    size = max(1, min(LARGEST_BATCH, len(jobs) // (_SPREAD * max(1, workers))))
    for start in range(0, len(jobs), size):
        yield tuple(jobs[start : start + size])
