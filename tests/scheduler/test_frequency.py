"""`[frequency]`: how often a plan follows up, without its file being touched."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.due import lay_out
from scheduler.frequency import ON_THE_WAY, Frequency, check_frequency, with_frequency
from scheduler.plans import Anchor, packaged_plans
from scheduler.workdays import WorkCalendar

PLANS = packaged_plans()
PRAKTIK = PLANS["virksomhedspraktik"]


def weeks_of(wanted: Frequency) -> list[str]:
    steps = with_frequency(PRAKTIK, wanted).steps
    return [step.id for step in steps if step.id.startswith("uge-")]


def test_the_weeks_chosen_are_the_weeks_followed_up() -> None:
    assert weeks_of(Frequency(weeks=(1, 3, 6))) == ["uge-1", "uge-3", "uge-6"]
    assert weeks_of(Frequency(weeks=())) == []
    assert weeks_of(Frequency()) == ["uge-1", "uge-2", "uge-4"]


def test_a_week_of_the_plan_keeps_its_words_and_a_new_one_takes_those_before_it() -> None:
    plan = with_frequency(PRAKTIK, Frequency(weeks=(2, 3)))
    kept, new = plan.step("uge-2"), plan.step("uge-3")
    assert kept is not None
    assert new is not None
    assert kept.title == "Opfølgning efter uge 2"
    assert (new.title, new.text, new.needs_answer) == (ON_THE_WAY, kept.text, True)


def test_what_else_is_counted_in_weeks_stays() -> None:
    plan = with_frequency(PLANS["foerste-job"], Frequency(months=(1, 2)))
    assert plan.step("aftenskole") in plan.steps
    assert [step.id for step in plan.steps if step.id.startswith("maaned")] == [
        "maaned-1", "maaned-2",
    ]  # fmt: skip


def test_a_case_under_way_still_knows_a_step_that_was_taken_out() -> None:
    plan = with_frequency(PRAKTIK, Frequency(weeks=(1,), skip=("tolk",)))
    for step in ("uge-4", "tolk"):
        assert plan.step(step) == PRAKTIK.step(step)
        assert step not in {one.id for one in plan.steps}


def test_an_optional_step_can_be_made_everybody_s_and_the_patience_longer() -> None:
    plan = with_frequency(PRAKTIK, Frequency(include=("rollemodel",), escalate_after=9))
    assert not next(step for step in plan.steps if step.id == "rollemodel").optional
    assert {step.escalate_after for step in plan.steps if step.needs_answer} == {9}


def test_a_follow_up_after_the_end_waits_instead_of_coming() -> None:
    plan = with_frequency(PRAKTIK, Frequency(weeks=(2, 8)))
    anchors = {Anchor.START: date(2027, 2, 1), Anchor.END: date(2027, 3, 1)}
    days = {one.step.id: one.day for one in lay_out(plan, anchors, WorkCalendar())}
    assert (days["uge-2"], days["uge-8"]) == (date(2027, 2, 15), None)


@pytest.mark.parametrize(
    ("plan", "wanted", "told"),
    [
        ("praktik", Frequency(), "planen “praktik” findes ikke"),
        ("igu", Frequency(skip=("toolk",)), "trinnet “toolk” findes ikke"),
        ("virksomhedspraktik", Frequency(include=("tolk",)), "trinnet “tolk” findes ikke"),
        ("virksomhedspraktik", Frequency(months=(1,)), "tælles i months"),
    ],
)
def test_what_fits_no_plan_is_told(plan: str, wanted: Frequency, told: str) -> None:
    [problem] = check_frequency(PLANS, {plan: wanted})
    assert told in str(problem)


def test_what_fits_is_not_told() -> None:
    wanted = Frequency(weeks=(1, 9), skip=("tolk",), include=("rollemodel",))
    assert check_frequency(PLANS, {"virksomhedspraktik": wanted}) == ()
