"""`brobygger openings`: added, reserved, filled, closed, and expired by themselves."""

from __future__ import annotations

import json

import pytest
import time_machine

from tests.bot.terminal import Run

pytestmark = pytest.mark.usefixtures("monday_morning")


def test_an_opening_lives_from_added_to_closed(run: Run) -> None:
    add = "openings add --company Nord --place Vejle --trade køkken --places 2 --until 2026-12-31"
    number = run(f"{add} --who mette")[1].split()[0]
    assert "reserveret 1" in run(f"openings reserve {number}")[1]
    assert "besat 1" in run(f"openings fill {number} --reserved")[1]
    assert run(f"openings fill {number} --count 2")[0] == 1
    assert run(f"openings reserve {number} --count 2")[0] == 1
    [row] = json.loads(run("openings list --json")[1])
    assert (row["places"], row["filled"], row["reserved"], row["left"]) == (2, 1, 0, 1)
    assert "besat 2" in run(f"openings fill {number}")[1]
    assert json.loads(run("openings list --json")[1]) == []
    other = run(f"{add} --who mette")[1].split()[0]
    assert run(f"openings close {other}")[0] == 0
    assert run(f"openings close {other}")[0] == 1
    assert "openings add" in run("openings list")[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("--places 2>--places 0", "fra 1 til 200"),
        ("2026-12-31>2026-11-22", "fra i dag"),
        ("2026-12-31>2026-02-30", "findes ikke"),
        ("--company Nord>--company 010190-1234", "CPR"),
        ("--trade køkken>--trade " + "x" * 81, "højst 80 tegn"),
        ("--who mette>--who metta", "mente du “mette”"),
    ],
)
def test_an_opening_that_cannot_be_is_refused(run: Run, change: str, told: str) -> None:
    line = "openings add --company Nord --place V --trade køkken --places 2 --until 2026-12-31"
    old, new = change.split(">")
    status, out, err = run(f"{line} --who mette".replace(old, new))
    assert (status, out) == (1, "")
    assert told in err


def test_an_opening_expires_by_itself(run: Run) -> None:
    run("openings add --company Nord --place V --trade k --until 2026-11-24 --who mette")
    assert len(json.loads(run("openings list --json")[1])) == 1
    with time_machine.travel("2026-11-25T07:00:00+00:00", tick=False):
        assert json.loads(run("openings list --json")[1]) == []
