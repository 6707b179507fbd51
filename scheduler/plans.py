"""A plan: the follow-ups that a municipality has agreed on, read strictly from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from importlib import resources
from typing import TypeVar

from messages.errors import Problem
from messages.tables import N_, Mistakes, Table, did_you_mean


class Anchor(StrEnum):
    """The day that a step is counted from. `middle` lies halfway between start and end."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    FIRST_PAYDAY = "first_payday"


class Unit(StrEnum):
    """What an offset counts."""

    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"


class Who(StrEnum):
    """Whose step it is: the case's owner, or the leader of the team."""

    OWNER = "owner"
    LEADER = "leader"


class Moves(StrEnum):
    """Where a step goes whose day is no workday: a step that must come before moves back."""

    FORWARD = "forward"
    BACK = "back"


class Outcome(StrEnum):
    """How a run of a plan ended."""

    JOB = "job"
    EXTENDED = "extended"
    STOPPED = "stopped"


T = TypeVar("T", bound=StrEnum)
LONGEST = {Unit.DAYS: 730, Unit.WORKDAYS: 520, Unit.WEEKS: 104, Unit.MONTHS: 24}


@dataclass(frozen=True)
class Step:
    """One follow-up. title and text are msgids of the staff catalog.

    offset counts `unit`s from the anchor, below zero before it. at: local time, None for the
    municipality's morning. handouts: topic ids. guideline: the stem of a handbook chapter.
    escalate_after: workdays without an answer until the leader hears of it, None for never.
    alone: sent by itself, never gathered into a morning message. optional: left out unless asked.
    within: waits instead of coming after the run's end (`[frequency]` serves short runs too).
    """

    id: str
    title: str
    text: str
    anchor: Anchor
    offset: int
    unit: Unit
    moves: Moves = Moves.FORWARD
    at: time | None = None
    who: Who = Who.OWNER
    handouts: tuple[str, ...] = ()
    guideline: str | None = None
    needs_answer: bool = False
    escalate_after: int | None = None
    alone: bool = False
    optional: bool = False
    within: bool = False


@dataclass(frozen=True)
class Plan:
    """A named list of steps. `next` names the plan that an outcome starts; `retired` are steps
    that new runs no longer get, and older ones may still have."""

    id: str
    title: str
    steps: tuple[Step, ...]
    next: Mapping[Outcome, str]
    retired: tuple[Step, ...] = ()

    def step(self, step_id: str) -> Step | None:
        known = (*self.steps, *self.retired)
        return next((step for step in known if step.id == step_id), None)

    @property
    def anchors(self) -> frozenset[Anchor]:
        """The days that its steps are counted from."""
        return frozenset(step.anchor for step in self.steps)


def packaged_plans() -> dict[str, Plan]:
    """The plans that ship with the program, by id."""
    folder = resources.files("scheduler") / "plans"
    plans = [
        read_plan(file.read_text(encoding="utf-8"), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    return {plan.id: plan for plan in plans}


def read_plan(text: str, file: str) -> Plan:
    """The plan in `text`; `file` is named in errors, and its stem is the plan's id.

    Raises MessagesError with every mistake at once: unknown keys, anchors and units, offsets that
    are missing or given twice, two steps of one id, no steps.
    """
    table, mistakes = Table.parse(text, file)
    rows = table.tables("step")
    plan = Plan(
        id=file.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".toml"),
        title=table.text("title"),
        steps=tuple(_step(row) for row in rows),
        next=_next(table.table("next")),
    )
    table.close()
    _check(plan, mistakes)
    mistakes.settle()
    return plan


def check_plans(plans: Mapping[str, Plan]) -> tuple[Problem, ...]:
    """What does not fit between the plans: a next plan that does not exist."""
    return tuple(
        Problem(
            N_("{file}: next.{outcome}: planen “{id}” findes ikke{hint}"),
            file=f"{plan.id}.toml",
            outcome=outcome.value,
            id=following,
            hint=did_you_mean(following, plans),
        )
        for plan in plans.values()
        for outcome, following in plan.next.items()
        if following not in plans
    )


def _step(row: Table) -> Step:
    offset, unit = _offset(row)
    escalate = row.whole("escalate_after", 0, high=60)
    step = Step(
        id=row.text("id"),
        title=row.text("title"),
        text=row.text("text"),
        anchor=_one_of(row, "anchor", Anchor.START),
        offset=offset,
        unit=unit,
        moves=_one_of(row, "moves", Moves.FORWARD),
        at=_clock(row),
        who=_one_of(row, "who", Who.OWNER),
        handouts=row.texts("handouts", ()),
        guideline=row.text("guideline", "") or None,
        needs_answer=row.truth("needs_answer", default=False),
        escalate_after=escalate or None,
        alone=row.truth("alone", default=False),
        optional=row.truth("optional", default=False),
    )
    row.close()
    return step


def _offset(row: Table) -> tuple[int, Unit]:
    given = [unit for unit in Unit if unit in row]
    if len(given) != 1:
        row.wrong("days", "hvert trin har netop én afstand; skriv f.eks. weeks = 2 eller days = 0")
    for unit in given:
        row.whole(unit, low=-LONGEST[unit], high=LONGEST[unit])
    return (row.whole(given[0], low=-(10**9)), given[0]) if given else (0, Unit.DAYS)


def _clock(row: Table) -> time | None:
    value = row.raw("at")
    if value is None or isinstance(value, time):
        return value
    row.wrong("at", "skal være et klokkeslæt som 09:00:00, uden anførselstegn")
    return None


def _one_of(row: Table, name: str, default: T) -> T:
    kind = type(default)
    value = row.choice(name, list(kind), default)
    return kind(value) if value in set(kind) else default


def _next(table: Table) -> dict[Outcome, str]:
    following = {outcome: table.text(outcome, "") for outcome in Outcome}
    table.close()
    return {outcome: plan for outcome, plan in following.items() if plan}


def _check(plan: Plan, mistakes: Mistakes) -> None:
    ids = [step.id for step in plan.steps]
    if not ids:
        mistakes.add("step", Problem(N_("planen har ingen trin; skriv mindst ét [[step]]")))
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        mistakes.add("step", Problem(N_("to trin hedder “{id}”"), id=twice))
