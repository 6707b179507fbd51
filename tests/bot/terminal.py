"""Command lines as a person types them, over a folder of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import answer

Run = Callable[[str], tuple[int, str, str]]
STAFF = """
[people.mette]
name = "Mette Holm"
login = "meho"
[people.lene]
name = "Lene"
roles = ["leader"]
"""


def at_terminal(folder: Path, config: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line with this configuration: status, standard output, standard error.

    `@` in the line stands for the folder.
    """
    file = folder / "config.toml"
    file.write_text(config, encoding="utf-8")

    def run(line: str) -> tuple[int, str, str]:
        status = answer(["--config", str(file), *line.replace("@", f"{folder}/").split()])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def listed(run: Run) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(run("followups list --json")[1])
    return rows
