"""`brobygger demo` and `brobygger desk`: what is printed, what is made, when they refuse."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from bot.cli.main import answer
from bot.errors import BotError
from bot.web import PORT, listen, listen_somewhere


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_demo_answers_plans_and_makes_two_sheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["demo", "--once"]) == 0
    told = capsys.readouterr().out
    assert "12 uger" in told
    assert "Praktikken i tal" in told
    assert "virksomhedspraktik" in told
    assert "Trepartssamtale midtvejs" in told
    made = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert made == [
        "loenseddel-ar.html",
        "loenseddel-ar.pdf",
        "loenseddel-da.html",
        "loenseddel-da.pdf",
    ]
    assert (tmp_path / "out" / "loenseddel-ar.pdf").read_bytes().startswith(b"%PDF-")
    assert 'dir="rtl"' in (tmp_path / "out" / "loenseddel-ar.html").read_text(encoding="utf-8")


def test_the_demo_runs_twice_and_leaves_nothing_but_its_sheets(tmp_path: Path) -> None:
    assert answer(["demo", "--once"]) == 0
    assert answer(["demo", "--once"]) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_an_out_that_is_a_file_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    assert answer(["demo", "--once"]) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("out ")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["desk"], 1, "--demo"),
        (["desk", "--host", "192.0.2.7"], 1, "--demo"),
        (["desk", "--demo", "--host", "192.0.2.7"], 1, "127.0.0.1"),
        (["desk", "--demo", "--host", "example.dk"], 1, "127.0.0.1"),
        (["desk", "--demo", "--port", "70000"], 2, "70000"),
        (["desk", "--demo", "--port", "mange"], 2, "mange"),
        (["demo", "--prot", "1"], 2, "--port"),
    ],
)
def test_a_desk_that_cannot_be_opened_says_why(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, says: str
) -> None:
    assert answer(arguments) == status
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told


def test_a_port_in_use_is_one_clear_line_with_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert answer(["desk", "--demo", "--port", str(port)]) == 1
    told = capsys.readouterr().err.strip()
    assert f"Port {port} er optaget" in told
    assert "--port" in told
    assert "\n" not in told


def test_the_demo_finds_another_port_where_somebody_has_the_usual_one() -> None:
    with ExitStack() as stack:
        with suppress(BotError):  # somebody else has it already
            stack.enter_context(listen("127.0.0.1", PORT))
        other = stack.enter_context(listen_somewhere("127.0.0.1"))
        assert other.getsockname()[1] not in {0, PORT}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demo in a process of its own, and its address."""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", "from bot.cli.main import run; run()"]
    process = subprocess.Popen(
        [*command, "desk", "--demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found, process.communicate()
    yield process, found[0]
    process.kill()
    process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_served_demo_ends_cleanly_and_takes_its_store_with_it(
    served: tuple[subprocess.Popen[str], str], tmp_path: Path, ending: signal.Signals
) -> None:
    process, address = served
    with urllib.request.urlopen(f"{address}opfoelgning") as page:  # noqa: S310 - loopback
        assert "INT-1042" in page.read().decode()
    process.send_signal(ending)
    told, complaints = process.communicate(timeout=20)
    assert process.returncode == 0, complaints
    assert complaints == ""
    assert "GET" not in told
    assert list(tmp_path.iterdir()) == []
