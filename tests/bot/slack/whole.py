"""`brobygger serve` whole, as a process that is killed where it hurts, before a Slack that records.

The child may be told to die by itself: `start(die="bot.catalog_home:CatalogHome.write after 2")`
sends it signal 9 just after the second call of that function. Nothing else of it is changed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bot.actions import cases, problems
from bot.actions.cases import NewCase
from bot.app import App
from bot.config_file import load_config
from bot.people import Actor, acting
from scheduler.dialect import Row
from scheduler.plans import Anchor
from scheduler.problems import Category
from tests.bot.slack.payloads import ANE, BO
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.socket_server import SocketServer

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-" + "1-a", "SLACK_APP_TOKEN": "xapp-" + "1-b"}
MONDAY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # half past nine in Denmark
BEFORE = datetime(2026, 2, 20, 9, tzinfo=UTC)
LIS = "U0000000LIS"
SECONDS = 60.0
CHILD = """
import importlib, os, signal, sys, threading, time_machine
from datetime import datetime
sys.setswitchinterval(0.001)
travel = time_machine.travel(datetime.fromisoformat(os.environ["AT"]), tick=True)
clock = travel.start()
def jumps():
    for line in sys.stdin:
        clock.move_to(datetime.fromisoformat(line.strip()))
threading.Thread(target=jumps, daemon=True).start()
where, when, number = (os.environ.get("DIE", "") or "- - 0").split()
left = [int(number)]
def die(moment):
    if moment == when:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
def struck(act):
    def acted(*given, **more):
        die("before")
        done = act(*given, **more)
        die("after")
        return done
    return acted
if where != "-":
    module, path = where.split(":")
    held = importlib.import_module(module)
    *holders, name = path.split(".")
    for holder in holders:
        held = getattr(held, holder)
    setattr(held, name, struck(getattr(held, name)))
from bot.cli.main import run
run()
"""


@dataclass
class Whole:
    """A municipality's folder and store; `start` begins one more process on it."""

    folder: Path
    address: str
    index: Path
    slack: Recorder
    line: SocketServer
    more: str = ""
    tick: int = 1
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        (self.folder / "ord").mkdir(exist_ok=True)
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.log = self.folder / "log"
        self.write(desk=True)

    def write(self, *, desk: bool) -> Path:
        people = "".join(
            f'[people.{one}]\nname = "{one.title()}"\nslack = "{slack}"\n'
            f'login = "{one}@k.example"\nroles = ["{role}"]\nteam = "praktik"\n{more}'
            for one, slack, role, more in (
                ("ane", ANE, 'caseworker", "guideline_owner", "administrator', 'backup = "bo"\n'),
                ("bo", BO, "caseworker", ""),
                ("lis", LIS, "leader", ""),
            )
        )
        site = (
            f'[desk]\nport = {self.port}\naddress = "http://127.0.0.1"\nsign_in = "header"\n'
            'header = "X-Bruger"\nproxies = ["127.0.0.1"]\n'
        )
        file = self.folder / ("config.toml" if desk else "second.toml")
        file.write_text(
            f"{people}[hours]\ntick_seconds = {self.tick}\n"
            f'[store]\nurl = "{self.address}"\nindex = "{self.index}"\n'
            f'[folders]\ncatalogs = "ord"\n[retention]\nerasures = "slettet.log"\n'
            f"{self.more}{site if desk else ''}",
            encoding="utf-8",
        )
        return file

    def app(self) -> App:
        return App(load_config(self.folder / "config.toml", self.folder))

    def rows(self, sql: str, *values: str) -> list[Row]:
        app = self.app()
        try:
            with app.database.read() as tx:
                return tx.rows(sql, *values)
        finally:
            app.database.close()

    def start(self, *, die: str = "", at: datetime | None = None, desk: bool = True) -> int:
        """One more process; its number. Returns when its line to Slack stands. Those of one house
        agree on the time of day, unless `at` is given."""
        at = at or MONDAY + timedelta(seconds=time.monotonic() - self.began)
        environment = os.environ | TOKENS | {"SLACK_API_URL": self.slack.address}
        environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "AT": at.isoformat(), "DIE": die}
        with self.log.open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", CHILD, "--config", str(self.write(desk=desk)), "serve"],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                text=True,
            )
        self.processes.append(process)
        while not self.line.connected.acquire(timeout=0.2):
            assert process.poll() is None, self.log.read_text()
        return len(self.processes) - 1

    def kill(self, number: int = -1) -> None:
        self.processes[number].kill()
        self.died(number)

    def died(self, number: int = -1) -> None:
        assert self.processes[number].wait(SECONDS) == -signal.SIGKILL

    def jump(self, to: datetime, number: int = -1) -> None:
        """Set the clock of a process."""
        stdin = self.processes[number].stdin
        assert stdin is not None
        stdin.write(to.isoformat() + "\n")
        stdin.flush()

    def told_to_end(self, number: int = -1) -> float:
        """Seconds until it had ended well."""
        began = time.monotonic()
        self.processes[number].send_signal(signal.SIGTERM)
        assert self.processes[number].wait(SECONDS) == 0, self.log.read_text()
        return time.monotonic() - began

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            if process.stdin:
                process.stdin.close()

    def a_minute_on(self) -> None:
        """The leases of whoever was killed are over, as they are a minute later."""
        app = self.app()
        with app.database.write() as tx:
            tx.run("UPDATE inbox SET ready = 0 WHERE ready IS NOT NULL")
            tx.run("UPDATE outbox SET ready = 0 WHERE ready IS NOT NULL AND state <> 'sent'")
            tx.run("DELETE FROM pace")
        app.database.close()

    def visit(self, path: str, form: dict[str, str] | bytes | None = None, kind: str = "") -> str:
        """A page of the desk; "" when the process died over it."""
        data = form if isinstance(form, bytes) else urlencode(form).encode() if form else None
        asked = Request(f"http://127.0.0.1:{self.port}{path}", data)
        asked.add_header("X-Bruger", "ane@k.example")
        if kind:
            asked.add_header("Content-Type", kind)
        try:
            with urlopen(asked, timeout=SECONDS) as page:  # noqa: S310 - loopback
                text: str = page.read().decode()
                return text
        except HTTPError as refused:
            return refused.read().decode()
        except (URLError, ConnectionError):
            return ""

    def times(self) -> Counter[str]:
        """How often each post of the outbox stands in Slack."""
        found = (one["metadata"] for one in self.slack.messages if one["metadata"])
        return Counter(one["event_payload"]["key"] for one in found)


def in_time(found: Callable[[], Any], seconds: float = SECONDS) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.05)
    return False


def busy_day(whole: Whole) -> int:
    """A Monday's work: steps gathered and alone, an alarm, notices of a hand-over, a digest; how
    many posts that makes."""
    app = whole.app()
    ane, lis = (_actor(app, one) for one in ("ane", "lis"))
    for number, start in enumerate((date(2026, 2, 23), date(2026, 2, 23), date(2026, 3, 2)), 1):
        new = NewCase("virksomhedspraktik", f"INT-100{number}", {Anchor.START: start})
        cases.start_case(ane, new, app, BEFORE)
    for number in (4, 5):
        new = NewCase("virksomhedspraktik", f"INT-100{number}", {Anchor.START: date(2027, 3, 1)})
        cases.start_case(ane, new, app, BEFORE)
    problems.report_problem(ane, "INT-1004", Category.PAY, app, MONDAY)
    cases.hand_over(lis, "INT-1005", "bo", app, MONDAY)
    app.database.close()
    return len(whole.rows("SELECT key FROM outbox"))


def _actor(app: App, person: str) -> Actor:
    found = app.config.people.get(person)
    assert found is not None
    return acting(found)
