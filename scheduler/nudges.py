"""A nudge: one step of a case's plan, with all that a card, a list or a terminal needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.plans import Who

KIND = "nudge"
GATHERED = "morning"


class NudgeState(StrEnum):
    """Where a step of a case stands.

    waiting: its date is not known yet. planned: its time will come. passed: its time lay before
    the case was added. queued: handed to the outbox. sent: it arrived. undelivered: a dead letter.
    done: somebody did it. stopped: the case ended first.
    """

    WAITING = "waiting"
    PLANNED = "planned"
    PASSED = "passed"
    QUEUED = "queued"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    DONE = "done"
    STOPPED = "stopped"


OPEN = frozenset(set(NudgeState) - {NudgeState.DONE, NudgeState.STOPPED})


@dataclass(frozen=True)
class Nudge:
    """One step of one case. `case` is the reference that staff know; `case_id` names this run.

    title and text are msgids of the staff catalog; due is aware UTC, None while it waits; late
    says that it goes out long after it was due. round counts how often it was put off; raised says
    that nobody answered in time, and this post is for the leader. key names its present post in
    the outbox when it goes out alone, post the one that it went out in, which may gather several.
    detour: the owner could not be reached. done_by is a person's id.
    """

    id: str
    case_id: str
    case: str
    plan: str
    plan_title: str
    step: str
    title: str
    text: str
    who: Who
    owner: str
    state: NudgeState
    due: datetime | None
    late: bool = False
    needs_answer: bool = False
    handouts: tuple[str, ...] = ()
    guideline: str | None = None
    alone: bool = False
    escalate_after: int | None = None
    round: int = 0
    raised: bool = False
    done_by: str | None = None
    done_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    post: str | None = None
    detour: bool = False

    @property
    def key(self) -> str:
        return post_key(self.id, self.round, raised=self.raised)


def post_key(nudge_id: str, round_: int, *, raised: bool = False) -> str:
    """The name of a nudge's post in the outbox: another one each time it is put off or raised."""
    return f"{KIND}:{nudge_id}:{round_}" + (":raised" if raised else "")


def gathered_key(first: Nudge) -> str:
    """The name of a post that gathers nudges: a nudge opens at most one in each of its rounds."""
    return f"{GATHERED}:{first.id}:{first.round}"
