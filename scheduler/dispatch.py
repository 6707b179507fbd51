"""Each tick: what is due goes into the outbox, and the outbox goes out: once, whatever dies.

Claim with a lease → look for an earlier try's post when one may have been made → post → record.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from scheduler import store_nudges
from scheduler.dialect import Database, Tx
from scheduler.gathering import Gathering, sort
from scheduler.nudges import GATHERED, KIND, Nudge, gathered_key
from scheduler.outbox import Channel, Outbox, Outgoing
from scheduler.plans import Plan
from scheduler.sending import Report, Sending, Stopwatch, Timings
from scheduler.store import to_ms
from scheduler.store_outbox import last_restore
from scheduler.store_reader import NudgeReader

log = logging.getLogger(__name__)
Compose = Callable[[Nudge], Outgoing]


class _TakenByAnother(Exception):
    """A second process was first with one of a group: the group is sorted anew."""


def tick(
    database: Database,
    channel: Channel,
    compose: Compose,
    now: datetime,
    *,
    plans: Mapping[str, Plan],
    gathering: Gathering | None = None,
    timings: Timings | None = None,
    watch: Stopwatch | None = None,
) -> Report:
    """Queue the nudges that are due at `now` (aware UTC), then send what is ready.

    Each nudge has its own post unless `gathering` says otherwise. `watch` measures and waits
    between two posts to one channel; real time unless told otherwise.
    Raises StoreFailed when the database does not answer.
    """
    timings = timings or Timings()
    sending = Sending(database, channel, timings, watch or Stopwatch())
    queued = queue_due(database, compose, to_ms(now), plans, gathering=gathering, timings=timings)
    return replace(sending.run(now), queued=queued)


def queue_due(
    database: Database,
    compose: Compose,
    now_ms: int,
    plans: Mapping[str, Plan],
    *,
    timings: Timings,
    gathering: Gathering | None = None,
    limit: int = 500,
) -> int:
    """Move every due nudge into the outbox, in the transaction that takes it; how many posts."""
    reader, queued = NudgeReader(plans), 0
    while True:
        with database.read() as tx:
            now_ms = tx.clock_ms(now_ms)
            due = reader.due(tx, now_ms, timings.late, limit)
            restored_ms = last_restore(tx) if due else 0
        found = sort(due, gathering)
        cards = [(nudge, _card(compose, nudge)) for nudge in found.alone]
        later_ms = now_ms + timings.longest_retry
        queued += _queue_each(database, cards, restored_ms, later_ms)
        if gathering:
            for nudges in found.together:
                queued += _queue_together(database, gathering, nudges, restored_ms, later_ms)
            _hold(database, tuple((nudge, to_ms(opens)) for nudge, opens in found.later))
        if len(due) < limit:
            return queued


def _queue_each(
    database: Database,
    cards: list[tuple[Nudge, Outgoing | None]],
    restored_ms: int,
    later_ms: int,
) -> int:
    if not cards:
        return 0
    made = {nudge.id: (nudge, card) for nudge, card in cards if card is not None}
    with database.write() as tx:
        for nudge, card in cards:
            if card is None:
                store_nudges.try_later(tx, nudge, later_ms)
        taken = store_nudges.queue(tx, [nudge for nudge, _ in made.values()])
        mine = [made[one] for one in made if one in taken]
        queued = 0
        for look in (False, True):
            posts = [card for nudge, card in mine if _may_stand(nudge, restored_ms) is look]
            queued += Outbox().put_all(tx, posts, look=look)
        return queued


def _may_stand(nudge: Nudge, restored_ms: int) -> bool:
    """Whether its post may have been made before the store was restored from a copy."""
    return nudge.due is not None and to_ms(nudge.due) < restored_ms


def _queue_together(
    database: Database,
    gathering: Gathering,
    nudges: tuple[Nudge, ...],
    restored_ms: int,
    later_ms: int,
) -> int:
    """One post for all of them, or nothing is changed: a post shows exactly what it stands for."""
    card = _gathered(gathering, nudges)
    if card is None:
        _hold(database, tuple((nudge, later_ms) for nudge in nudges))
        return 0
    look = any(_may_stand(nudge, restored_ms) for nudge in nudges)
    try:
        with database.write() as tx:
            _take_all(tx, nudges, card.key)
            return int(Outbox().put(tx, card, look=look))
    except _TakenByAnother:
        return 0


def _take_all(tx: Tx, nudges: tuple[Nudge, ...], key: str) -> None:
    if len(store_nudges.queue(tx, nudges, key)) < len(nudges):
        raise _TakenByAnother
    store_nudges.remember_gathered(tx, key, {nudge.case_id for nudge in nudges})


def _hold(database: Database, later: tuple[tuple[Nudge, int], ...]) -> None:
    if later:
        with database.write() as tx:
            for nudge, ready_ms in later:
                store_nudges.try_later(tx, nudge, ready_ms)


def _gathered(gathering: Gathering, nudges: tuple[Nudge, ...]) -> Outgoing | None:
    try:
        card = gathering.compose(nudges)
    except Exception:  # one bad card must not hold up the others
        log.exception("no card for nudges %s", ", ".join(nudge.id for nudge in nudges))
        return None
    due = [to_ms(nudge.due) for nudge in nudges if nudge.due]
    return replace(card, key=gathered_key(nudges[0]), kind=GATHERED, due_ms=min(due, default=None))


def _card(compose: Compose, nudge: Nudge) -> Outgoing | None:
    """The nudge's post under its own key; None when its card cannot be made, which is logged."""
    try:
        card = compose(nudge)
    except Exception:  # one bad card must not hold up the others
        log.exception("no card for nudge %s", nudge.id)
        return None
    due_ms = to_ms(nudge.due) if nudge.due and not nudge.raised else None
    return replace(card, key=nudge.key, kind=KIND, about=nudge.case_id, due_ms=due_ms)
