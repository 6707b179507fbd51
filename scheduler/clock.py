"""APScheduler ticks, and nothing more: no job is stored, none can be lost; rows say what is due."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.errors import SchedulerError

log = logging.getLogger(__name__)

TOLD_AGAIN_SECONDS = 3_600.0
"""A failure that lasts is told when it begins, once an hour, and when it is over."""


class Ticking:
    """A thread that works each time it is woken: by the tick, or at once by `wake`.

    However often it is woken while it works, it works once more, never twice at a time.
    """

    def __init__(self, function: Callable[[], object], seconds: float) -> None:
        self._function = function
        self._longest = 2 * seconds
        self._trouble = Trouble()
        self._woken = threading.Event()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._work, name="dispatch", daemon=True)
        self._scheduler = BackgroundScheduler(timezone="UTC", daemon=True)
        self._scheduler.add_job(
            self.wake,
            "interval",
            seconds=seconds,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Work once now, then at each tick."""
        self._thread.start()
        self._scheduler.start()
        self.wake()

    @property
    def alive(self) -> bool:
        """Whether it was started and still works."""
        return self._thread.is_alive()

    def wake(self) -> None:
        """Let it work now; safe from any thread, after a commit that filled the outbox."""
        self._woken.set()

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until it is stopped: for the work between two posts."""
        self._leaving.wait(seconds)

    @property
    def leaving(self) -> bool:
        """Whether it was told to end: for work that goes on for long."""
        return self._leaving.is_set()

    def leave(self) -> None:
        """Stop ticking, without waiting for the work under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._leaving.set()
        self._woken.set()

    def stop(self, seconds: float = 15.0) -> None:
        """Stop ticking and wait for the work under way; nothing when it was never started."""
        if not self._thread.is_alive():
            return
        self.leave()
        self._thread.join(max(0.0, seconds))

    def _work(self) -> None:
        while not self._leaving.is_set():
            # APScheduler goes by the time of day: set back two hours, it would wake us in two.
            self._woken.wait(self._longest)
            if self._leaving.is_set():
                return
            self._woken.clear()
            try:
                self._function()
            except Exception as error:  # noqa: BLE001 - the next tick tries again
                self._trouble.met(error)
            else:
                self._trouble.over()


class Trouble:
    """What goes wrong at every tick, told once: a disk that is full stays full for hours.

    A refusal of the store is one sentence; anything else brings its traceback along.
    """

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._said = ""
        self._told = 0.0
        self._failures = 0

    def met(self, error: Exception) -> bool:
        """It failed; whether that was told now."""
        said = f"{type(error).__name__}: {error}"
        self._failures += 1
        now = self._elapsed()
        if said == self._said and now - self._told < TOLD_AGAIN_SECONDS:
            return False
        self._said, self._told = said, now
        if isinstance(error, SchedulerError):
            log.error("the tick failed: %s", error)
        else:
            log.error("the tick failed", exc_info=error)
        return True

    def over(self) -> bool:
        """It worked; whether that is news."""
        failures, self._failures, self._said = self._failures, 0, ""
        if failures:
            log.warning("the tick works again, after %d that failed", failures)
        return failures > 0


def start_ticking(function: Callable[[], object], seconds: float) -> Ticking:
    """Call `function` now and every `seconds`, and whenever the result is woken."""
    ticking = Ticking(function, seconds)
    ticking.start()
    return ticking
