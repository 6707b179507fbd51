"""Batches and the workers that do them: each job is done, or named as what kills its worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

import pytest

from bot.actions.handouts import HandoutRequest
from bot.bulk.jobs import Job, Made
from bot.bulk.pools import OpenPool, Pool
from bot.bulk.running import MOST_LOSSES, TRIES, Batch, run_all
from bot.errors import BotError


def job(name: str) -> Job:
    return Job(name, ".html", HandoutRequest("atp", "da"))


def batches(*names: str) -> list[Batch]:
    return [tuple(job(letter) for letter in name) for name in names]


def make(batch: Batch) -> tuple[Made, ...]:
    return tuple(Made(one.file, one.file.encode()) for one in batch)


class Fragile(Executor):
    """Does the work at once; breaks for good, as a process pool does, when `kills` says so."""

    def __init__(self, kills: Callable[[Batch], bool]) -> None:
        self.kills = kills
        self.broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.broken:
            raise BrokenProcessPool
        future: Future[Any] = Future()
        if self.kills(args[0]):
            self.broken = True
            future.set_exception(BrokenProcessPool("killed"))
        else:
            try:
                future.set_result(fn(*args, **kwargs))
            except BotError as error:
                future.set_exception(error)
        return future


def fragile(kills: Callable[[Batch], bool], opened: list[Fragile]) -> OpenPool:
    @contextmanager
    def open_pool() -> Iterator[Pool]:
        opened.append(Fragile(kills))
        yield Pool(opened[-1], 2)

    return open_pool


def test_every_job_is_done_once_when_nobody_dies() -> None:
    opened: list[Fragile] = []
    made = list(run_all(batches("ab", "cd", "e"), make, fragile(lambda _: False, opened)))
    assert Counter(one.file for one in made) == Counter("abcde")
    assert len(opened) == 1


def test_a_worker_that_is_killed_now_and_then_costs_nothing() -> None:
    opened: list[Fragile] = []
    calls = iter(range(10_000))
    now_and_then = fragile(lambda _: next(calls) % 4 == 2, opened)
    made = list(
        run_all(batches(*["abcdefgh"[n : n + 2] for n in range(0, 8, 2)]), make, now_and_then)
    )
    assert Counter(one.file for one in made) == Counter("abcdefgh")
    assert [one for one in made if one.fault] == []
    assert len(opened) > 1


def test_a_job_that_always_kills_its_worker_is_named_and_no_other_is_blamed() -> None:
    opened: list[Fragile] = []
    poison = fragile(lambda batch: any(one.file == "c" for one in batch), opened)
    made = {one.file: one for one in run_all(batches("ab", "cd", "ef", "gh"), make, poison)}
    assert set(made) == set("abcdefgh")
    assert [file for file, one in made.items() if one.fault] == ["c"]
    assert str(TRIES) in str(made["c"].fault)


def test_workers_that_only_die_end_the_run_with_the_reason() -> None:
    opened: list[Fragile] = []
    with pytest.raises(BotError, match="BrokenProcessPool: killed"):
        list(run_all(batches(*"abcdefghijklmnop"), make, fragile(lambda _: True, opened)))
    assert len(opened) <= MOST_LOSSES + 1


def test_a_refusal_of_all_work_ends_the_run() -> None:
    def refuse(_: Batch) -> tuple[Made, ...]:
        raise BotError("Arbejderen har en anden udgave af Brobygger.")

    with pytest.raises(BotError, match="anden udgave"):
        list(run_all(batches("ab", "cd"), refuse, fragile(lambda _: False, [])))


def test_no_pool_is_opened_for_no_work() -> None:
    opened: list[Fragile] = []
    assert list(run_all([], make, fragile(lambda _: False, opened))) == []
    assert opened == []
