"""APScheduler ticks, and nothing more: no job is stored, none can be lost; rows say what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)


class Ticking:
    """A thread that works each time it is woken: by the tick, or at once by `wake`.

    However often it is woken while it works, it works once more, never twice at a time.
    """

    def __init__(self, function: Callable[[], object], seconds: float) -> None:
        self._function = function
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

    def stop(self, seconds: float = 15.0) -> None:
        """Stop ticking and wait for the work under way; nothing when it was never started."""
        if not self._thread.is_alive():
            return
        self._scheduler.shutdown(wait=False)
        self._leaving.set()
        self._woken.set()
        self._thread.join(seconds)

    def _work(self) -> None:
        while self._woken.wait() and not self._leaving.is_set():
            self._woken.clear()
            try:
                self._function()
            except Exception:  # the next tick tries again; the rows are still there
                log.exception("the tick failed")


def start_ticking(function: Callable[[], object], seconds: float) -> Ticking:
    """Call `function` now and every `seconds`, and whenever the result is woken."""
    ticking = Ticking(function, seconds)
    ticking.start()
    return ticking
