"""Real processes, kill -9, lost answers: the promise itself, on both databases."""

from __future__ import annotations

import sqlite3

import pytest

from tests.scheduler.chaos import chaos


@pytest.mark.slow
def test_two_processes_killed_again_and_again_lose_and_double_nothing(address: str) -> None:
    result = chaos(address, nudges=150, kills=6, seed=7, limit=60)
    assert result.kills == 6
    assert result.answers["lost"] > 5
    assert (result.lost, result.doubled) == (0, 0), result
    if "://" not in address:
        connection = sqlite3.connect(address)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
