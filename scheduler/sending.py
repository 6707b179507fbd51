"""What is ready in the outbox goes out: claimed, looked for, posted, recorded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler import store_nudges, store_outbox, store_pace
from scheduler.copies import remove_copies, remove_copy
from scheduler.dialect import Database
from scheduler.errors import PostFailed
from scheduler.outbox import Channel, Posted
from scheduler.store import to_ms
from scheduler.store_outbox import Claim

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timings:
    """All in milliseconds. `lease` must be longer than `post`, the time that a post may take."""

    lease: int = 60_000
    post: int = 15_000
    settle: int = 30_000  # until the other side's history shows a post whose answer was lost
    retry: int = 60_000  # after a failure that certainly posted nothing
    longest_retry: int = 900_000
    pace: int = 1_000  # Slack: one message a second a channel
    late: int = 3_600_000
    janitor: int = 120_000
    last_look: int = 270_000  # by then a copy that a frozen process made is gone
    work: int = 30_000  # how long one tick goes on
    batch: int = 5


@dataclass(frozen=True)
class Report:
    """What one tick did. `halted`: why nothing can be posted until a person acts, or None."""

    queued: int = 0
    sent: int = 0
    put_back: int = 0
    dead: int = 0
    copies_removed: int = 0
    halted: PostFailed | None = None


@dataclass(frozen=True)
class Stopwatch:
    """elapsed: seconds since any moment, by a clock that nobody sets; pause: waits seconds; over:
    whether the process is told to end, so that nothing more is begun."""

    elapsed: Callable[[], float] = time.monotonic
    pause: Callable[[float], object] = time.sleep
    over: Callable[[], bool] = lambda: False


class Sending:
    """Sends what is ready, for one tick. Several may run at once, in one process or many."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        timings: Timings,
        watch: Stopwatch,
    ) -> None:
        self._database = database
        self._channel = channel
        self._timings = timings
        self._watch = watch
        self._began = 0.0
        self._began_ms = 0
        self._report = Report()

    def run(self, now: datetime) -> Report:
        """Send until nothing is ready soon, the tick's time is used up, or all posting stops."""
        with self._database.write() as tx:
            self._began, self._began_ms = self._watch.elapsed(), tx.clock_ms(to_ms(now))
            longest = max(self._timings.lease, self._timings.longest_retry)
            store_pace.mend_clock(tx, self._began_ms, longest)
        end = self._began_ms + self._timings.work
        while self._report.halted is None and self._now() < end and not self._watch.over():
            claims = self._claims()
            if not claims and not self._wait_for_more(end):
                break
            for claim in claims:
                self._deliver(claim)
        if self._report.halted is None and not self._watch.over():
            removed = remove_copies(
                self._database,
                self._channel,
                self._now(),
                retry_ms=self._timings.retry,
                last_look_ms=self._timings.last_look,
            )
            self._report = replace(
                self._report, copies_removed=self._report.copies_removed + removed
            )
        return self._report

    def _now(self) -> int:
        return self._began_ms + round((self._watch.elapsed() - self._began) * 1000)

    def _claims(self) -> tuple[Claim, ...]:
        with self._database.write() as tx:
            return store_outbox.claim(
                tx,
                self._now(),
                lease_ms=self._timings.lease,
                pace_ms=self._timings.pace,
                late_ms=self._timings.late,
                limit=self._timings.batch,
            )

    def _wait_for_more(self, end_ms: int) -> bool:
        """Wait for a channel's next second; False when nothing comes soon."""
        now_ms = self._now()
        soon = min(end_ms, now_ms + 2 * self._timings.pace)
        with self._database.read() as tx:
            ready = store_outbox.next_ready(tx, soon)
        if ready is None or ready > soon:
            return False
        self._watch.pause(max(ready - now_ms, 1) / 1000)
        return True

    def _deliver(self, claim: Claim) -> None:
        if self._report.halted or self._watch.over() or not self._in_time(claim):
            self._put_back(claim, self._now(), sure=True, problem=None)
            return
        posting = False
        try:
            posted = self._channel.find(claim.outgoing) if claim.look_first else None
            if posted is None and not self._in_time(claim):
                self._put_back(claim, self._now(), sure=True, problem=None)
                return
            posting = posted is None
            posted = posted or self._channel.post(claim.outgoing)
        except PostFailed as failure:
            self._failed(claim, failure, posting=posting)
        except Exception:  # whatever the other side sent: look before trying again
            log.exception("post %s", claim.outgoing.key)
            self._failed(claim, PostFailed("?", unsure=True), posting=posting)
        else:
            self._arrived(claim, posted)

    def _in_time(self, claim: Claim) -> bool:
        """Whether a post that starts now ends before anybody else may claim the row."""
        return self._now() + self._timings.post < claim.until_ms

    def _failed(self, claim: Claim, failure: PostFailed, *, posting: bool) -> None:
        problem = str(failure)
        unsure = failure.unsure and posting
        if failure.stops_all:
            self._report = replace(self._report, halted=failure)
        elif failure.permanent:
            with self._database.write() as tx:
                if store_outbox.bury(tx, claim.outgoing.key, claim.attempt, problem, self._now()):
                    store_nudges.undeliverable(tx, claim.outgoing.key)
                    self._report = replace(self._report, dead=self._report.dead + 1)
            return
        wait = self._wait_after(failure, claim.attempt, unsure=unsure)
        self._put_back(claim, self._now() + wait, sure=not unsure, problem=problem)
        if failure.retry_after is not None:
            with self._database.write() as tx:
                store_pace.slow_down(tx, claim.outgoing.to, self._now() + wait)

    def _wait_after(self, failure: PostFailed, attempt: int, *, unsure: bool) -> int:
        timings = self._timings
        if unsure:
            return min(timings.settle * attempt, timings.longest_retry)
        if failure.retry_after is not None:
            return min(max(round(failure.retry_after * 1000), timings.pace), timings.longest_retry)
        return min(timings.retry * attempt, timings.longest_retry)

    def _put_back(self, claim: Claim, ready_ms: int, *, sure: bool, problem: str | None) -> None:
        key = claim.outgoing.key
        with self._database.write() as tx:
            ours = store_outbox.give_back(
                tx, key, claim.attempt, ready_ms, sure=sure, problem=problem
            )
            if not ours and not sure:  # another posted while we were frozen; ours may stand too
                store_outbox.look_again(tx, key, self._now() + self._timings.settle)
        self._report = replace(self._report, put_back=self._report.put_back + 1)

    def _arrived(self, claim: Claim, posted: Posted) -> None:
        """Record it; when another process recorded a post of its own first, ours is a copy."""
        key = claim.outgoing.key
        with self._database.write() as tx:
            now_ms = self._now()
            first = store_outbox.mark_sent(tx, key, posted, now_ms, now_ms + self._timings.janitor)
            if first:
                store_nudges.arrived(tx, key, posted, now_ms)
            kept = store_outbox.recorded(tx, key)
        if first:
            self._report = replace(self._report, sent=self._report.sent + 1)
        elif kept != posted:
            removed = remove_copy(
                self._database, self._channel, key, posted, self._now() + self._timings.retry
            )
            self._report = replace(
                self._report, copies_removed=self._report.copies_removed + removed
            )
