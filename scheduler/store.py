"""The SQL of cases: one row a run of a plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from scheduler.cases import Case, CaseState
from scheduler.dialect import Row, Tx
from scheduler.outbox import PostState
from scheduler.plans import Anchor, Outcome


def to_ms(moment: datetime) -> int:
    """Integer UTC milliseconds of an aware moment."""
    return round(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The aware UTC moment of integer milliseconds."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def add_case(tx: Tx, case: Case) -> bool:
    """Keep a new run; False when its reference already has an open run of this plan."""
    return (
        tx.run(
            "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            case.id,
            case.reference,
            case.plan,
            case.owner,
            case.state,
            _json_days(case.anchors),
            json.dumps(case.without),
            to_ms(case.started),
        )
        == 1
    )


def open_cases(tx: Tx, reference: str | None = None) -> tuple[Case, ...]:
    """The open runs, of one reference or all, by reference and start."""
    where = "" if reference is None else " AND reference = ?"
    values = () if reference is None else (reference,)
    rows = tx.rows(
        f"SELECT * FROM cases WHERE state = 'open'{where} ORDER BY reference, started, id",  # noqa: S608 - a fixed clause
        *values,
    )
    return tuple(_case(row) for row in rows)


def known_references(tx: Tx) -> tuple[str, ...]:
    """The references with an open run, for a near miss."""
    rows = tx.rows("SELECT DISTINCT reference FROM cases WHERE state = 'open' ORDER BY reference")
    return tuple(row["reference"] for row in rows)


def set_anchors(tx: Tx, case: Case) -> bool:
    """Keep the run's dates; False when it ended meanwhile."""
    return (
        tx.run(
            "UPDATE cases SET anchors = ? WHERE id = ? AND state = 'open'",
            _json_days(case.anchors),
            case.id,
        )
        == 1
    )


def change_owner(tx: Tx, from_owner: str, to_owner: str) -> int:
    """Give the open runs of one owner to another; how many."""
    return tx.run(
        "UPDATE cases SET owner = ? WHERE owner = ? AND state = 'open'", to_owner, from_owner
    )


def end_case(tx: Tx, case_id: str, outcome: Outcome, now_ms: int) -> bool:
    """End the run, stop what is not done and withdraw what has not gone out.

    False when it had ended already. A post that may already be on its way is left to the dispatch.
    """
    ended = tx.run(
        "UPDATE cases SET state = ?, outcome = ?, ended = ? WHERE id = ? AND state = 'open'",
        CaseState.ENDED,
        outcome,
        now_ms,
        case_id,
    )
    if not ended:
        return False
    tx.run(
        "UPDATE nudges SET state = 'stopped', ready = NULL"
        " WHERE case_id = ? AND state NOT IN ('done', 'stopped')",
        case_id,
    )
    tx.run(
        "UPDATE outbox SET state = ?, ready = NULL, text = '', blocks = '[]'"
        " WHERE about = ? AND kind = 'nudge' AND state = ? AND unsure = 0",
        PostState.WITHDRAWN,
        case_id,
        PostState.PENDING,
    )
    return True


def _json_days(anchors: Mapping[Anchor, date]) -> str:
    return json.dumps({anchor.value: day.isoformat() for anchor, day in anchors.items()})


def _case(row: Row) -> Case:
    days = json.loads(row["anchors"])
    return Case(
        id=row["id"],
        reference=row["reference"],
        plan=row["plan"],
        owner=row["owner"],
        anchors={Anchor(name): date.fromisoformat(day) for name, day in days.items()},
        started=from_ms(row["started"]),
        without=tuple(json.loads(row["without"])),
        state=CaseState(row["state"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
    )
