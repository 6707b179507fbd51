"""The SQL that reads nudges: a row, its case and its plan's step joined."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.dialect import Row, Tx
from scheduler.nudges import Nudge, NudgeState
from scheduler.plans import Anchor, Plan, Step, Unit
from scheduler.problems import follow_up_step
from scheduler.store import from_ms

_ALL = "SELECT n.*, c.reference, c.plan, c.owner FROM nudges n JOIN cases c ON c.id = n.case_id"


class NudgeReader:
    """Nudges as rows and plans make them together. `plans` are those of today: a step that its
    plan has lost keeps its bare id, and is still nudged."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._plans = plans

    def one(self, tx: Tx, nudge_id: str) -> Nudge | None:
        row = tx.one(f"{_ALL} WHERE n.id = ?", nudge_id)
        return self._nudge(row) if row else None

    def of_open_cases(self, tx: Tx) -> tuple[Nudge, ...]:
        """Every step of every open run: by time, those that wait last."""
        rows = tx.rows(
            f"{_ALL} WHERE c.state = 'open'"
            " ORDER BY CASE WHEN n.due IS NULL THEN 1 ELSE 0 END, n.due, c.reference, n.place"
        )
        return tuple(self._nudge(row) for row in rows)

    def of_case(self, tx: Tx, case_id: str) -> tuple[Nudge, ...]:
        rows = tx.rows(f"{_ALL} WHERE n.case_id = ? ORDER BY n.place", case_id)
        return tuple(self._nudge(row) for row in rows)

    def of_message(self, tx: Tx, channel: str, ts: str) -> tuple[Nudge, ...]:
        """The nudges that arrived in one message, in the order in which it shows them."""
        rows = tx.rows(f"{_ALL} WHERE n.ts = ? AND n.channel = ? ORDER BY n.id", ts, channel)
        return tuple(self._nudge(row) for row in rows)

    def due_between(self, tx: Tx, since_ms: int, until_ms: int) -> tuple[Nudge, ...]:
        """Every step, of ended runs too, whose time lay there; by time."""
        where = "WHERE n.due >= ? AND n.due < ? ORDER BY n.due, n.id"
        rows = tx.rows(f"{_ALL} {where}", since_ms, until_ms)
        return tuple(self._nudge(row) for row in rows)

    def due(self, tx: Tx, now_ms: int, late_ms: int, limit: int) -> tuple[Nudge, ...]:
        """Those whose time has come: to be sent, or sent without an answer and to be raised."""
        rows = tx.rows(f"{_ALL} WHERE n.ready <= ? ORDER BY n.ready, n.id LIMIT ?", now_ms, limit)
        return tuple(self._nudge(row, now_ms - late_ms) for row in rows)

    def _nudge(self, row: Row, late_before: int = 0) -> Nudge:
        plan = self._plans.get(row["plan"])
        known = plan.step(row["step"]) if plan else None
        step = known or follow_up_step(row["step"]) or _lost(row["step"])
        state = NudgeState(row["state"])
        return Nudge(
            id=row["id"],
            case_id=row["case_id"],
            case=row["reference"],
            plan=row["plan"],
            plan_title=plan.title if plan else row["plan"],
            step=step.id,
            title=step.title,
            text=step.text,
            who=step.who,
            owner=row["owner"],
            state=state,
            due=from_ms(row["due"]) if row["due"] is not None else None,
            late=row["due"] is not None and row["due"] < late_before,
            needs_answer=step.needs_answer,
            handouts=step.handouts,
            guideline=step.guideline,
            alone=step.alone,
            escalate_after=step.escalate_after,
            round=row["round"],
            raised=state is NudgeState.SENT and row["ready"] is not None and late_before > 0,
            done_by=row["done_by"],
            done_at=from_ms(row["done_at"]) if row["done_at"] is not None else None,
            channel=row["channel"],
            ts=row["ts"],
            post=row["post"],
            detour=bool(row["detour"]),
        )


def _lost(step: str) -> Step:
    return Step(step, step, "", Anchor.START, 0, Unit.DAYS)
