"""`brobygger followups` from the terminal: a whole imagined case, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import time_machine

from bot.cli.main import answer
from tests.bot.terminal import Run, at_terminal, listed

CONFIG = """
[people.mette]
name = "Mette"
roles = ["caseworker"]

[people.lene]
name = "Lene"
roles = ["leader"]
"""
ADD = "followups add --plan virksomhedspraktik --case INT-1042 --start 2026-12-07 --end 2027-02-26"


pytestmark = pytest.mark.usefixtures("monday_morning")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return at_terminal(tmp_path, CONFIG, capsys)


def rows(run: Run, line: str = "followups list --json") -> dict[str, dict[str, str | None]]:
    status, out, _ = run(line)
    assert status == 0
    return {row["step"]: row for row in json.loads(out)}


def test_a_preview_has_the_agreed_keys_and_the_copenhagen_offset(run: Run) -> None:
    found = rows(
        run, "followups preview virksomhedspraktik --start 2027-03-01 --end 2027-05-28 --json"
    )
    assert found["uge-2"] == {
        "case": None,
        "plan": "virksomhedspraktik",
        "step": "uge-2",
        "due": "2027-03-15T09:00:00+01:00",
        "state": "planned",
        "owner": None,
    }
    # Four weeks on is Easter Monday, 29 March; the clocks have changed by Tuesday.
    assert found["uge-4"]["due"] == "2027-03-30T09:00:00+02:00"
    assert "rollemodel" not in found


def test_a_preview_without_an_end_shows_the_steps_that_wait(run: Run) -> None:
    found = rows(run, "followups preview virksomhedspraktik --start 2027-03-01 --json")
    assert (found["beslutning"]["due"], found["beslutning"]["state"]) == (None, "waiting")


def test_a_preview_stores_nothing(run: Run, tmp_path: Path) -> None:
    run("followups preview virksomhedspraktik --start 2027-03-01")
    assert list(tmp_path.iterdir()) == [tmp_path / "config.toml"]


def test_a_case_is_followed_from_praktik_to_the_first_payslip(run: Run) -> None:
    assert run(f"{ADD} --owner mette --with rollemodel")[0] == 0
    found = rows(run)
    assert found["aftale"]["due"] == "2026-11-30T09:00:00+01:00"
    assert {row["owner"] for row in found.values()} == {"mette"}
    assert found["tolk"]["state"] == "passed"
    assert "rollemodel" in found

    assert "udført" in run("followups done INT-1042 aftale")[1]
    assert "allerede udført" in run("followups done INT-1042 aftale")[1]
    assert rows(run)["aftale"]["state"] == "done"

    run("followups snooze INT-1042 uge-1 --until 2026-12-24")
    assert rows(run)["uge-1"]["due"] == "2026-12-28T09:00:00+01:00"
    assert "ma 23.11.2026 10.00" in run("followups snooze INT-1042 uge-1 --hours 2")[1]
    assert rows(run)["uge-1"]["due"] == "2026-11-23T10:00:00+01:00"

    run("followups set INT-1042 --end 2027-03-26")
    assert rows(run)["afslutning"]["due"] == "2027-03-30T09:00:00+02:00"

    status, out, _ = run("followups outcome INT-1042 job --start 2027-04-01")
    assert status == 0
    assert "Første job" in out
    found = rows(run)
    assert {row["plan"] for row in found.values()} == {"foerste-job"}
    assert found["foer-foerste-loen"]["state"] == "waiting"

    run("followups set INT-1042 --first-payday 2027-04-30")
    assert rows(run)["foer-foerste-loen"]["due"] == "2027-04-27T09:00:00+02:00"

    assert "Lene: 1" in run("followups reassign mette lene")[1]
    assert "fra Lene til Mette" in run("followups reassign --case INT-1042 mette")[1]
    run("followups reassign mette lene")
    assert {row["owner"] for row in rows(run).values()} == {"lene"}

    assert run("followups stop INT-1042")[0] == 0
    assert rows(run) == {}


def test_an_outcome_without_a_start_begins_the_next_plan_with_steps_that_wait(run: Run) -> None:
    run(ADD)
    run("followups outcome INT-1042 job")
    assert {row["state"] for row in rows(run).values()} == {"waiting"}


def test_a_case_may_follow_two_plans_and_then_the_plan_must_be_named(run: Run) -> None:
    run(ADD)
    run("followups add --plan boernepasning --case INT-1042 --start 2027-03-01")
    status, _, err = run("followups set INT-1042 --start 2026-12-14")
    assert status == 1
    assert "--plan" in err
    assert run("followups set INT-1042 --start 2026-12-14 --plan virksomhedspraktik")[0] == 0
    # Only one of the two counts from an end, so nothing needs to be chosen.
    assert run("followups set INT-1042 --end 2027-03-05")[0] == 0


def test_an_empty_list_says_how_to_begin(run: Run) -> None:
    assert "followups add" in run("followups list")[1]
    assert json.loads(run("followups list --json")[1]) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (ADD.replace("praktik ", "praktikk "), "mente du “virksomhedspraktik”"),
        (ADD.replace("INT-1042", "010190-1234"), "CPR"),
        (ADD.replace("INT-1042", "Hassan"), "navn"),
        (ADD.replace("INT-1042", "1042"), "INT-1042"),
        (ADD.replace("2026-12-07", "2026-02-30"), "2026-03-02"),
        (ADD.replace("2026-12-07", "9999-01-01"), "for langt væk"),
        (ADD.replace("2027-02-26", "2026-12-06"), "før startdatoen"),
        (ADD.replace("2026-12-07", "2026-09-01").replace("2027-02-26", "2026-11-20"), "passeret"),
        (ADD.replace("2026-12-07", "næste-fredag"), "er ikke en dato"),
        (ADD + " --owner mete", "mente du “mette”"),
        (ADD + " --with rollemodellen", "mente du “rollemodel”"),
        ("followups preview praktik --start 2027-03-01", "findes ikke"),
        ("followups done INT-9999 aftale", "ingen opfølgning"),
        ("followups set INT-9999 --end 2027-03-01", "ingen opfølgning"),
        ("followups outcome INT-9999 jobb", "mente du “job”"),
        ("followups reassign mette nobody", "vælg blandt lene, mette"),
    ],
)
def test_bad_input_is_refused_in_one_line_and_keeps_nothing(run: Run, line: str, told: str) -> None:
    status, out, err = run(line)
    assert (status, out) == (1, "")
    assert told in err
    assert len(err.strip().splitlines()) == 1
    assert json.loads(run("followups list --json")[1]) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("followups done INT-1042 aftalen", "mente du “aftale”"),
        ("followups done INT-1024 aftale", "mente du “INT-1042”"),
        ("followups snooze INT-1042 uge-1 --until 2026-11-22", "efter i dag"),
        ("followups snooze INT-1042 uge-1 --until 2029-01-01", "højst et år"),
        ("followups snooze INT-1042 uge-1 --until 24/12", "Datoen “24/12” er ikke en dato"),
        ("followups snooze INT-1042 uge-1", "enten en dag eller"),
        ("followups snooze INT-1042 uge-1 --hours 1 --until 2026-12-24", "enten en dag eller"),
        ("followups snooze INT-1042 uge-1 --hours -1", "“-1” er ikke et helt tal"),
        ("followups snooze INT-1042 uge-1 --hours abc", "“abc” er ikke et helt tal"),
        ("followups snooze INT-1042 uge-1 --hours 25", "1 til 24"),
        ("followups reassign --case INT-1042 mete", "mente du “mette”"),
        ("followups set INT-1042", "mindst én dato"),
        ("followups set INT-1042 --end 2026-12-01", "før startdatoen"),
        ("followups set INT-1042 --first-payday 2027-01-29", "ikke bruger"),
        (ADD, "følger allerede planen"),
    ],
)
def test_a_request_that_does_not_fit_the_case_changes_nothing(
    run: Run, line: str, told: str
) -> None:
    run(ADD)
    before = rows(run)
    status, _, err = run(line)
    assert status == 1
    assert told in err
    assert rows(run) == before


def test_a_step_that_is_done_cannot_be_put_off(run: Run) -> None:
    run(ADD)
    run("followups done INT-1042 uge-1")
    status, _, err = run("followups snooze INT-1042 uge-1 --until 2026-12-24")
    assert status == 1
    assert "allerede udført" in err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("followups add --case INT-1042", "--plan mangler. Skriv f.eks. brobygger followups add"),
        ("followups reassign", "hvem der har sagerne"),
        ("followups reassign mette", "hvem der har sagerne"),
        ("followups reassign --case INT-1042 mette lene", "kun stå, hvem der skal have sagen"),
    ],
)
def test_a_missing_value_is_a_slip_of_usage(run: Run, line: str, told: str) -> None:
    status, _, err = run(line)
    assert status == 2
    assert told in err


def test_without_any_configuration_the_case_belongs_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer(ADD.split()) == 0
    capsys.readouterr()
    assert answer(["followups", "list", "--json"]) == 0
    assert {row["owner"] for row in json.loads(capsys.readouterr().out)} == {"terminal"}


def test_the_list_can_be_narrowed_to_a_case_an_owner_and_what_is_due(run: Run) -> None:
    run(f"{ADD} --owner mette")
    run("followups add --plan igu --case INT-2000 --start 2026-11-23 --owner lene")
    assert {row["case"] for row in rows(run, "followups list INT-1042 --json").values()} == {
        "INT-1042"
    }
    assert {row["owner"] for row in rows(run, "followups list --owner lene --json").values()} == {
        "lene"
    }
    assert "Intet venter" in run("followups list INT-1042 --due")[1]
    with time_machine.travel("2026-11-30T10:00:00+01:00", tick=False):
        found = rows(run, "followups list INT-1042 --due --json")
        assert list(found) == ["aftale"]
        assert "(tiden er kommet)" in run("followups list INT-1042 --due")[1]
        run("followups done INT-1042 aftale")
        assert rows(run, "followups list INT-1042 --due --json") == {}
    assert "mente du “INT-1042”" in run("followups list INT-1024")[2]
    assert "mente du “lene”" in run("followups list --owner lena")[2]


def test_an_end_says_what_was_not_done_and_a_move_how_much_it_moved(run: Run) -> None:
    run(ADD)
    assert "Trin med ny tid: 4." in run("followups set INT-1042 --end 2027-03-26")[1]
    assert "Trin med ny tid: 0." in run("followups set INT-1042 --end 2027-03-26")[1]
    run("followups done INT-1042 aftale")
    out = run("followups outcome INT-1042 job")[1]
    assert "Virksomhedspraktik er afsluttet (i job). Trin, der ikke blev udført: 8." in out
    assert "brobygger followups set INT-1042 --start DATO" in out


def test_what_an_outage_held_back_still_comes_when_another_date_moves(run: Run) -> None:
    run(ADD)
    with time_machine.travel("2026-12-01T10:00:00+01:00", tick=False):
        run("followups set INT-1042 --end 2027-03-26")
        assert rows(run)["aftale"]["state"] == "planned"
        run("followups set INT-1042 --start 2026-12-02")
        assert rows(run)["aftale"]["state"] == "passed"


def test_trouble_that_reaches_nobody_says_so(run: Run) -> None:
    run(ADD)
    assert "Ingen får besked" in run("followups problem INT-1042 sprog")[1]
    assert "Ingen får besked" not in run("followups problem INT-1042 sprog")[1]


def test_the_leader_s_week_is_shown_on_the_screen(run: Run) -> None:
    run(ADD)
    out = run("followups digest")[1]
    assert out.startswith("Ugen 16.11.2026 til 23.11.2026\nFør forløb: 1. ")


def test_a_problem_is_chosen_from_a_list_and_reported_once(run: Run) -> None:
    run("followups add --plan igu --case INT-1042 --start 2026-12-07 --owner mette")
    assert "boernepasning" in run("followups problem INT-1042")[1]
    status, out, _ = run("followups problem INT-1042 sprog")
    assert status == 0
    assert "sprogmentor" in out
    assert "ti 24.11.2026 09.00" in out
    assert "i forvejen" in run("followups problem INT-1042 sprog")[1]
    steps = [row for row in listed(run) if row["step"].startswith("problem-")]
    assert [row["state"] for row in steps] == ["planned"]
    assert "udført" in run(f"followups done INT-1042 {steps[0]['step']}")[1]
    assert "meldt (" in run("followups problem INT-1042 sprog")[1]


def test_a_problem_in_free_text_is_refused(run: Run) -> None:
    run("followups add --plan igu --case INT-1042 --start 2026-12-07 --owner mette")
    status, _, err = run("followups problem INT-1042 depression")
    assert status == 1
    assert "Fritekst gemmes ikke" in err
