"""What has been kept as long as config.toml says is erased, a little at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import clock
from bot.clock import COPENHAGEN
from bot.desk import pending, sessions
from bot.stores import departures, leftovers, question_log, reply_log
from scheduler import store_retention
from scheduler.clock import Ticking, start_ticking
from scheduler.dialect import Tx
from scheduler.errors import StoreFailed
from scheduler.store import to_ms
from scheduler.store_endings import erase_run

if TYPE_CHECKING:
    from bot.app import App

log = logging.getLogger(__name__)
ROWS = 200
RUNS = 10
EVENTS_DAYS = 30
"""How long an event is known again, and a thread may go on."""
_EVERY = timedelta(hours=1)
_LOOK_SECONDS = 60.0
_MONTH = timedelta(days=30.44)
_DAY = timedelta(days=1)

Step = Callable[[Tx], int]
"""Erases some rows, at most as many as it was made for; how many it erased."""


class Clearing:
    """Erases what is over its time once an hour, a batch at each `look` until all is gone.

    Each batch is a transaction of its own and a short one, so nobody waits for it; several
    processes may clear one store at once.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._done: datetime | None = None

    def look(self, now: datetime) -> int:
        """Erase one batch of each kind, unless all was gone within the hour; how many rows.

        A store that does not answer is left for an hour: nothing else must stop for it.
        """
        if self._done is not None and abs(now - self._done) < _EVERY:
            return 0
        try:
            erased, more = clear_some(self._app, now)
        except StoreFailed as failed:
            log.warning("what is over its time was not erased: %s", failed)
            erased, more = 0, False
        self._done = None if more else now
        return erased


@contextmanager
def clearing(app: App) -> Iterator[Ticking]:
    """A thread that erases what is over its time, until the block ends."""
    cleaner = Clearing(app)
    ticking = start_ticking(lambda: cleaner.look(clock.now()), _LOOK_SECONDS)
    try:
        yield ticking
    finally:
        ticking.stop()


def clear_old(app: App, now: datetime) -> int:
    """Erase everything that is over its time at `now`, batch after batch; how many rows."""
    total, more = 0, True
    while more:
        erased, more = clear_some(app, now)
        total += erased
    return total


def clear_some(app: App, now: datetime, rows: int = ROWS, runs: int = RUNS) -> tuple[int, bool]:
    """One batch of each kind, each in its own transaction: how many rows (a run counts as one),
    and whether there may be more. Raises StoreFailed."""
    erased = _runs(app, now, runs)
    more = erased == runs
    for step in (*_of_follow_ups(app, now, rows), *_of_doors(app, now, rows)):
        with app.database.write() as tx:
            count = step(tx)
        erased += count
        more |= count >= rows
    return erased, more


def _runs(app: App, now: datetime, most: int) -> int:
    """Runs that ended, or that nobody has touched, as long ago; each in its own transaction."""
    before_ms = to_ms(now - app.config.followups.retention.ended_cases_months * _MONTH)
    for count in range(most):
        with app.database.write() as tx:
            case_id = store_retention.ended_run(tx, before_ms)
            case_id = case_id or store_retention.abandoned_run(tx, before_ms)
            if case_id is None:
                return count
            erase_run(tx, case_id, to_ms(now))
    return most


def _of_follow_ups(app: App, now: datetime, most: int) -> tuple[Step, ...]:
    kept = app.config.followups.retention
    openings = now - kept.openings_days * _DAY
    day = openings.astimezone(COPENHAGEN).date()
    audit_ms = to_ms(now - kept.audit_months * _MONTH)
    posts_ms = to_ms(now - kept.posts_days * _DAY)
    return (
        partial(store_retention.forget_posts, before_ms=posts_ms, most=most),
        partial(store_retention.forget_gathered, most=most),
        partial(store_retention.forget_traces, before_ms=audit_ms, most=most),
        partial(store_retention.forget_openings, before_ms=to_ms(openings), before=day, most=most),
        partial(store_retention.forget_pace, before_ms=to_ms(now - _DAY), most=most),
    )


def _of_doors(app: App, now: datetime, most: int) -> tuple[Step, ...]:
    kept = app.config.followups.retention
    asked_ms = to_ms(now - kept.questions_days * _DAY)
    return (
        partial(question_log.forget_questions, before_ms=asked_ms, most=most),
        partial(reply_log.forget_replies, before_ms=asked_ms, most=most),
        partial(leftovers.forget_events, before_ms=to_ms(now - EVENTS_DAYS * _DAY), most=most),
        partial(leftovers.forget_sent_to_experts, most=most),
        partial(
            leftovers.end_visits,
            seen_before=to_ms(now - sessions.IDLE),
            began_before=to_ms(now - sessions.LONGEST),
            left_before=to_ms(now - pending.LONGEST),
        ),
        partial(_of_leavers, app, now),
    )


def _of_leavers(app: App, now: datetime, tx: Tx) -> int:
    """The choices of people who left config.toml. A configuration without anybody is a mistake,
    not a municipality that everybody left."""
    if not len(app.config.people):
        return 0
    kept = app.config.followups.retention
    departures.notice(tx, app.config.people.ids, to_ms(now))
    gone = departures.forget_choices(tx, to_ms(now - kept.leavers_days * _DAY))
    # As long as a backup may bring the choices back, and a day more.
    until = (kept.leavers_days + kept.backups_days + 1) * _DAY
    return gone + departures.forget_departures(tx, to_ms(now - until))
