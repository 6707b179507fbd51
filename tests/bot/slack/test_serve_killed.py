"""`brobygger serve` whole, killed with signal 9: what was promised stands after the restart.

The long form, with many kills and every door, is `python -m tests.bot.slack.long_kills`.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answers.engine import Answers
from tests.bot.slack.payloads import CHANNEL, mention
from tests.bot.slack.recorder import Answer, Recorder
from tests.bot.slack.socket_server import SocketServer, socket_serving
from tests.bot.slack.whole import Whole, busy_day, in_time

QUESTION = "Hvor længe varer en praktik?"


@pytest.fixture
def line(slack: Recorder) -> Iterator[SocketServer]:
    with socket_serving() as server:
        slack.socket_url = server.url
        yield server


@pytest.fixture
def opened(
    tmp_path: Path,
    slack: Recorder,
    line: SocketServer,
    handbook_index: Path,
    handbook_answers: Answers,
) -> Iterator[Callable[[str], Whole]]:
    assert handbook_answers.size
    index = tmp_path / "index.db"
    index.write_bytes(handbook_index.read_bytes())
    made: list[Whole] = []

    def make(address: str) -> Whole:
        made.append(Whole(tmp_path, address, index, slack, line))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def whole(opened: Callable[[str], Whole], tmp_path: Path) -> Whole:
    return opened(str(tmp_path / "store.db"))


def ask(whole: Whole, first: int, count: int) -> None:
    """Questions that Slack is told have arrived."""
    for number in range(first, first + count):
        body = mention(f"{QUESTION} {number}", ts=f"1764000{number:03d}.000100")
        whole.line.deliver(f"e{number}", body)
        assert whole.line.answers.get(timeout=60) == {"envelope_id": f"e{number}"}


def answers(whole: Whole) -> list[str]:
    return sorted(one["thread_ts"] for one in whole.slack.messages if one["channel"] == CHANNEL)


def quiet(whole: Whole) -> bool:
    """Nothing waits any more, in the inbox or the outbox."""
    return not whole.rows(
        "SELECT id FROM inbox WHERE ready IS NOT NULL"
        " UNION ALL SELECT key FROM outbox WHERE state IN ('pending', 'claimed')"
    )


@pytest.mark.slow
def test_what_was_acknowledged_or_due_arrives_once_through_kills(
    opened: Callable[[str], Whole], address: str
) -> None:
    whole = opened(address)
    busy_day(whole)
    whole.slack.next["chat.postMessage"] = [Answer(wait=0.4, keep=True)] * 60
    whole.start(desk=False)
    ask(whole, 0, 5)
    assert in_time(lambda: len(whole.slack.messages) > 1)
    whole.kill()  # a post is under way: Slack has it, and the store does not know yet
    whole.a_minute_on()
    whole.slack.next.clear()
    whole.start(desk=False)
    assert in_time(lambda: quiet(whole))
    assert answers(whole) == [f"176400000{number}.000100" for number in range(5)]
    found = whole.times()
    assert [key for key, count in found.items() if count > 1] == []
    kinds = sorted({key.partition(":")[0] for key in found})
    assert kinds == ["answer", "digest", "handed", "morning", "nudge", "problem"]
    for kind in ("morning", "digest"):
        assert sum(key.startswith(f"{kind}:") for key in found) == 1


def token_on(page: str) -> str:
    return str(re.search(r'name="token" value="([^"]+)"', page)[1])  # type: ignore[index]


@pytest.mark.slow
def test_a_press_at_the_desk_is_done_whole_or_not_at_all(whole: Whole) -> None:
    busy_day(whole)
    whole.start(die="bot.catalog_home:CatalogHome.write after 2")
    part = "/oversaettelser/ar/atp"
    page = whole.visit(part)
    token = token_on(page)
    seals = re.findall(r'name="ok" value="(\w+)"', page)[:2]
    form = {"token": token, "navn": "Amal Yusuf", "ok": seals[0], f"k.{seals[1]}": "Ordet er galt"}
    assert whole.visit(part, form) == ""
    whole.died()
    whole.start(die="bot.actions.nudges:record after 1")
    nudge = whole.rows("SELECT id FROM nudges WHERE step = 'foerste-dag'")[0]["id"]
    assert whole.visit(part, {"token": token, "navn": "Amal Yusuf"})
    words = whole.folder / "ord"
    assert seals[0] in (words / "ar/reviewed.toml").read_text()
    assert (words / "ar/comments.toml").read_text().count("Ordet er galt") == 1
    assert [one.name for one in words.iterdir() if one.is_file()] == []
    done = f"/trin/{nudge}/udfoert"
    assert whole.visit(done, {"token": token}) == ""
    whole.died()
    of_it = "SELECT did FROM audit WHERE about = ?"
    assert whole.rows("SELECT state FROM nudges WHERE id = ?", nudge) != [{"state": "done"}]
    assert whole.rows(of_it, nudge) == []


@pytest.mark.slow
def test_a_store_that_is_gone_is_told_once_and_all_goes_on_when_it_is_back(whole: Whole) -> None:
    whole.start(desk=False)
    store, away = Path(whole.address), whole.folder / "away.db"
    store.rename(away)
    for number in range(5):
        whole.line.deliver(f"e{number}", mention(QUESTION, ts="1764000001.000100"))
    assert in_time(lambda: whole.slack.whispers)
    assert in_time(lambda: whole.log.read_text().count("the tick failed") >= 2)
    assert "Jeg kan ikke gemme noget lige nu" in whole.slack.whispers[0]["text"]
    assert whole.line.answers.empty()
    away.rename(store)
    assert in_time(lambda: "works again" in whole.log.read_text())
    ask(whole, 1, 1)
    assert in_time(lambda: answers(whole) == ["1764000001.000100"])
    assert len(whole.slack.whispers) == 1
    assert whole.log.read_text().count("the tick failed") <= 3  # each of three threads, once


@pytest.mark.slow
def test_told_to_end_twice_before_a_slow_slack_it_ends_well_in_bounded_time(whole: Whole) -> None:
    busy_day(whole)
    whole.slack.next["chat.postMessage"] = [Answer(wait=3.0, keep=True)] * 60
    whole.start(desk=False)
    ask(whole, 0, 6)
    assert in_time(lambda: whole.slack.messages)
    whole.processes[-1].send_signal(signal.SIGINT)
    assert whole.told_to_end() < 10
    assert len(whole.slack.messages) < 6
    assert len(whole.rows("SELECT key FROM outbox WHERE state <> 'sent'")) > 6
