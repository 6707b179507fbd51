"""The case that docs/followups.md tells, praktik to first payslip, happens as it stands there."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from bot.cli.main import answer
from scheduler.due import COPENHAGEN

PAGE = Path(__file__).parents[2] / "docs" / "followups.md"


def told() -> tuple[str, list[tuple[datetime, str, str]]]:
    """The page's configuration, and each command with its time and what it printed."""
    section = PAGE.read_text(encoding="utf-8").split("## A whole case")[1].split("\n## ")[0]
    config = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)[0]
    steps: list[tuple[datetime, str, str]] = []
    now = datetime(2000, 1, 1, tzinfo=COPENHAGEN)
    for line in "".join(re.findall(r"```console\n(.*?)```", section, re.DOTALL)).splitlines():
        if line.startswith("# "):
            now = datetime.fromisoformat(line[2:]).replace(tzinfo=COPENHAGEN)
        elif line.startswith("$ "):
            steps.append((now, line[2:], ""))
        else:
            at, command, printed = steps[-1]
            steps[-1] = (at, command, f"{printed}{line}\n")
    return config, steps


def test_the_whole_case_runs_as_the_page_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config, steps = told()
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(steps) > 20
    for now, command, printed in steps:
        with time_machine.travel(now, tick=False):
            answer(shlex.split(command)[1:])
        said = capsys.readouterr()
        assert said.out + said.err == printed, command
