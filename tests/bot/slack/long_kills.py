"""`brobygger serve` killed in every way, in its long form; `make chaos` runs it.

`python -m tests.bot.slack.long_kills [KILLS] [ROW…]` prints one line a row, for the table in
docs/followups.md, and fails when something was lost, doubled or half done.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.answers.index import IndexFile
from bot.answers.opening import opened
from bot.config import Config, Store
from tests.bot.slack.payloads import ANE, CHANNEL, command, filled, mention
from tests.bot.slack.recorder import Answer, recording
from tests.bot.slack.socket_server import socket_serving
from tests.bot.slack.whole import MONDAY, Whole, busy_day, in_time
from tests.scheduler.throwaway import BINARIES, psql, throwaway

QUIET = (
    "SELECT id FROM inbox WHERE ready IS NOT NULL"
    " UNION ALL SELECT key FROM outbox WHERE state IN ('pending', 'claimed')"
)


@contextmanager
def household(store: str = "", folder: Path | None = None) -> Iterator[Whole]:
    with ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        slack, line = stack.enter_context(recording()), stack.enter_context(socket_serving())
        slack.socket_url = line.url
        index = place.parent / f"{place.name}-index.db"
        stack.callback(index.unlink)
        opened(Config(store=Store(str(place / "x.db"), index)))
        whole = Whole(place, store or str(place / "store.db"), index, slack, line)
        stack.callback(whole.close)
        yield whole


def kills(number: int, *, postgresql: bool) -> str:
    """Two processes on one store, each killed by turns at random, leases in real time."""
    with ExitStack() as stack:
        store = ""
        if postgresql:
            server = stack.enter_context(throwaway(fsync=True))
            psql(server, "CREATE DATABASE chaos")
            store = f"postgresql://postgres@/chaos?host={server}"
        whole = stack.enter_context(household(store))
        dice, asked, acknowledged, began = random.Random(5), 0, 0, time.monotonic()
        busy_day(whole)
        # Slack takes these and gives no answer that can be read: they are looked for.
        whole.slack.next["chat.postMessage"] = [Answer(wait=0.3, keep=True)] * number
        alive = [whole.start(desk=False), whole.start(desk=False)]
        for _ in range(number):
            for _ in range(3):
                body = mention("Hvor længe varer en praktik?", ts=f"1764{asked:06d}.000100")
                whole.line.deliver(f"e{asked}", body)
                assert whole.line.answers.get(timeout=60) == {"envelope_id": f"e{asked}"}
                asked, acknowledged = asked + 1, acknowledged + 1
            time.sleep(dice.uniform(0.0, 0.6))
            # The one whose line is newest is kept, so that there is one to deliver through.
            whole.kill(alive[0])
            alive = [alive[1], whole.start(desk=False)]
        assert in_time(lambda: not whole.rows(QUIET), 400), whole.rows(QUIET)
        found = whole.times()
        threads = [m["thread_ts"] for m in whole.slack.messages if m["channel"] == CHANNEL]
        doubled = sum(count > 1 for count in found.values())
        lost = acknowledged - len(set(threads))
        once = [sum(key.startswith(kind) for key in found) for kind in ("morning", "digest")]
        assert (lost, doubled, once) == (0, 0, [1, 1]), (lost, doubled, once)
        seconds = time.monotonic() - began
        return f"{number} kills, {acknowledged} questions, {len(found)} posts, {seconds:.0f} s"


DESK = {
    "done": ("/trin/{id}/udfoert", {}, "bot.actions.nudges:mark_done", "bot.actions.nudges:record"),
    "put off": (
        "/trin/{id}/udsaet",
        {"until": "2026-03-10"},
        "bot.actions.nudges:snooze",
        "bot.actions.nudges:record",
    ),
    "begin a case": (
        "/opfoelgning/ny",
        {"sag": "INT-2000", "plan": "foerste-job", "start": "2026-05-04", "ansvarlig": "ane"},
        "bot.actions.cases:start_case",
        "bot.actions.runs:record",
    ),
}
STATE = (
    "SELECT state, due, round FROM nudges WHERE step = 'foerste-dag' AND case_id IN"
    " (SELECT id FROM cases WHERE reference = 'INT-1003')"
    " UNION ALL SELECT reference, 0, 0 FROM cases WHERE reference = 'INT-2000'"
)


def desk() -> str:
    """Each form of the desk: killed before it is done, in its transaction, and after it."""
    rows = 0
    for path, form, action, inside in DESK.values():
        for where, changed in (
            (f"{action} before", 0),
            (f"{inside} after", 0),
            (f"{action} after", 1),
        ):
            with household() as whole:
                busy_day(whole)
                whole.start(die=f"{where} 1")
                [step] = whole.rows(
                    "SELECT n.id FROM nudges n JOIN cases c ON c.id = n.case_id"
                    " WHERE c.reference = 'INT-1003' AND n.step = 'foerste-dag'"
                )
                page = whole.visit("/opfoelgning/ny")
                token = str(re.search(r'name="token" value="([^"]+)"', page)[1])  # type: ignore[index]
                before, traces = whole.rows(STATE), len(whole.rows("SELECT did FROM audit"))
                assert whole.visit(path.format(id=step["id"]), form | {"token": token}) == ""
                whole.died()
                after = whole.rows(STATE)
                assert (after != before) == bool(changed), (where, before, after)
                assert len(whole.rows("SELECT did FROM audit")) - traces == changed, where
                whole.start()
                said = whole.visit(path.format(id=step["id"]), form | {"token": token})
                assert "Siden var for gammel" not in said
                assert whole.rows(STATE) != before, where
                rows += 1
    return f"{rows} kills, each whole or not at all, the page's token still good"


def guideline() -> str:
    """A guideline uploaded at the desk, killed inside and after its transaction."""
    for where, there in (("IndexFile._count after 1", 0), ("IndexFile.put after 1", 1)):
        with household() as whole:
            whole.start(die=f"bot.answers.index:{where}")
            page = whole.visit("/vejledninger")
            token = str(re.search(r'name="token" value="([^"]+)"', page)[1])  # type: ignore[index]
            text = "# Guldfisk\n\nKommunens guldfisk fodres hver dag klokken syv.\n"
            body = "".join(
                f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
                for name, more, value in (
                    ("token", "", token),
                    ("title", "", "Guldfisk"),
                    ("kind", "", "local rule"),
                    ("file", '; filename="guldfisk.md"', text),
                )
            )
            kind = "multipart/form-data; boundary=x"
            assert whole.visit("/vejledninger", f"{body}--x--\r\n".encode(), kind) == ""
            whole.died()
            whole.start()
            assert ("Guldfisk" in whole.visit("/vejledninger")) == bool(there), where
            whole.visit("/vejledninger", f"{body}--x--\r\n".encode(), kind)
            names = [one.name for one in IndexFile(whole.index).sources()]
            assert names.count("guldfisk.md") == 1
    return "2 kills, in the index whole or not at all"


def handout() -> str:
    """A sheet killed on its way: nothing is seen of it, and its sender is told to make it again."""
    with household() as whole:
        whole.start(die="bot.slack.uploads:Uploads._bring after 1", desk=False)
        whole.line.deliver("c1", command("/forklar", "atp"), "slash_commands")
        assert in_time(lambda: whole.slack.of("views.open"))
        view = whole.slack.of("views.open")[0]["view"]
        body = filled(view, {"topic": "atp", "language": "ar"})
        whole.line.deliver("v1", body, "interactive")
        whole.died()
        assert whole.slack.of("files.completeUploadExternal") == []
        assert len(whole.rows("SELECT id FROM slack_files")) == 2
        whole.start(desk=False, at=MONDAY + timedelta(minutes=4))
        told = [m for m in whole.slack.messages if m["channel"] == f"D{ANE[1:]}"]
        assert in_time(lambda: [m for m in whole.slack.messages if "afbrudt" in m["text"]]), told
        whole.jump(MONDAY + timedelta(days=2))
        assert in_time(lambda: len(whole.slack.of("files.delete")) == 2)
        assert sum("afbrudt" in m["text"] for m in whole.slack.messages) == 1
    return "nothing half sent, its sender told once, its files taken back"


def clocks() -> str:
    """Two hours back, two hours on, and the night in which a clock goes back, while it runs."""
    with household() as whole:
        busy_day(whole)
        whole.start(at=MONDAY - timedelta(minutes=45), desk=False)
        whole.jump(MONDAY - timedelta(hours=3))
        time.sleep(3)
        whole.jump(MONDAY - timedelta(minutes=31))  # 8.59 in Denmark
        assert in_time(lambda: sum(k.startswith("digest") for k in whole.times()) <= 1)
        assert not any(key.startswith("morning") for key in whole.times())
        whole.jump(MONDAY + timedelta(hours=2))
        assert in_time(lambda: any(key.startswith("morning") for key in whole.times()), 30)
        whole.jump(MONDAY)
        for moment in ("2026-10-25T00:59:58", "2026-10-25T01:00:02", "2026-10-26T07:59:58"):
            whole.jump(datetime.fromisoformat(moment).replace(tzinfo=UTC))
            time.sleep(3)
        assert in_time(lambda: not whole.rows(QUIET), 60)
        assert [key for key, count in whole.times().items() if count > 1] == []
        whole.told_to_end()
    return "each post once, at its hour"


def endings() -> str:
    """SIGINT, a terminal that closes, and a parent that dies."""
    said = []
    for number in (signal.SIGINT, signal.SIGHUP):
        with household() as whole:
            whole.start()
            began = time.monotonic()
            whole.processes[-1].send_signal(number)
            assert whole.processes[-1].wait(30) == 0
            said.append(f"{number.name} {time.monotonic() - began:.1f} s")
    with household() as whole:
        code = (
            "import os, subprocess, sys; p = subprocess.Popen([sys.executable, '-c',"
            " 'from bot.cli.main import run; run()', '--config', 'config.toml', 'serve'],"
            " stdout=subprocess.PIPE); print(p.pid, flush=True); input(); os._exit(9)"
        )
        tokens = {"SLACK_BOT_TOKEN": "xoxb-" + "1-a", "SLACK_APP_TOKEN": "xapp-" + "1-b"}
        environment = os.environ | tokens | {"SLACK_API_URL": whole.slack.address}
        environment |= {"PYTHONPATH": os.pathsep.join(sys.path)}
        parent = subprocess.Popen(
            [sys.executable, "-c", code], cwd=whole.folder, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        child = int(parent.stdout.readline())  # type: ignore[union-attr]
        assert whole.line.connected.acquire(timeout=60)
        parent.communicate("\n")
        whole.line.deliver("e1", mention("Hvor længe varer en praktik?"))
        assert in_time(lambda: whole.slack.messages)
        os.kill(child, signal.SIGTERM)
        assert in_time(lambda: not Path(f"/proc/{child}").exists() or _ended(child), 20)
        said.append("without its parent it goes on, and ends when told to")
    return "; ".join(said)


def _ended(child: int) -> bool:
    return ") Z " in Path(f"/proc/{child}/stat").read_text()


def full_disk() -> str:
    """A disk of six megabytes that fills up, in a namespace of its own (needs root)."""
    if "BROBYGGER_OWN_MOUNTS" not in os.environ:
        own = ["unshare", "--mount", sys.executable, "-m", __spec__.name, "0", "full_disk"]
        done = subprocess.run(
            own,
            check=False,
            env=os.environ | {"BROBYGGER_OWN_MOUNTS": "1"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.partition(": ")[2].strip()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", folder], check=True)
        try:
            with household(folder=Path(folder)) as whole:
                return _filled(whole)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


def _filled(whole: Whole) -> str:
    whole.log = Path(f"{whole.folder}-log")
    whole.start(desk=False)
    filler = whole.folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass
    for number in range(6):
        whole.line.deliver(f"e{number}", mention("Hvor længe?", ts=f"176400{number}.000100"))
    assert in_time(lambda: whole.slack.whispers)
    time.sleep(10)
    assert len(whole.slack.whispers) == 1
    lines = len(whole.log.read_text().splitlines())
    assert "not taken in" in whole.log.read_text()
    assert lines < 8, whole.log.read_text()
    filler.unlink()
    body = mention("Hvor længe varer en praktik?", ts="1764009.000100")
    whole.line.deliver("e9", body)
    assert in_time(lambda: whole.slack.messages)
    whole.log.unlink()
    return f"one word to the asker, {lines} lines in the log in 10 s, answered once mended"


def rows(number: int) -> dict[str, Callable[[], str]]:
    made: dict[str, Callable[[], str]] = {"sqlite": lambda: kills(number, postgresql=False)}
    if (BINARIES / "initdb").exists():
        made["postgresql"] = lambda: kills(number, postgresql=True)
    return made | {
        "desk": desk,
        "guideline": guideline,
        "handout": handout,
        "clocks": clocks,
        "endings": endings,
        "full_disk": full_disk,
    }


if __name__ == "__main__":
    given = sys.argv[1:]
    known = rows(int(given[0]) if given else 50)
    for name in given[1:] or known:
        sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d} {name}: {known[name]()}\n")
        sys.stdout.flush()
