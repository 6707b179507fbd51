"""What several tests of the bot share: a Monday, a terminal, a municipality with its Slack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from bot.config import Followups, Targets
from tests.bot.house import House
from tests.bot.terminal import STAFF, Run, at_terminal


@pytest.fixture
def monday_morning() -> Iterator[None]:
    """Monday 23 November 2026, eight in Denmark; time stands still."""
    with time_machine.travel("2026-11-23T07:00:00+00:00", tick=False):
        yield


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line over a store of its own, with a caseworker and a leader."""
    return at_terminal(tmp_path, STAFF, capsys)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A municipality that posts its openings weekly and has set targets."""
    made = House(tmp_path, Followups(openings_channel="COPEN", targets=Targets(90, 40)))
    yield made
    made.app.database.close()
