from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from messages.catalog_checks import check_work
from messages.library import load_library
from messages.translations import Work


def _best_of(tries: int, work: Callable[[], object]) -> float:
    """The least processor time of several tries, in seconds: what the work itself takes."""
    taken = []
    for _ in range(tries):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def test_all_catalogs_are_read_at_start_up_within_150_ms() -> None:
    def read() -> None:
        library = load_library()
        start = time.process_time()
        for catalogs in (library.handout, library.staff):
            for code in catalogs:
                assert catalogs[code].language == code
        took.append(time.process_time() - start)

    took: list[float] = []
    for _ in range(5):
        read()
    assert min(took) < 0.150


def test_eight_full_languages_are_checked_within_two_seconds(shipped: dict[str, Work]) -> None:
    arabic = shipped["ar"]
    words = {entry.source: entry.words for entry in arabic.entries}
    full = [
        replace(
            work,
            entries=tuple(replace(e, words=words[e.source], fuzzy=False) for e in work.entries),
        )
        for work in shipped.values()
    ]
    assert _best_of(3, lambda: [list(check_work(work)) for work in full]) < 2.0
