"""The store does not answer: whoever waits is told once, and so are the administrators."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.people import People, Person, Role
from bot.slack.making import Making
from bot.slack.seldom import AGAIN_SECONDS, Seldom
from bot.slack.service import Service
from scheduler.clock import TOLD_AGAIN_SECONDS, Trouble
from scheduler.errors import StoreFailed
from tests.bot.slack.conftest import PEOPLE, Clock
from tests.bot.slack.payloads import BO, command, direct, home_press, mention, overheard, signed
from tests.bot.slack.recorder import Recorder

ADAM = "U00000ADAM"


@pytest.fixture
def settings() -> dict[str, Any]:
    adam = Person("adam", "Adam", frozenset({Role.ADMINISTRATOR}), ADAM)
    return {"people": People({one.id: one for one in (*PEOPLE, adam)})}


@pytest.fixture
def gone(service: Service, store: Path) -> Callable[[], None]:
    """The store moved away under the running service; what is given puts it back."""
    away = store.with_name("away.db")
    store.rename(away)
    return lambda: [away.rename(store), None][1]


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("body", [mention("Hvor længe?"), direct("Hvor længe?")])
def test_a_message_that_cannot_be_kept_is_not_acknowledged_and_its_sender_is_told_once(
    service: Service, slack: Recorder, body: dict[str, Any]
) -> None:
    for _ in range(4):  # Slack delivers it again and again
        assert service.bolt.dispatch(signed(body)).status == 500
    assert len(slack.whispers) == 1
    assert "Slack sender den selv igen" in slack.whispers[0]["text"]


@pytest.mark.usefixtures("gone")
def test_after_ten_minutes_the_same_person_may_be_told_again_and_others_at_once(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    service.bolt.dispatch(signed(mention("Hvor længe?")))
    service.bolt.dispatch(signed(mention("Hvor længe?", user=BO)))
    clock.forward(minutes=11)
    service.bolt.dispatch(signed(mention("Hvor længe?")))
    assert len(slack.whispers) == 3


@pytest.mark.usefixtures("gone")
def test_nobody_is_told_of_what_was_not_said_to_the_bot(service: Service, slack: Recorder) -> None:
    service.bolt.dispatch(signed(overheard("Hej", thread_ts="1763800000.000001")))
    assert slack.whispers == slack.posts == []


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("name", ["/spoerg", "/praktik", "/forklar"])
def test_a_command_says_that_nothing_has_happened(service: Service, name: str) -> None:
    answer = service.bolt.dispatch(signed(command(name, "INT-1042")))
    assert answer.status == 200
    assert "store.db" not in answer.body
    assert "brobygger.db" not in answer.body
    assert "ikke gemme noget lige nu" in answer.body


@pytest.mark.usefixtures("gone")
def test_a_press_on_the_home_tab_is_told_in_direct_messages(
    service: Service, slack: Recorder
) -> None:
    service.bolt.dispatch(signed(home_press("nudge_done", "x")))
    assert "der er ikke sket noget" in slack.posts[0]["text"]


def test_an_administrator_hears_of_a_lasting_trouble_once_and_of_its_end(
    service: Service, slack: Recorder, clock: Clock, gone: Callable[[], None]
) -> None:
    for _ in range(20):
        with pytest.raises(StoreFailed):
            service.send()
        clock.forward(seconds=15)
    assert [post["channel"] for post in slack.posts] == [ADAM]
    assert "er væk" in slack.posts[0]["text"]
    gone()
    service.send()
    service.send()
    assert [post["channel"] for post in slack.posts if "gemme igen" in post["text"]] == [ADAM]


def test_a_trouble_of_seconds_is_not_told(
    service: Service, slack: Recorder, gone: Callable[[], None]
) -> None:
    with pytest.raises(StoreFailed):
        service.send()
    gone()
    service.send()
    assert slack.posts == []


def test_a_line_that_comes_again_is_written_once_in_ten_minutes() -> None:
    now = [0.0]
    seldom = Seldom(lambda: now[0])

    def passes(said: str, level: int = logging.ERROR) -> bool:
        return bool(seldom.filter(logging.LogRecord("x", level, "", 0, said, None, None)))

    assert [passes(f"no answer from 0x{n}a after {n} s") for n in range(5)] == [True] + [False] * 4
    assert passes("another trouble")
    assert passes("seen", logging.INFO)
    assert passes("seen", logging.INFO)
    now[0] = AGAIN_SECONDS
    assert passes("no answer from 0x7a after 7 s")
    seldom.forget()
    assert passes("no answer from 0x7a after 7 s")


def test_a_tick_that_fails_again_and_again_is_told_once_an_hour(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = [0.0]
    trouble = Trouble(lambda: now[0])
    full = StoreFailed("Disken er fuld.")
    assert [trouble.met(full) for _ in range(3)] == [True, False, False]
    assert trouble.met(LookupError("another"))
    assert trouble.met(full)
    now[0] = TOLD_AGAIN_SECONDS
    assert trouble.met(full)
    assert [trouble.over(), trouble.over()] == [True, False]
    assert trouble.met(full)
    assert "after 6 that failed" in caplog.text


def test_what_is_not_begun_when_the_process_ends_is_not_begun_any_more() -> None:
    import threading

    making, begun, go_on = Making(), threading.Semaphore(0), threading.Event()

    def work() -> None:
        begun.release()
        go_on.wait(5)

    for _ in range(5):
        making.later(work)
    assert begun.acquire(timeout=5)
    assert begun.acquire(timeout=5)
    making.leave()
    go_on.set()
    making.stop(5)
    assert not begun.acquire(blocking=False)
