"""Slack as a process of its own, Web API and Socket Mode together: one that can really be killed.

    python -m tests.bot.slack.slack_apart API_PORT LINE_PORT

A line on its input is an envelope to deliver; each line of its output is something it heard.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.bot.slack.recorder import Answer, Call, Recorder, recording
from tests.bot.slack.socket_server import socket_serving

LINE, READY = "line", "ready"


class Apart:
    """The other side of it: `start`, `kill`, and what it heard since, in order."""

    def __init__(self) -> None:
        with ExitStack() as stack:
            free = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(2)]
            self.api, self.line = (one.getsockname()[1] for one in free)
        self.address = f"http://127.0.0.1:{self.api}/api/"
        self._process: subprocess.Popen[str] | None = None
        self._heard: queue.Queue[str] = queue.Queue()
        self._listening = threading.Thread()

    def start(self) -> None:
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.slack.slack_apart", str(self.api), str(self.line)],
            cwd=Path(__file__).parents[3],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._heard = queue.Queue()
        self._listening = threading.Thread(target=self._listen, args=(process, self._heard))
        self._listening.start()
        self.hear(READY, 20)

    def deliver(self, envelope_id: str, payload: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([envelope_id, payload]) + "\n")
        self._process.stdin.flush()

    def hear(self, what: str, seconds: float) -> None:
        """Wait until it has heard `what`; raises queue.Empty when that takes too long."""
        while self._heard.get(timeout=seconds) != what:
            pass

    def freeze(self) -> None:
        """Its ports stay open, and nobody answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """Signal 9: its ports are closed, and nobody says goodbye."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        process.kill()
        process.wait()
        self._listening.join()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):
                stream.close()
        self._process = None

    def _listen(self, process: subprocess.Popen[str], heard: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            heard.put(line.strip())


@contextmanager
def apart() -> Iterator[Apart]:
    slack = Apart()
    slack.start()
    try:
        yield slack
    finally:
        slack.kill()


def main(api: int, line: int) -> None:
    with recording(api) as slack, socket_serving(line) as server:
        slack.socket_url = server.url
        _tell_what_is_heard(slack)
        threading.Thread(target=_tell_of_lines, args=(server.connected,), daemon=True).start()
        say(READY)
        for said in sys.stdin:
            server.deliver(*json.loads(said))


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def _tell_of_lines(connected: threading.Semaphore) -> None:
    while connected.acquire():
        say(LINE)


def _tell_what_is_heard(slack: Recorder) -> None:
    usual = slack.answer

    def answer(call: Call) -> Answer:
        say(call.method)
        return usual(call)

    slack.answer = answer  # type: ignore[method-assign]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
