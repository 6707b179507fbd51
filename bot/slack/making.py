"""What is left of a form once Slack has its answer: worked off beside the rest, two at a time."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

AT_ONCE = 2
"""A handout is made in milliseconds; its files take Slack a second or two."""


class Making:
    """Threads that end with their process: what is not begun when it ends is not begun any more,
    and whoever waits for it is told by the next process (`Counter` keeps a note)."""

    def __init__(self) -> None:
        self._left: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._leaving = threading.Event()
        self._threads: list[threading.Thread] = []

    def later(self, act: Callable[[], None]) -> None:
        """Do it soon, in another thread; `act` lets nothing out."""
        if not self._threads:
            self._threads = [
                threading.Thread(target=self._work, name="form", daemon=True)
                for _ in range(AT_ONCE)
            ]
            for thread in self._threads:
                thread.start()
        self._left.put(act)

    def leave(self) -> None:
        """Begin nothing more."""
        self._leaving.set()
        for _ in self._threads:
            self._left.put(None)

    def stop(self, seconds: float) -> None:
        """Wait for what is under way, at most so long."""
        self.leave()
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (act := self._left.get()) is not None and not self._leaving.is_set():
            act()
