"""Slack as the outbox's channel: each way in which a call can fail has its row."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.slack.cards.blocks import Card, section
from bot.slack.channel import SlackChannel
from bot.slack.connection import Access, build_client
from bot.slack.failures import LOCKED_OUT, PERMANENT, retry_after
from scheduler.errors import PostFailed
from scheduler.outbox import Outgoing, Posted
from tests.bot.slack.recorder import BOT_USER, Answer, Recorder, refusal

OUT = Outgoing("answer:Ev1", "answer", "C1", "Hej", '[{"type":"divider"}]', thread="1.1")
TO_A_PERSON = Outgoing("nudge:1:0", "nudge", "U000000ANE", "Hej")


def client_to(address: str) -> WebClient:
    client = build_client(Access("xoxb-" + "x", "xapp-" + "x", address))
    client.timeout = 1
    return client


@pytest.fixture
def channel(slack: Recorder) -> SlackChannel:
    return SlackChannel(client_to(slack.address), BOT_USER)


def policy(failed: PostFailed) -> tuple[bool, float | None, bool, bool]:
    return (failed.permanent, failed.retry_after, failed.unsure, failed.stops_all)


def gone() -> tuple[bool, float | None, bool, bool]:
    return (True, None, False, False)


def wait(seconds: float) -> tuple[bool, float | None, bool, bool]:
    return (False, seconds, False, False)


UNSURE = (False, None, True, False)
STOP = (False, None, False, True)
AGAIN = (False, None, False, False)


def limited(header: str | None) -> Answer:
    headers = {} if header is None else {"Retry-After": header}
    return Answer(429, json.dumps({"ok": False, "error": "ratelimited"}), headers)


FAILURES = [
    (limited("5"), wait(5)),
    (limited("0"), wait(1)),
    (limited("-1"), wait(1)),
    (limited("abc"), wait(30)),
    (limited("1.5"), wait(30)),
    (limited(""), wait(30)),
    (limited(None), wait(30)),
    (limited("86400"), wait(3600)),
    (Answer(429, "<html>slow down</html>", {"Retry-After": "9"}), wait(9)),
    (refusal("ratelimited"), wait(30)),
    (refusal("message_limit_exceeded"), wait(30)),
    *[(refusal(code), gone()) for code in sorted(PERMANENT)],
    *[(refusal(code), STOP) for code in sorted(LOCKED_OUT)],
    (refusal("fatal_error"), UNSURE),
    (refusal("internal_error"), UNSURE),
    (refusal("request_timeout"), UNSURE),
    (refusal("an_error_of_next_year"), UNSURE),
    (refusal("<!channel> " + "x" * 500), UNSURE),
    (Answer(body='{"ok": false}'), UNSURE),
    (Answer(body='{"ok": true}'), UNSURE),
    (Answer(body="[]"), UNSURE),
    (Answer(body="[1]"), UNSURE),
    (Answer(body="null"), UNSURE),
    (Answer(body='{"ok": tr'), UNSURE),
    (Answer(body=""), UNSURE),
    (Answer(body="<html>proxy</html>", headers={"Content-Type": "text/html"}), UNSURE),
    (Answer(500, "oops"), UNSURE),
    (Answer(502, "<html>"), UNSURE),
    (Answer(503, '{"ok": false, "error": "channel_not_found"}'), UNSURE),
    (Answer(404, "nothing here"), UNSURE),
    (Answer(302, "", {"Location": "http://127.0.0.1:9/elsewhere"}), UNSURE),
    (Answer(307, "", {"Location": "/api/chat.postMessage"}), UNSURE),
    (Answer(hang_up=True), UNSURE),
    (Answer(wait=1.4), UNSURE),
]


@pytest.mark.parametrize(("answer", "means"), FAILURES, ids=lambda part: str(part)[:70])
def test_each_failure_of_a_post_says_what_to_do_next(
    channel: SlackChannel, slack: Recorder, answer: Answer, means: tuple[Any, ...]
) -> None:
    slack.next["chat.postMessage"] = [answer]
    with pytest.raises(PostFailed) as raised:
        channel.post(OUT)
    assert policy(raised.value) == means
    assert len(slack.posts) == 1, "the SDK must not try again by itself"
    assert "<" not in str(raised.value)


def test_a_slack_that_is_not_there_got_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/api/"
    with pytest.raises(PostFailed) as raised:
        SlackChannel(client_to(address)).post(OUT)
    assert policy(raised.value) == AGAIN


def test_a_name_that_no_server_has_got_nothing() -> None:
    with pytest.raises(PostFailed) as raised:
        SlackChannel(client_to("https://slack.invalid/api/")).post(OUT)
    assert policy(raised.value) == AGAIN


@pytest.mark.parametrize(
    ("header", "seconds"), [("1", 1), ("0", 1), ("-5", 1), ("x", 30), (None, 30), ("9" * 30, 3600)]
)
def test_the_wait_lies_between_a_second_and_an_hour(header: str | None, seconds: float) -> None:
    assert retry_after(header) == seconds


def test_a_post_is_found_again_by_its_key(channel: SlackChannel, slack: Recorder) -> None:
    posted = channel.post(OUT)
    assert channel.find(OUT) == posted
    assert slack.of("conversations.replies")[-1]["include_all_metadata"] == "1"


def test_a_post_to_a_person_is_looked_for_in_the_direct_messages(
    channel: SlackChannel, slack: Recorder
) -> None:
    posted = channel.post(TO_A_PERSON)
    assert posted.channel == "D000000ANE"
    assert channel.find(TO_A_PERSON) == posted


def test_a_second_copy_is_found_besides_the_first_and_removed(
    channel: SlackChannel, slack: Recorder
) -> None:
    first, second = channel.post(TO_A_PERSON), channel.post(TO_A_PERSON)
    assert channel.find(TO_A_PERSON, besides=first) == second
    channel.remove(second)
    assert channel.find(TO_A_PERSON, besides=first) is None
    assert [message["ts"] for message in slack.messages] == [first.ts]


def test_what_has_not_arrived_is_not_found(channel: SlackChannel, slack: Recorder) -> None:
    channel.post(OUT)
    assert channel.find(Outgoing("another", "answer", "C1", "Hej", thread="1.1")) is None


def test_the_same_key_from_somebody_else_does_not_count(
    channel: SlackChannel, slack: Recorder
) -> None:
    channel.post(OUT)
    slack.messages[0]["user"] = "U0FORGER"
    assert channel.find(OUT) is None


def test_history_is_followed_to_its_next_page(channel: SlackChannel, slack: Recorder) -> None:
    page = {"ok": True, "messages": [{"ts": "9.9", "metadata": None}, {"ts": "9.8"}]}
    more = page | {"response_metadata": {"next_cursor": "abc="}}
    slack.next["conversations.replies"] = [Answer(body=json.dumps(more))]
    posted = channel.post(OUT)
    assert channel.find(OUT) == posted
    assert slack.of("conversations.replies")[-1]["cursor"] == "abc="


@pytest.mark.parametrize(
    "answer",
    [Answer(body='{"ok": true}'), Answer(500), Answer(body='{"ok": true, "messages": [1]}')],
)
def test_a_history_that_cannot_be_read_is_unsure(
    channel: SlackChannel, slack: Recorder, answer: Answer
) -> None:
    slack.next["conversations.replies"] = [answer]
    with pytest.raises(PostFailed) as raised:
        channel.find(OUT)
    assert raised.value.unsure


def test_taking_back_what_is_gone_already_is_no_error(
    channel: SlackChannel, slack: Recorder
) -> None:
    slack.next["chat.delete"] = [refusal("message_not_found")]
    channel.remove(Posted("C1", "1.1"))
    assert len(slack.of("chat.delete")) == 1


@pytest.mark.parametrize("method", ["chat.delete", "chat.update", "chat.postEphemeral"])
def test_the_other_calls_fail_by_the_same_table(
    channel: SlackChannel, slack: Recorder, method: str
) -> None:
    card = Card("Hej", (section("Hej", "a"),))
    calls = {
        "chat.delete": lambda: channel.remove(Posted("C1", "1.1")),
        "chat.update": lambda: channel.update(Posted("C1", "1.1"), card),
        "chat.postEphemeral": lambda: channel.whisper("C1", "U1", card),
    }
    slack.next[method] = [limited("5")]
    with pytest.raises(PostFailed) as raised:
        calls[method]()
    assert policy(raised.value) == wait(5)


def test_what_comes_too_late_says_so(channel: SlackChannel, slack: Recorder) -> None:
    late = Outgoing(
        "k", "nudge", "C1", "Hej", OUT.blocks, late_note="For sent <!channel>", late=True
    )
    channel.post(late)
    assert slack.posts[0]["blocks"][-1]["elements"][0]["text"] == "For sent &lt;!channel&gt;"
    channel.post(Outgoing("k", "nudge", "C1", "Hej", OUT.blocks, late_note="For sent", late=False))
    assert len(slack.posts[1]["blocks"]) == 1
