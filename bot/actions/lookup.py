"""What an action looks up before it acts: the role, the plan, the run, the owner; or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import Refused
from bot.people import Actor, Role, acting
from messages.tables import did_you_mean
from scheduler import store
from scheduler.cases import Case
from scheduler.dialect import Tx
from scheduler.plans import Anchor, Plan

if TYPE_CHECKING:
    from bot.app import App

STAFF = (Role.CASEWORKER, Role.LEADER)


def must_be_staff(actor: Actor) -> None:
    """Raise Refused unless the actor works with cases."""
    if not actor.may(*STAFF):
        raise Refused("Kun sagsbehandlere og ledere kan arbejde med opfølgninger.")


def find_plan(plan_id: str, app: App) -> Plan:
    """The plan of that id. Raises Refused with a near miss."""
    plan = app.plans.get(plan_id)
    if plan is None:
        raise Refused(
            "Planen “{id}” findes ikke{hint}", id=plan_id, hint=did_you_mean(plan_id, app.plans)
        )
    return plan


def find_run(
    tx: Tx, reference: str, app: App, plan: str = "", needs: frozenset[Anchor] = frozenset()
) -> Case:
    """The one open run of a reference, of that plan, with those dates.

    Raises Refused when there is none, or several to choose from.
    """
    runs = find_runs(tx, reference)
    fit = [run for run in runs if (not plan or run.plan == plan) and _asks_for(run, needs, app)]
    if len(fit) == 1:
        return fit[0]
    choose = fit or runs
    raise Refused(
        "Sagen {reference} følger flere planer: {plans}. Vælg en, f.eks. {example}."
        if len(choose) > 1
        else "Sagen {reference} følger planen {plans}, som ikke bruger det. Vælg en anden sag.",
        reference=reference.strip(),
        plans=", ".join(run.plan for run in choose),
        example=choose[0].plan,
        terminal=f"--plan {choose[0].plan}" if len(choose) > 1 else "",
    )


def find_runs(tx: Tx, reference: str) -> tuple[Case, ...]:
    """The open runs of a reference, at least one. Raises Refused with a near miss."""
    runs = store.open_cases(tx, reference.strip())
    if not runs:
        raise Refused(
            "Sagen “{reference}” har ingen opfølgning i gang{hint}",
            reference=reference.strip()[:40],
            hint=did_you_mean(reference.strip(), store.known_references(tx)),
        )
    return runs


def left_out(plan: Plan, include: tuple[str, ...]) -> tuple[str, ...]:
    """The optional steps that are not taken in. Raises Refused for one that does not exist."""
    optional = [step.id for step in plan.steps if step.optional]
    for wanted in include:
        if wanted not in optional:
            raise Refused(
                "Trinnet “{id}” er ikke blandt planens valgfri trin{hint}",
                id=wanted,
                hint=did_you_mean(wanted, optional),
            )
    return tuple(step for step in optional if step not in include)


def _asks_for(case: Case, needs: frozenset[Anchor], app: App) -> bool:
    plan = app.plans.get(case.plan)
    if plan is None or not needs:
        return True
    used = plan.anchors | ({Anchor.START, Anchor.END} if Anchor.MIDDLE in plan.anchors else set())
    return not needs.isdisjoint(used)


def find_owner(actor: Actor, wanted: str, app: App) -> str:
    """The id of who is to have a case: as asked for, else the actor, else the only person there
    is. Raises Refused for somebody who is not among the people."""
    people = app.config.people
    if not wanted:
        only = people.ids[0] if len(people) == 1 else actor.id
        return actor.id if actor.id in people else only
    if wanted not in people:
        raise Refused(
            "“{id}” er ikke blandt [people] i config.toml{hint}",
            id=wanted,
            hint=did_you_mean(wanted, people.ids),
        )
    return wanted


def find_caseworker(actor: Actor, wanted: str, app: App) -> str:
    """The same for somebody who is to be given a case: it must be named, and work with cases."""
    if not wanted.strip():
        raise Refused("Skriv, hvem der skal have sagen: et id under [people] i config.toml.")
    found = find_owner(actor, wanted.strip(), app)
    person = app.config.people.get(found)
    if person is None or not acting(person).may(*STAFF):
        raise Refused(
            "{name} er hverken sagsbehandler eller leder og kan ikke have en sag.",
            name=app.config.people.name_of(found),
        )
    return found
