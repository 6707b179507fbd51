"""How often a plan follows up, as the leader chose it: the plan's file is not touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from messages.errors import Problem
from messages.tables import N_, did_you_mean
from scheduler.plans import Anchor, Plan, Step, Unit

ON_THE_WAY = N_("Opfølgning undervejs")
_NAMES = {Unit.WEEKS: "uge", Unit.MONTHS: "maaned"}


@dataclass(frozen=True)
class Frequency:
    """What `[frequency.PLAN]` says. weeks, months: when to follow up after the start, None for the
    plan's own; skip: steps to leave out; include: optional steps that every case gets;
    escalate_after: workdays until a leader hears that nobody answered, None for the plan's own."""

    weeks: tuple[int, ...] | None = None
    months: tuple[int, ...] | None = None
    skip: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    escalate_after: int | None = None


def with_frequency(plan: Plan, wanted: Frequency) -> Plan:
    """The plan as the leader wants it. Steps that go are kept aside: cases under way name them."""
    steps = list(plan.steps)
    for unit, counts in ((Unit.WEEKS, wanted.weeks), (Unit.MONTHS, wanted.months)):
        if counts is not None:
            steps = _repeated(steps, unit, counts)
    kept = tuple(
        _as_wanted(step, wanted)
        for step in steps
        if step.id not in wanted.skip
    )  # fmt: skip
    ids = {step.id for step in kept}
    gone = tuple(step for step in plan.steps if step.id not in ids)
    return replace(plan, steps=kept, retired=(*plan.retired, *gone))


def check_frequency(
    plans: Mapping[str, Plan], wanted: Mapping[str, Frequency]
) -> tuple[Problem, ...]:
    """What in `[frequency]` fits no plan: an unknown plan or step, or a plan without such steps."""
    found: list[Problem] = []
    for plan_id, frequency in wanted.items():
        plan = plans.get(plan_id)
        if plan is None:
            hint = did_you_mean(plan_id, plans)
            found.append(
                Problem(N_("frequency: planen “{id}” findes ikke{hint}"), id=plan_id, hint=hint)
            )
            continue
        found.extend(_unknown_steps(plan, frequency))
        for unit, counts in ((Unit.WEEKS, frequency.weeks), (Unit.MONTHS, frequency.months)):
            if counts is not None and not [step for step in plan.steps if _repeats(step, unit)]:
                found.append(
                    Problem(
                        N_("frequency.{id}: planen har ingen opfølgning, der tælles i {unit}."),
                        id=plan_id,
                        unit=unit.value,
                    )
                )
    return tuple(found)


def _unknown_steps(plan: Plan, wanted: Frequency) -> list[Problem]:
    optional = {step.id for step in plan.steps if step.optional}
    known = {"skip": {step.id for step in plan.steps}, "include": optional}
    return [
        Problem(
            N_("frequency.{id}.{key}: trinnet “{step}” findes ikke{hint}"),
            id=plan.id,
            key=key,
            step=step,
            hint=did_you_mean(step, known[key]),
        )
        for key, steps in (("skip", wanted.skip), ("include", wanted.include))
        for step in steps
        if step not in known[key]
    ]


def _repeats(step: Step, unit: Unit) -> bool:
    """Whether it is a follow-up that comes again and again, counted in `unit` from the start."""
    counted = step.anchor is Anchor.START and step.unit is unit and step.offset > 0
    return counted and step.needs_answer and not step.optional


def _repeated(steps: list[Step], unit: Unit, counts: tuple[int, ...]) -> list[Step]:
    """`steps` with the repeated follow-ups at `counts` instead of their own places.

    A new one says what the last of the plan's own before it says.
    """
    own = sorted((step for step in steps if _repeats(step, unit)), key=lambda step: step.offset)
    if not own:
        return steps
    made: list[Step] = []
    for count in sorted(set(counts)):
        model = next((step for step in reversed(own) if step.offset <= count), own[0])
        exact = model.offset == count
        fresh = replace(
            model, id=f"{_NAMES[unit]}-{count}", title=ON_THE_WAY, offset=count, within=True
        )
        made.append(replace(model, within=True) if exact else fresh)
    place = steps.index(own[0])
    others = [step for step in steps if step not in own]
    return [*others[:place], *made, *others[place:]]


def _as_wanted(step: Step, wanted: Frequency) -> Step:
    if step.id in wanted.include:
        step = replace(step, optional=False)
    if wanted.escalate_after is not None and step.needs_answer:
        step = replace(step, escalate_after=wanted.escalate_after or None)
    return step
