"""Whole signed payloads through the real Bolt app: asked, written, answered once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.cards.limits import check_message
from bot.slack.service import Service
from tests.bot.slack.payloads import (
    ANE,
    BO,
    CHANNEL,
    DIRECT,
    direct,
    mention,
    overheard,
)
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import QUESTION, deliver, said, settle


def test_a_mention_is_answered_in_its_thread_with_the_passage(
    service: Service, slack: Recorder
) -> None:
    body = mention(QUESTION)
    assert deliver(service, body) == 200
    settle(service)
    [post] = slack.posts
    assert (post["channel"], post["thread_ts"]) == (CHANNEL, body["event"]["ts"])
    assert "uger" in said(post) or "måneder" in said(post)
    assert check_message(post["text"], post["blocks"]) == ()


def test_a_direct_message_is_answered_in_its_thread(service: Service, slack: Recorder) -> None:
    body = direct(QUESTION)
    deliver(service, body)
    settle(service)
    [post] = slack.posts
    assert (post["channel"], post["thread_ts"]) == (DIRECT, body["event"]["ts"])


def test_a_post_has_its_key_and_unfurls_nothing(service: Service, slack: Recorder) -> None:
    body = direct(QUESTION)
    deliver(service, body)
    settle(service)
    [post] = slack.posts
    assert post["metadata"] == {
        "event_type": "brobygger",
        "event_payload": {"key": f"answer:{body['event_id']}"},
    }
    assert not post["unfurl_links"]
    assert not post["unfurl_media"]
    assert not post["link_names"]


def test_an_event_that_comes_again_is_answered_once(service: Service, slack: Recorder) -> None:
    body = mention(QUESTION)
    for attempt in ("1", "2", "3"):
        assert deliver(service, body, x_slack_retry_num=attempt) == 200
        settle(service)
    assert len(slack.posts) == 1


@pytest.mark.parametrize("mention_first", [True, False])
def test_a_mention_that_also_comes_as_a_message_is_answered_once(
    service: Service, slack: Recorder, mention_first: bool
) -> None:
    both = [mention(QUESTION, ts="7.7"), overheard(f"<@U0BOT> {QUESTION}", ts="7.7")]
    for body in both if mention_first else reversed(both):
        deliver(service, body)
    settle(service)
    assert len(slack.posts) == 1


def test_the_asker_goes_on_in_the_thread_without_a_new_mention(
    service: Service, slack: Recorder
) -> None:
    deliver(service, mention(QUESTION, ts="8.8"))
    deliver(service, overheard("Hvad er vinterbadning?", thread_ts="8.8"))
    settle(service)
    assert [post["thread_ts"] for post in slack.posts] == ["8.8", "8.8"]


def test_a_colleague_in_the_thread_is_answered_only_when_the_guidelines_know(
    service: Service, slack: Recorder
) -> None:
    deliver(service, mention(QUESTION, ts="8.8"))
    deliver(service, overheard("Tak, Ane. Skal vi tage cyklen?", user=BO, thread_ts="8.8"))
    deliver(service, overheard(QUESTION, user=BO, thread_ts="8.8"))
    settle(service)
    assert len(slack.posts) == 2


def test_a_message_in_a_thread_that_the_bot_does_not_know_leaves_no_trace(
    service: Service, slack: Recorder, store: Any
) -> None:
    assert deliver(service, overheard("hemmelig kaffesnak", thread_ts="9.9")) == 200
    settle(service)
    assert slack.posts == []
    assert b"kaffesnak" not in store.read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        direct("hej", bot_id="B0BOT", user="U0BOT"),
        direct("hej", bot_id="B0OTHER", user="U0OTHERBOT"),
        direct("hej", subtype="bot_message", bot_id="B1"),
        direct("", subtype="message_changed", message={"text": QUESTION, "user": ANE}),
        direct("", subtype="message_deleted", deleted_ts="1.1"),
        mention(QUESTION, edited={"user": ANE, "ts": "1.1"}),
        mention(QUESTION, user="U0BOT"),
    ],
)
def test_bots_edits_and_deletions_are_acknowledged_and_ignored(
    service: Service, slack: Recorder, body: dict[str, Any]
) -> None:
    assert deliver(service, body) == 200
    settle(service)
    assert slack.posts == []


def test_a_question_that_the_guidelines_do_not_hold_is_answered_too(
    service: Service, slack: Recorder
) -> None:
    deliver(service, direct("Hvad koster en elbil i leasing?"))
    settle(service)
    assert "Faglig koordinator" in said(slack.posts[0])


def test_a_mention_without_a_question_is_met_with_an_example(
    service: Service, slack: Recorder
) -> None:
    deliver(service, mention(""))
    settle(service)
    assert len(slack.posts) == 1


def test_a_long_question_is_read_from_its_beginning_and_says_so(
    service: Service, slack: Recorder
) -> None:
    deliver(service, direct(QUESTION + " og" * 20_000))
    settle(service)
    [post] = slack.posts
    assert "2.000" in said(post)
    assert check_message(post["text"], post["blocks"]) == ()


@pytest.mark.parametrize(
    "evil",
    [
        "Hvor længe varer en praktik &lt;!channel&gt; &lt;@U1&gt;?",
        "&lt;!here&gt; &lt;http://evil|vejledningen&gt;",
        "<!channel> <@U12345> <http://evil.dk|x> praktik",
    ],
)
def test_nothing_in_a_question_can_call_people_in_the_answer(
    service: Service, slack: Recorder, evil: str
) -> None:
    deliver(service, direct(evil))
    settle(service)
    for sign in ("<!", "<@", "<http"):
        assert sign not in said(slack.posts[0])


@pytest.mark.parametrize("query", ['AND * "NEAR( col:', "'; DROP TABLE inbox;--", "%s {x} ?"])
def test_a_question_full_of_signs_is_only_a_question(
    service: Service, slack: Recorder, query: str
) -> None:
    deliver(service, direct(query))
    settle(service)
    assert len(slack.posts) == 1


def test_a_handled_question_is_erased_from_the_store(
    service: Service, slack: Recorder, store: Any
) -> None:
    deliver(service, direct("Hvordan går det med kvantecyklisterne?"))
    assert b"kvantecyklisterne" in store.read_bytes()
    settle(service)
    assert b"kvantecyklisterne" not in store.read_bytes()
