"""`brobygger desk` without `serve` erases what is over its time, also beside another one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.arrivals.retention import ROWS
from bot.config import Config, Store
from scheduler.audit import record
from scheduler.dialect import Database
from scheduler.store import to_ms
from tests.bot.slack.serving import in_time

CONFIG = """
[people.ane]
name = "Ane"
login = "ane@kommune.example"
[store]
url = "x.db"
index = "index.db"
[serve]
tick = false
[desk]
address = "https://desk.example"
sign_in = "header"
header = "X-User"
proxies = ["127.0.0.1"]
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A store with five hundred old traces and a new one."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    app = App(Config(store=Store(str(tmp_path / "x.db"))))
    now = datetime.now(UTC)
    with app.database.write() as tx:
        for _ in range(500):
            record(tx, "ane", "case.started", "c", to_ms(now - timedelta(days=900)))
        record(tx, "ane", "case.started", "c", to_ms(now))
    yield app.database
    app.database.close()


def desk(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from bot.cli.main import run; run()"]
    return subprocess.Popen(
        [*command, "--config", str(folder / "config.toml"), "desk", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def traces_left(store: Database) -> int:
    with store.read() as tx:
        return int(tx.rows("SELECT count(*) AS n FROM audit")[0]["n"])


def test_each_desk_takes_a_batch_and_they_do_not_stand_in_each_others_way(
    store: Database, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        desks = [stack.enter_context(desk(tmp_path)) for _ in range(2)]
        for one in desks:
            stack.callback(one.kill)
        assert in_time(lambda: traces_left(store) == 500 + 1 - 2 * ROWS)
        assert [one.poll() for one in desks] == [None, None]
