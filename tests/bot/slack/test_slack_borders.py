"""Who is let in, and where: colleagues, guests, other organisations, channels, roles."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import Slack
from bot.slack.service import Service
from tests.bot.slack.payloads import (
    CHANNEL,
    STRANGER,
    command,
    direct,
    mention,
    press,
    shortcut,
    signed,
)
from tests.bot.slack.recorder import TEAM, Recorder, refusal
from tests.bot.slack.talk import QUESTION, deliver, said, settle

OUTSIDERS = [
    ({"team_id": TEAM, "is_restricted": True}, "er kun for"),
    ({"team_id": TEAM, "is_ultra_restricted": True}, "er kun for"),
    ({"team_id": TEAM, "deleted": True}, "er kun for"),
    ({"team_id": "T0OTHER"}, "sin egen kommune"),
    ({"team_id": TEAM, "is_stranger": True}, "er kun for"),
]


@pytest.mark.parametrize(("user", "told"), OUTSIDERS)
def test_guests_and_other_organisations_are_refused_in_private(
    service: Service, slack: Recorder, user: dict[str, Any], told: str
) -> None:
    slack.users[STRANGER] = user
    deliver(service, mention(QUESTION, user=STRANGER))
    settle(service)
    [word] = slack.whispers
    assert (word["user"], word["channel"]) == (STRANGER, CHANNEL)
    assert told in word["text"]
    assert slack.posts == []


@pytest.mark.parametrize(("user", "told"), OUTSIDERS)
def test_a_command_of_a_guest_is_refused_too(
    service: Service, slack: Recorder, user: dict[str, Any], told: str
) -> None:
    slack.users[STRANGER] = user
    for name in ("/spoerg", "/forklar", "/praktik", "/aabning"):
        answer = service.bolt.dispatch(signed(command(name, QUESTION, user=STRANGER)))
        assert told in answer.body
    assert slack.of("views.open") == []


@pytest.mark.parametrize("key", ["user_team", "source_team", "team"])
def test_a_message_that_says_it_comes_from_another_organisation_keeps_no_words(
    service: Service, slack: Recorder, store: Any, key: str
) -> None:
    deliver(service, mention("noget hemmeligt", user=STRANGER, **{key: "T0OTHER"}))
    assert b"hemmeligt" not in store.read_bytes()
    settle(service)
    assert "egen kommune" in slack.whispers[0]["text"]
    assert slack.of("users.info") == []


def test_a_press_from_another_organisation_is_refused(service: Service, slack: Recorder) -> None:
    body = press("answer_again:1", "Frister", ts="1.1", channel=CHANNEL)
    body["user"]["team_id"] = "T0OTHER"
    deliver(service, body)
    settle(service)
    assert "egen kommune" in slack.whispers[0]["text"]
    assert slack.posts == []


def test_a_shortcut_from_another_organisation_opens_nothing(
    service: Service, slack: Recorder
) -> None:
    body = shortcut("make_sheet")
    body["user"]["team_id"] = "T0OTHER"
    assert deliver(service, body) == 200
    assert slack.of("views.open") == []
    assert "egen kommune" in slack.posts[0]["text"]


def test_an_employee_who_is_not_in_the_configuration_may_ask(
    service: Service, slack: Recorder
) -> None:
    for _ in range(3):
        deliver(service, direct(QUESTION, user=STRANGER))
    settle(service)
    assert len(slack.posts) == 3
    assert len(slack.of("users.info")) == 1


def test_when_slack_cannot_say_who_it_is_the_asker_hears_of_it(
    service: Service, slack: Recorder, clock: Any
) -> None:
    slack.next["users.info"] = [refusal("internal_error")] * 9
    deliver(service, direct(QUESTION, user=STRANGER))
    for _ in range(4):
        settle(service)
        clock.forward(seconds=10)
    assert "gik galt" in slack.posts[0]["text"]


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"slack": Slack(channels=("C0ANDEN",))}


def test_in_a_channel_that_is_not_chosen_only_the_asker_is_told_where_to_go(
    service: Service, slack: Recorder
) -> None:
    deliver(service, mention(QUESTION))
    settle(service)
    assert slack.posts == []
    assert "<#C0ANDEN>" in slack.whispers[0]["text"]


def test_direct_messages_are_answered_whatever_channels_are_chosen(
    service: Service, slack: Recorder
) -> None:
    deliver(service, direct(QUESTION))
    settle(service)
    assert "uger" in said(slack.posts[0])


def test_a_private_word_reaches_the_direct_messages_when_the_channel_is_closed_to_us(
    service: Service, slack: Recorder
) -> None:
    slack.next["chat.postEphemeral"] = [refusal("not_in_channel")]
    deliver(service, mention(QUESTION))
    settle(service)
    [post] = slack.posts
    assert post["channel"].startswith("U")
    assert "kanal" in post["text"]
