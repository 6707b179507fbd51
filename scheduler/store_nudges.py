"""The SQL of nudges. A change of state is a conditional update, checked by its row count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.dialect import AT_A_TIME, Tx, as_json, chunks
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Posted, PostState
from scheduler.store import to_ms

_DAY_MS = 86_400_000


@dataclass(frozen=True)
class Laid:
    """A step as it is to be stored: aware UTC moments, None while it waits."""

    step: str
    place: int
    state: NudgeState
    due: datetime | None
    raise_at: datetime | None


def add_nudges(tx: Tx, case_id: str, laid: Iterable[Laid]) -> None:
    """Keep the steps of a new run."""
    for one in laid:
        tx.run(
            "INSERT INTO nudges (id, case_id, step, place, state, due, ready, raise_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            f"{case_id}-{one.step}",
            case_id,
            one.step,
            one.place,
            one.state,
            *_times(one),
        )


def move_nudges(tx: Tx, case_id: str, laid: Iterable[Laid]) -> None:
    """Give the steps that have not gone out their new times; the others stay as they are.

    What was due and has not gone out yet, after an outage, is not passed because another date
    moved: it still comes.
    """
    for one in laid:
        due, ready, raise_at = _times(one)
        tx.run(
            "UPDATE nudges SET state = ?, due = ?, ready = ?, raise_at = ?"
            " WHERE case_id = ? AND step = ? AND round = 0"
            " AND state IN ('waiting', 'planned', 'passed')"
            " AND NOT (state = 'planned' AND due = CAST(? AS BIGINT)"
            " AND CAST(? AS TEXT) = 'passed')",
            one.state,
            due,
            ready,
            raise_at,
            case_id,
            one.step,
            due,
            one.state,
        )


def _times(one: Laid) -> tuple[int | None, int | None, int | None]:
    due = to_ms(one.due) if one.due else None
    raise_at = to_ms(one.raise_at) if one.raise_at else None
    return due, due if one.state is NudgeState.PLANNED else None, raise_at


def queue(tx: Tx, nudges: Sequence[Nudge], key: str = "") -> frozenset[str]:
    """Take due nudges for the post `key` in the outbox (each for its own when empty); the ids of
    those taken: another tick may have been first with some."""
    taken: set[str] = set()
    for raised in (False, True):
        mine = [nudge for nudge in nudges if nudge.raised is raised]
        for chunk in chunks(mine, AT_A_TIME):
            ids = as_json([(nudge.id, f"{nudge.id}:{nudge.round}") for nudge in chunk])
            own = () if raised else (key, key)
            sql = _RAISE if raised else _QUEUE
            taken.update(row["id"] for row in tx.rows(sql, *own, ids))
    return frozenset(taken)


def remember_gathered(tx: Tx, key: str, case_ids: Iterable[str]) -> None:
    """Keep which cases the post `key` shows: it must be found when one of them is erased, wherever
    its steps have gone by then."""
    for case_id in sorted(case_ids):
        tx.run(
            "INSERT INTO gathered (post, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            key,
            case_id,
        )


# Joined by id alone, the round compared after: `ready IS NOT NULL` would lead a planner with old
# statistics to the partial index, and a second IN to a scan of every planned row.
_QUEUE = (
    "UPDATE nudges SET state = 'queued', ready = NULL, post = CASE WHEN CAST(? AS TEXT) = ''"
    " THEN 'nudge:' || id || ':' || CAST(round AS TEXT) ELSE CAST(? AS TEXT) END"
    " FROM (SELECT {0} AS wanted, {1} AS of_round FROM {each}) AS one"
    " WHERE nudges.id = one.wanted"
    " AND nudges.id || ':' || CAST(nudges.round AS TEXT) = one.of_round"
    " AND coalesce(nudges.ready, -1) >= 0 AND nudges.state = 'planned' RETURNING id"
)
_RAISE = (
    "UPDATE nudges SET ready = NULL, raised = 1"
    " FROM (SELECT {0} AS wanted, {1} AS of_round FROM {each}) AS one"
    " WHERE nudges.id = one.wanted"
    " AND nudges.id || ':' || CAST(nudges.round AS TEXT) = one.of_round"
    " AND coalesce(nudges.ready, -1) >= 0 AND nudges.state = 'sent' RETURNING id"
)


def try_later(tx: Tx, nudge: Nudge, ready_ms: int) -> None:
    """Put off a nudge whose card could not be made, so that it does not hold up the others."""
    tx.run(
        "UPDATE nudges SET ready = ? WHERE id = ? AND round = ? AND coalesce(ready, -1) >= 0",
        ready_ms,
        nudge.id,
        nudge.round,
    )


def arrived(tx: Tx, key: str, posted: Posted, now_ms: int) -> None:
    """The post of that key has arrived; nothing happens when it belongs to no nudge.

    A nudge that waits for an answer becomes ready again when it is to be raised, but not within
    a day of having arrived late.
    """
    tx.run(
        "UPDATE nudges SET state = 'sent', channel = ?, ts = ?,"
        " ready = CASE WHEN raise_at IS NULL THEN NULL WHEN raise_at < ? THEN ? ELSE raise_at END"
        " WHERE post = ? AND state = 'queued'",
        posted.channel,
        posted.ts,
        now_ms + _DAY_MS,
        now_ms + _DAY_MS,
        key,
    )


def undeliverable(tx: Tx, key: str) -> None:
    """The post of that key is a dead letter."""
    tx.run("UPDATE nudges SET state = 'undelivered' WHERE post = ? AND state = 'queued'", key)


def mark_done(tx: Tx, nudge_id: str, by: str, now_ms: int, answer: str | None = None) -> bool:
    """Mark it done and withdraw a post that has not gone out; False when it was done or stopped
    already."""
    done = tx.run(
        "UPDATE nudges SET state = 'done', ready = NULL, done_by = ?, done_at = ?, answer = ?"
        " WHERE id = ? AND state NOT IN ('done', 'stopped')",
        by,
        now_ms,
        answer,
        nudge_id,
    )
    if done:
        withdraw(tx, nudge_id)
    return done == 1


def put_off(tx: Tx, nudge_id: str, due: datetime, raise_at: datetime | None) -> bool:
    """Plan it anew for `due`, as another round; False when it was done or stopped already."""
    withdraw(tx, nudge_id)
    return (
        tx.run(
            "UPDATE nudges SET state = 'planned', due = ?, ready = ?, raise_at = ?, raised = 0,"
            " round = round + 1, post = NULL WHERE id = ? AND state NOT IN ('done', 'stopped')",
            to_ms(due),
            to_ms(due),
            to_ms(raise_at) if raise_at else None,
            nudge_id,
        )
        == 1
    )


def detour(tx: Tx, key: str, now_ms: int) -> int:
    """Plan what that dead letter carried once more, for somebody else; how many nudges.

    Only once for each nudge: a second dead letter stays one.
    """
    return tx.run(
        "UPDATE nudges SET state = 'planned', ready = ?, detour = 1, round = round + 1, post = NULL"
        " WHERE post = ? AND state = 'undelivered' AND detour = 0",
        now_ms,
        key,
    )


def withdraw(tx: Tx, nudge_id: str) -> None:
    """Take back a post that certainly has not gone out; one on its way is left to the dispatch.

    Others that the post gathered are planned again, to go out without this one.
    """
    taken_back = tx.run(
        "UPDATE outbox SET state = ?, ready = NULL, text = '', blocks = '[]'"
        " WHERE key = (SELECT post FROM nudges WHERE id = ?) AND state = ? AND unsure = 0",
        PostState.WITHDRAWN,
        nudge_id,
        PostState.PENDING,
    )
    if taken_back:
        tx.run(
            "UPDATE nudges SET state = 'planned', ready = due, round = round + 1, post = NULL"
            " WHERE post = (SELECT post FROM nudges WHERE id = ?) AND id <> ? AND state = 'queued'",
            nudge_id,
            nudge_id,
        )
