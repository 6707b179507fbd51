"""The tick: it works when woken, never twice at a time, and outlives a failure."""

from __future__ import annotations

import threading

import pytest
import time_machine

from scheduler.clock import Ticking, start_ticking


def test_it_works_at_once_and_again_when_woken() -> None:
    worked = threading.Semaphore(0)
    ticking = start_ticking(worked.release, 3600)
    assert worked.acquire(timeout=5)
    ticking.wake()
    assert worked.acquire(timeout=5)
    ticking.stop()


def test_it_ticks_by_itself() -> None:
    worked = threading.Semaphore(0)
    ticking = start_ticking(worked.release, 0.05)
    assert all(worked.acquire(timeout=5) for _ in range(3))
    ticking.stop()


def test_being_woken_while_it_works_makes_it_work_once_more_and_not_at_the_same_time() -> None:
    at_once: list[int] = []
    working, go_on, done = threading.Event(), threading.Event(), threading.Semaphore(0)
    running = threading.Semaphore(1)

    def work() -> None:
        at_once.append(running.acquire(blocking=False))
        working.set()
        go_on.wait(5)
        running.release()
        done.release()

    ticking = start_ticking(work, 3600)
    assert working.wait(5)
    for _ in range(5):
        ticking.wake()
    go_on.set()
    assert done.acquire(timeout=5)
    assert done.acquire(timeout=5)
    ticking.stop()
    assert at_once == [True, True]


def test_a_failure_is_logged_and_the_next_tick_works(caplog: pytest.LogCaptureFixture) -> None:
    worked = threading.Semaphore(0)

    def fail() -> None:
        worked.release()
        raise LookupError("nothing there")

    ticking = start_ticking(fail, 3600)
    assert worked.acquire(timeout=5)
    ticking.wake()
    assert worked.acquire(timeout=5)
    ticking.stop()
    assert "nothing there" in caplog.text


def test_a_pause_between_two_posts_ends_when_it_is_stopped() -> None:
    ticking = Ticking(lambda: ticking.pause(3600), 3600)
    ticking.start()
    ticking.stop(seconds=5)
    assert not any(thread.name == "dispatch" for thread in threading.enumerate())


def test_a_clock_that_is_set_back_two_hours_stops_no_tick() -> None:
    worked = threading.Semaphore(0)
    with time_machine.travel("2026-10-25T02:30:00+01:00", tick=True) as clock:
        ticking = start_ticking(worked.release, 0.2)
        assert all(worked.acquire(timeout=5) for _ in range(3))
        clock.shift(-7200)
        assert all(worked.acquire(timeout=5) for _ in range(6))
        ticking.stop()
