"""Plans read from TOML: the packaged ones, and what is refused."""

from __future__ import annotations

import pytest

from messages.errors import MessagesError
from scheduler.plans import Anchor, Plan, check_plans, packaged_plans, read_plan
from tests.scheduler.conftest import PLAN

STEP = '[[step]]\nid = "a"\ntitle = "A"\ntext = "A."\nanchor = "start"\n'


def test_the_packaged_plans_are_the_five_that_the_guideline_speaks_of() -> None:
    assert set(packaged_plans()) == {
        "boernepasning",
        "foerste-job",
        "igu",
        "loentilskud",
        "virksomhedspraktik",
    }


def test_the_packaged_plans_fit_together() -> None:
    assert check_plans(packaged_plans()) == ()


def test_a_next_plan_that_does_not_exist_is_told(plan: Plan) -> None:
    lost = read_plan(PLAN.replace('job = "proeveplan"', 'job = "proeveplam"'), "proeveplan.toml")
    (problem,) = check_plans({lost.id: lost})
    assert "proeveplan" in str(problem)


def test_the_praktik_plan_covers_before_during_and_after() -> None:
    steps = {step.id: step for step in packaged_plans()["virksomhedspraktik"].steps}
    for before in ("tolk", "forventningssamtale", "match", "aftale"):
        assert steps[before].anchor is Anchor.START
        assert steps[before].offset < 0
    for during in ("foerste-dag", "uge-1", "uge-2", "uge-4"):
        assert steps[during].anchor is Anchor.START
    assert steps["midtvejs"].anchor is Anchor.MIDDLE
    assert steps["beslutning"].anchor is Anchor.END
    assert steps["beslutning"].offset < 0
    assert steps["afslutning"].offset > 0
    optional = {step.id for step in steps.values() if step.optional}
    assert optional == {
        "rollemodel", "virksomhedsbesoeg", "institutionsbesoeg", "familiekursus", "netvaerk",
    }  # fmt: skip


def test_the_first_job_explains_the_payslip_before_and_after_the_first_payday() -> None:
    steps = packaged_plans()["foerste-job"].steps
    around = [step for step in steps if step.anchor is Anchor.FIRST_PAYDAY]
    assert [step.offset < 0 for step in around] == [True, False]
    assert all("loenseddel" in step.handouts for step in around)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "title"),
        ('title = "P"', "ingen trin"),
        ('title = "P"\n' + STEP, "netop én afstand"),
        ('title = "P"\n' + STEP + "days = 1\nweeks = 1", "netop én afstand"),
        ('title = "P"\n' + STEP + "days = 100000", "730"),
        ('title = "P"\n' + STEP + "days = true", "et helt tal"),
        ('title = "P"\n' + STEP + 'days = 1\nunknown = "x"', "unknown"),
        ('title = "P"\n' + STEP + 'days = 1\nhandout = ["x"]', "mente du “handouts”"),
        ('title = "P"\n' + (STEP + "days = 1\n") * 2, "to trin hedder “a”"),
        ('title = "P"\n' + STEP.replace('"start"', '"strat"') + "days = 1", "mente du “start”"),
        ('title = "P"\n' + STEP + 'days = 1\nat = "09:00"', "klokkeslæt"),
        ('title = "P"\n' + STEP + 'days = 1\nmoves = "sideways"', "sideways"),
        ('title = "P"\n[next]\njobb = "x"\n' + STEP + "days = 1", "mente du “job”"),
        ('title = "P"\n[next]\njob = "x"\n[[step', "TOML"),
        ("step = 3", "liste"),
        ("title = 3\n" + STEP + "days = 1", "en tekst"),
    ],
)
def test_a_broken_plan_is_refused_with_file_and_key(text: str, told: str) -> None:
    with pytest.raises(MessagesError) as refused:
        read_plan(text, "min-plan.toml")
    assert "min-plan.toml" in str(refused.value)
    assert told in str(refused.value)


def test_every_mistake_of_a_plan_is_told_at_once() -> None:
    with pytest.raises(MessagesError) as refused:
        read_plan('titel = "P"\n' + STEP + 'days = 1\nnope = 1\nmoves = "up"', "p.toml")
    assert all(word in str(refused.value) for word in ("titel", "nope", "moves"))


def test_a_plan_in_a_folder_is_named_by_its_file_alone() -> None:
    assert read_plan('title = "P"\n' + STEP + "days = 1", "egne/sommer.toml").id == "sommer"
