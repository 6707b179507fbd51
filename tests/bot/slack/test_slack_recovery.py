"""When Slack is killed, falls silent or asks for a new line, the bot is back within ten seconds."""

from __future__ import annotations

import http.client
import json
import logging
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config import Slack
from bot.slack.connection import Access
from bot.slack.running import online
from bot.slack.service import Service
from tests.bot.slack.payloads import ANE, mention
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.slack_apart import LINE, Apart, apart
from tests.bot.slack.socket_server import socket_serving
from tests.bot.slack.talk import settle

logger = logging.getLogger(__name__)
RUN = "from bot.cli.main import run; run()"
QUESTION = "Hvor længe varer en praktik?"
BACK = 10.0
"""Seconds, by issue and by what a user forgives."""

PATIENCE = 30.0
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-" + "1", "SLACK_APP_TOKEN": "xapp-" + "1"}


class Running:
    """`brobygger serve` as a process, its health, and what it complains of."""

    def __init__(self, config: Path, address: str, health: int) -> None:
        self._health = health
        self._process = subprocess.Popen(
            [sys.executable, "-c", RUN, "--config", config, "serve"],
            cwd=config.parent,
            env=os.environ
            | TOKENS
            | {"PYTHONPATH": os.pathsep.join(sys.path), "SLACK_API_URL": address},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._said: queue.Queue[str] = queue.Queue()
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def complains(self, of: str) -> None:
        """Wait for a line of its log; raises queue.Empty when none comes."""
        while of not in self._said.get(timeout=PATIENCE):
            pass

    def well(self) -> bool:
        """Whether it says that the line stands; not before it says anything."""
        line = http.client.HTTPConnection("127.0.0.1", self._health, timeout=5)
        try:
            line.request("GET", "/health")
            parts: dict[str, bool] = json.loads(line.getresponse().read())["parts"]
        except ConnectionRefusedError:
            return False
        finally:
            line.close()
        return parts["slack"]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._listening.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._said.put(line)


Start = Callable[[str], Running]


@pytest.fixture
def serve(tmp_path: Path, handbook_index: Path, handbook_answers: object) -> Iterator[Start]:
    running: list[Running] = []

    def started(address: str) -> Running:
        with socket.create_server(("127.0.0.1", 0)) as free:
            health = free.getsockname()[1]
        file = tmp_path / "config.toml"
        file.write_text(
            f'[people.ane]\nname = "Ane"\nslack = "{ANE}"\n'
            f'[store]\nindex = "{handbook_index}"\n[slack]\nport = {health}\n',
            encoding="utf-8",
        )
        running.append(Running(file, address, health))
        return running[0]

    yield started
    for one in running:
        one.kill()


@pytest.fixture
def slack_of_its_own() -> Iterator[Apart]:
    with apart() as slack:
        yield slack


def until(true: Callable[[], bool], seconds: float) -> float:
    """Seconds until it was true; fails when that takes longer than `seconds`."""
    begin, rest = time.monotonic(), threading.Event()
    while not true():
        assert time.monotonic() - begin < seconds, "too late"
        rest.wait(0.05)
    return time.monotonic() - begin


def comes_back(slack: Apart) -> None:
    """Slack is started again; the line and an answer come back in time."""
    slack.start()
    begin = time.monotonic()
    slack.hear(LINE, BACK)
    logger.info("back after %.2f s", time.monotonic() - begin)
    slack.deliver("e2", mention(QUESTION))
    slack.hear("chat.postMessage", PATIENCE)


@pytest.mark.slow
def test_after_slack_was_killed_what_is_said_is_answered_again_within_ten_seconds(
    slack_of_its_own: Apart, serve: Start
) -> None:
    slack = slack_of_its_own
    bot = serve(slack.address)
    slack.hear(LINE, PATIENCE)
    slack.deliver("e1", mention(QUESTION))
    slack.hear("chat.postMessage", PATIENCE)
    slack.kill()
    until(lambda: not bot.well(), BACK)
    bot.complains("Failed to check the current session")  # it is really away: the bot knocked
    comes_back(slack)
    assert bot.well()


@pytest.mark.slow
def test_a_slack_that_falls_silent_without_a_word_is_noticed_and_left(
    slack_of_its_own: Apart, serve: Start
) -> None:
    slack = slack_of_its_own
    bot = serve(slack.address)
    until(bot.well, PATIENCE)
    slack.freeze()
    logger.info("noticed after %.2f s", until(lambda: not bot.well(), BACK))
    slack.kill()
    comes_back(slack)


def test_when_slack_asks_for_a_new_line_nothing_is_lost(service: Service, slack: Recorder) -> None:
    with socket_serving() as line:
        slack.socket_url = line.url
        with online(service, Access("xoxb-1", "xapp-1"), Slack()):
            assert line.connected.acquire(timeout=PATIENCE)
            line.refresh()
            assert line.connected.acquire(timeout=BACK)
            line.deliver("e1", mention(QUESTION))
            assert line.answers.get(timeout=PATIENCE) == {"envelope_id": "e1"}
    settle(service)
    assert len(slack.posts) == 1
