"""`brobygger serve` whole: Slack, the tick and the desk in one process, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from bot.answers.engine import Answers
from bot.cli.main import answer
from tests.bot.slack.payloads import ANE, mention
from tests.bot.slack.recorder import Answer, Recorder
from tests.bot.slack.serving import PLAIN, in_time, serving
from tests.bot.slack.socket_server import SocketServer

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-" + "1-a", "SLACK_APP_TOKEN": "xapp-" + "1-b"}
SECONDS = 30
DESK = (
    '[desk]\naddress = "http://127.0.0.1"\nsign_in = "header"\nheader = "X-Bruger"\n'
    'proxies = ["127.0.0.1"]\n'
)
SABOTEUR = """
import ctypes, threading
from bot.systemd import notify
import bot.cli.serve
def end_the_worker(state, environment):
    if state == "READY=1":
        for thread in threading.enumerate():
            if thread.name == "dispatch":
                ended = ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(*ended)
bot.cli.serve.notify = end_the_worker
"""


@dataclass
class House:
    """A municipality's folder, with a guidelines folder of its own and a port for the desk."""

    folder: Path
    index: Path

    def __post_init__(self) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        (self.folder / "egne").mkdir()

    def config(self, text: str) -> Path:
        file = self.folder / "config.toml"
        person = f'[people.ane]\nname = "Ane"\nslack = "{ANE}"\nlogin = "ane@k.example"\n'
        roles = 'roles = ["caseworker", "administrator"]\n'
        store = "" if "[store]" in text else f'[store]\nindex = "{self.index}"\n'
        own = '[folders]\nguidelines = ["egne"]\n'
        file.write_text(f"{person}{roles}{store}{own}{text}", encoding="utf-8")
        return file

    def get(self, path: str, form: dict[str, str] | None = None) -> str:
        data = urlencode(form).encode() if form else None
        asked = Request(f"http://127.0.0.1:{self.port}{path}", data)
        asked.add_header("X-Bruger", "ane@k.example")
        with urlopen(asked, timeout=SECONDS) as page:  # noqa: S310 - loopback
            text: str = page.read().decode()
        return text


@pytest.fixture
def house(tmp_path: Path, handbook_index: Path, handbook_answers: Answers) -> House:
    assert handbook_answers.size
    own = tmp_path / "index.db"
    own.write_bytes(handbook_index.read_bytes())
    return House(tmp_path, own)


def served(
    config: Path, slack: Recorder, program: str = PLAIN, **more: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    environment = os.environ | TOKENS | {"SLACK_API_URL": slack.address} | more
    return serving(config, environment, program)


def told_to_end(process: subprocess.Popen[str]) -> str:
    """What was said by a process that ended well when it was told to."""
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, err) == (0, "")
    return out


@pytest.mark.slow
def test_slack_the_tick_and_the_desk_run_in_one_process_and_end_together(
    house: House, slack: Recorder, line: SocketServer, tmp_path: Path
) -> None:
    systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    systemd.bind(str(tmp_path / "notify"))
    systemd.settimeout(SECONDS)
    config = house.config(f"[desk]\nport = {house.port}\n" + DESK.removeprefix("[desk]\n"))
    with systemd, served(config, slack, NOTIFY_SOCKET=str(tmp_path / "notify")) as process:
        assert line.connected.acquire(timeout=SECONDS)
        assert systemd.recv(100) == b"READY=1"
        assert systemd.recv(100) == b"WATCHDOG=1"
        line.deliver("e1", mention("Hvor længe varer en praktik?"))
        assert line.answers.get(timeout=SECONDS) == {"envelope_id": "e1"}
        assert slack.heard("chat.postMessage", SECONDS)
        assert "/opfoelgning/ny" in house.get("/opfoelgning")
        said = told_to_end(process)
        while (state := systemd.recv(100)) == b"WATCHDOG=1":
            pass
        assert state == b"STOPPING=1"
    assert "@brobygger" in said
    assert "http://127.0.0.1" in said
    assert "stoppet" in said


@pytest.mark.slow
def test_a_guideline_that_another_process_adds_is_answered_from_without_a_restart(
    house: House, slack: Recorder
) -> None:
    config = house.config(f"[serve]\nslack = false\n{DESK}port = {house.port}\n")
    asked = {"question": "Hvornår fodres kommunens guldfisk?"}
    with served(config, slack) as process:
        assert process.stdout
        assert "Skrivebordet" in process.stdout.readline()
        assert "klokken syv" not in house.get("/spoerg", asked)
        added = house.folder / "guldfisk.md"
        added.write_text(
            "# Guldfisk\n\nKommunens guldfisk fodres hver dag klokken syv.\n", encoding="utf-8"
        )
        assert answer(["--config", str(config), "guidelines", "add", str(added)]) == 0
        assert in_time(lambda: "klokken syv" in house.get("/spoerg", asked))
        told_to_end(process)
    assert slack.calls == []


@pytest.mark.slow
def test_what_arrived_before_the_end_is_answered_once_however_slow_slack_is(
    house: House, slack: Recorder, line: SocketServer
) -> None:
    config = house.config("")
    slack.next["chat.postMessage"] = [Answer(wait=1.0, keep=True)] * 3
    with served(config, slack) as process:
        assert line.connected.acquire(timeout=SECONDS)
        for number in range(6):
            body = mention(f"Hvor længe varer en praktik? {number}")
            body["event_id"] = f"Ev{number}"
            body["event"]["ts"] = f"1764000{number}.000100"
            line.deliver(f"e{number}", body)
        for _ in range(6):
            assert line.answers.get(timeout=SECONDS)
        assert len(slack.messages) < 6
        told_to_end(process)
    slack.next.clear()
    with served(config, slack) as process:
        assert line.connected.acquire(timeout=SECONDS)
        assert in_time(lambda: len({one["thread_ts"] for one in slack.messages}) == 6)
        told_to_end(process)
    assert len(slack.messages) == 6


@pytest.mark.slow
def test_the_log_tells_of_nobody_even_when_it_tells_more(
    house: House, slack: Recorder, line: SocketServer
) -> None:
    config = house.config(f"{DESK}port = {house.port}\n")
    asked = "Må kamelen Zebulon komme med i praktik?"
    with served(config, slack, BROBYGGER_LOG="INFO") as process:
        assert line.connected.acquire(timeout=SECONDS)
        line.deliver("e1", mention(asked))
        assert slack.heard("chat.postMessage", SECONDS)
        house.get("/spoerg", {"question": asked})
        house.get("/opfoelgning")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert err, "nothing was logged, so nothing was tested"
    secrets = ("Zebulon", "kamelen", ANE, "ane@k.example", *TOKENS.values())
    assert [secret for secret in secrets if secret in err] == []


@pytest.mark.slow
def test_when_one_part_dies_the_whole_ends_with_one_clear_line(
    house: House, slack: Recorder, line: SocketServer
) -> None:
    config = house.config(f"[hours]\ntick_seconds = 1\n{DESK}port = {house.port}\n")
    with served(config, slack, SABOTEUR + PLAIN) as process:
        assert line.connected.acquire(timeout=SECONDS)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 1, (out, err)
    assert re.fullmatch(r"Delen (worker|sender|guidelines) er gået i stå, .*\n", err)


OPENID = """[desk]
address = "https://a.example"
sign_in = "openid"
issuer = "https://i.example"
client_id = "x"
"""


@pytest.fixture
def at_the_terminal(house: House, slack: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(house.folder)
    for name, value in (TOKENS | {"SLACK_API_URL": slack.address}).items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("[serve]\ndesk = true\n", "login"),
        ("[serve]\nslack = false\n", "[serve]"),
        (f"{DESK}port = TAKEN\n", "[desk] port = "),
        (f"[slack]\nport = TAKEN\n[serve]\nslack = false\n{DESK}port = 0\n", "[slack] port = "),
        (f'{DESK}host = "192.0.2.7"\n', "TLS"),
        (f'{DESK}host = "0.0.0.0"\n', "TLS"),
        (DESK.replace('proxies = ["127.0.0.1"]\n', ""), "proxies"),
        (DESK.replace('["127.0.0.1"]', '["0.0.0.0/0"]'), "proxies"),
        (DESK.replace('"http://127.0.0.1"', '"http://desk.example"'), "https://"),
        (OPENID, "BROBYGGER_DESK_SECRET"),
        (f'{DESK}certificate = "x.pem"\nkey = "x.pem"\n', "PEM"),
        ('[store]\nurl = "findes-ikke/brobygger.db"\n', "findes-ikke"),
        ('[store]\nurl = "postgresql://127.0.0.1:1/brobygger"\n', "PostgreSQL svarer ikke"),
        ("[serve]\nslak = true\n", "slack"),
        ('[serve]\nslack = "ja"\n', "slack"),
    ],
)
@pytest.mark.usefixtures("at_the_terminal")
def test_a_bad_start_is_one_clear_refusal(
    house: House, capsys: pytest.CaptureFixture[str], config: str, says: str
) -> None:
    (house.folder / "x.pem").write_text("hej", encoding="utf-8")
    held = signal.getsignal(signal.SIGINT)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        file = house.config(config.replace("TAKEN", str(taken.getsockname()[1])))
        assert answer(["--config", str(file), "serve"]) == 1
    told = capsys.readouterr()
    assert says in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert len(told.err.strip().splitlines()) <= 2
    assert signal.getsignal(signal.SIGINT) is held


def test_a_configuration_that_is_not_there_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert answer(["--config", str(tmp_path / "nej.toml"), "serve"]) == 1
    assert "nej.toml findes ikke" in capsys.readouterr().err
