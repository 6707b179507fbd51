"""The SQL of cases: one row a run of a plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from scheduler.cases import Case, CaseState
from scheduler.dialect import Row, Tx
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


def runs_of(tx: Tx, reference: str) -> tuple[Case, ...]:
    """Every run of a reference, ended ones too, oldest first."""
    rows = tx.rows("SELECT * FROM cases WHERE reference = ? ORDER BY started, id", reference)
    return tuple(_case(row) for row in rows)


def all_cases(tx: Tx) -> tuple[Case, ...]:
    """Every run that is kept, by reference and start."""
    return tuple(
        _case(row) for row in tx.rows("SELECT * FROM cases ORDER BY reference, started, id")
    )


def ended_between(tx: Tx, since_ms: int, until_ms: int) -> tuple[Case, ...]:
    """The runs that ended then, oldest first."""
    rows = tx.rows(
        "SELECT * FROM cases WHERE ended >= ? AND ended < ? ORDER BY ended, id", since_ms, until_ms
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


def give_to(tx: Tx, case_id: str, owner: str) -> None:
    """Give one open run to another owner."""
    tx.run("UPDATE cases SET owner = ? WHERE id = ? AND state = 'open'", owner, case_id)


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
        ended=from_ms(row["ended"]) if row["ended"] is not None else None,
    )
