"""Hundreds of nudges through kills, freezes, lost answers and clock steps: none lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scheduler.simulation import simulate


@pytest.mark.parametrize("seed", range(6))
def test_no_nudge_is_lost_and_none_can_be_seen_twice(seed: int, tmp_path: Path) -> None:
    outcome = simulate(seed, tmp_path)
    assert outcome.kills > 5
    assert (outcome.lost, outcome.doubled) == (0, 0), f"replay with seed {seed}"


def test_the_simulation_sees_doubles_where_nobody_looks_before_a_second_try(tmp_path: Path) -> None:
    outcome = simulate(0, tmp_path, blind=True)
    assert outcome.lost == 0
    assert outcome.doubled > 5
