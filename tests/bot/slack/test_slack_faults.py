"""What Slack's refusals mean for a nudge, from the store to the wire and back: a row each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.slack.channel import SlackChannel
from bot.slack.connection import Access, build_client
from scheduler import store_outbox
from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.dispatch import tick
from scheduler.nudges import Nudge
from scheduler.outbox import Outgoing
from scheduler.sending import Report, Stopwatch
from tests.bot.slack.recorder import BOT_USER, Answer, Recorder, refusal
from tests.scheduler.fake_slack import VirtualTime

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def limited(header: str) -> Answer:
    body = json.dumps({"ok": False, "error": "ratelimited"})
    return Answer(429, body, {"Retry-After": header})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "store.db")
    with opened.write() as tx:
        tx.run(
            "INSERT INTO cases (id, reference, plan, owner, state, anchors, without, started)"
            " VALUES ('c', 'INT-1', 'p', 'mette', 'open', '{}', '[]', 0)"
        )
        due = round(NOW.timestamp() * 1000)
        tx.run(
            "INSERT INTO nudges (id, case_id, step, place, state, due, ready)"
            " VALUES ('n', 'c', 's', 0, 'planned', ?, ?)",
            *(due, due),
        )
    yield opened
    opened.close()


class Bot:
    """Ticks by the test's clock, with the real client to a Slack on loopback."""

    def __init__(self, database: Database, slack: Recorder) -> None:
        access = Access("xoxb-" + "x", "xapp-" + "x", slack.address)
        client = build_client(access)
        client.timeout = 1
        self.channel = SlackChannel(client, BOT_USER)
        self.database, self.time = database, VirtualTime()

    def tick(self, seconds: int) -> Report:
        now = NOW + timedelta(seconds=seconds)
        self.time.seconds = now.timestamp()
        watch = Stopwatch(self.time.elapsed, self.time.pause)
        return tick(self.database, self.channel, compose, now, plans={}, watch=watch)


def compose(nudge: Nudge) -> Outgoing:
    return Outgoing("", "", "C1", nudge.title)


@pytest.fixture
def bot(database: Database, slack: Recorder) -> Bot:
    return Bot(database, slack)


@pytest.mark.parametrize(
    ("answer", "waits"),
    [
        (limited("0"), 1),
        (limited("-1"), 1),
        (limited("abc"), 30),
        (limited("86400"), 900),
        (Answer(500, "oops"), 30),
        (Answer(hang_up=True, keep=True), 30),
        (Answer(body="<html>", keep=True), 30),
    ],
    ids=["wait 0", "wait -1", "wait abc", "wait a day", "500", "answer lost", "answer garbled"],
)
def test_a_nudge_that_slack_puts_off_comes_once_after_that_time(
    bot: Bot, slack: Recorder, answer: Answer, waits: int
) -> None:
    slack.next["chat.postMessage"] = [answer]
    sent = bot.tick(0).sent
    if waits > 2:  # a tick itself waits for what comes within two seconds
        assert (sent, bot.tick(waits - 3).sent) == (0, 0)
        sent = bot.tick(waits).sent
    assert sent == 1
    assert bot.time.seconds - NOW.timestamp() >= waits
    for minute in range(20, 40):
        bot.tick(minute * 60)
    assert len(slack.messages) == 1
    assert len(slack.posts) == (1 if answer.keep else 2)


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found"])
def test_a_channel_that_is_closed_to_the_bot_makes_a_dead_letter_at_the_first_try(
    bot: Bot, slack: Recorder, error: str
) -> None:
    slack.next["chat.postMessage"] = [refusal(error)]
    assert bot.tick(0).dead == 1
    for minute in range(1, 30):
        assert bot.tick(minute * 60) == Report()
    with bot.database.read() as tx:
        (letter,) = store_outbox.dead_letters(tx)
    assert error in letter.problem
    assert (len(slack.posts), slack.messages) == (1, [])


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_bot_that_is_locked_out_stops_loses_nothing_and_goes_on_with_a_new_key(
    bot: Bot, slack: Recorder, error: str
) -> None:
    slack.next["chat.postMessage"] = [refusal(error)] * 3
    halted = [bot.tick(minute * 60).halted for minute in (0, 1, 3)]
    assert all(halted)
    assert error in str(halted[0])
    assert sum(bot.tick(minute * 60).sent for minute in range(4, 12)) == 1
    assert (len(slack.messages), bot.tick(3600)) == (1, Report())
