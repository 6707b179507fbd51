"""Each tick: what is due goes into the outbox, and the outbox goes out: once, whatever dies.

Claim with a lease → look for an earlier try's post when one may have been made → post → record.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from scheduler import store_nudges
from scheduler.dialect import Database
from scheduler.nudges import KIND, Nudge
from scheduler.outbox import Channel, Outbox, Outgoing
from scheduler.plans import Plan
from scheduler.sending import Report, Sending, Stopwatch, Timings
from scheduler.store import to_ms
from scheduler.store_reader import NudgeReader

log = logging.getLogger(__name__)
Compose = Callable[[Nudge], Outgoing]


def tick(
    database: Database,
    channel: Channel,
    compose: Compose,
    now: datetime,
    *,
    plans: Mapping[str, Plan],
    timings: Timings | None = None,
    watch: Stopwatch | None = None,
) -> Report:
    """Queue the nudges that are due at `now` (aware UTC), then send what is ready.

    `watch` measures and waits between two posts to one channel; real time unless told otherwise.
    Raises StoreFailed when the database does not answer.
    """
    timings = timings or Timings()
    queued = queue_due(database, compose, to_ms(now), plans, timings=timings)
    sending = Sending(database, channel, timings, watch or Stopwatch())
    return replace(sending.run(now), queued=queued)


def queue_due(
    database: Database,
    compose: Compose,
    now_ms: int,
    plans: Mapping[str, Plan],
    *,
    timings: Timings,
    limit: int = 200,
) -> int:
    """Move every due nudge into the outbox, each in the transaction that takes it; how many."""
    reader, outbox, queued = NudgeReader(plans), Outbox(), 0
    while True:
        with database.read() as tx:
            now_ms = tx.clock_ms(now_ms)
            due = reader.due(tx, now_ms, timings.late, limit)
        cards = [(nudge, _card(compose, nudge)) for nudge in due]
        with database.write() as tx:
            for nudge, card in cards:
                if card is None:
                    store_nudges.try_later(tx, nudge, now_ms + timings.longest_retry)
                elif store_nudges.queue(tx, nudge):
                    queued += outbox.put(tx, card)
        if len(due) < limit:
            return queued


def _card(compose: Compose, nudge: Nudge) -> Outgoing | None:
    """The nudge's post under its own key; None when its card cannot be made, which is logged."""
    try:
        card = compose(nudge)
    except Exception:  # one bad card must not hold up the others
        log.exception("no card for nudge %s", nudge.id)
        return None
    due_ms = to_ms(nudge.due) if nudge.due and not nudge.raised else None
    return replace(card, key=nudge.key, kind=KIND, about=nudge.case_id, due_ms=due_ms)
