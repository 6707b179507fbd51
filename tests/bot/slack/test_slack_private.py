"""Answers that one person sees: the command, the shortcut, sharing, suggestions, opinions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.actions.question_report import REASONS, report
from bot.config import Slack
from bot.people import at_the_terminal
from bot.slack.cards.limits import check_message, check_view
from bot.slack.service import Service
from tests.bot.slack.payloads import (
    ANE,
    BO,
    CHANNEL,
    EXPERTS,
    choose,
    direct,
    filled,
    mention,
    press,
    shortcut,
    signed,
)
from tests.bot.slack.recorder import Recorder, refusal
from tests.bot.slack.talk import QUESTION, asked, button_of, deliver, said, settle, thumb


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"slack": Slack(experts=EXPERTS)}


def test_the_command_is_answered_at_once_to_the_asker_alone(
    service: Service, slack: Recorder, store: Any
) -> None:
    answer = asked(service, QUESTION)
    assert answer["response_type"] == "ephemeral"
    assert "uger" in said(answer)
    assert check_message(answer["text"], answer["blocks"]) == ()
    assert slack.posts == []
    assert QUESTION.encode() not in store.read_bytes()


@pytest.mark.parametrize("text", ["", "   ", "<@U1>"])
def test_the_command_without_a_question_says_what_to_write(service: Service, text: str) -> None:
    assert "spørgsmål" in asked(service, text)["text"]


def test_the_command_with_a_cpr_number_keeps_and_repeats_nothing(
    service: Service, store: Any
) -> None:
    answer = asked(service, "hvad med 010180-1234")
    assert "CPR-nummer" in answer["text"]
    assert "1234" not in json.dumps(answer)
    assert b"1234" not in store.read_bytes()


def share_press(answer: dict[str, Any], ts: str = "9.9") -> dict[str, Any]:
    button = button_of(answer, "answer_share")
    body = press("answer_share", button["value"], ts=ts, channel=CHANNEL)
    body["container"]["is_ephemeral"] = True
    return body


def test_an_answer_is_shared_into_the_channel_once_with_whose_question_it_was(
    service: Service, slack: Recorder
) -> None:
    answer = asked(service, QUESTION)
    for _ in range(2):
        deliver(service, share_press(answer))
        settle(service)
    [post] = slack.posts
    assert post["channel"] == CHANNEL
    assert "Ane spurgte" in said(post)
    assert "uger" in said(post)


def test_sharing_where_the_bot_is_no_member_says_how_to_invite_it(
    service: Service, slack: Recorder
) -> None:
    slack.next["chat.postEphemeral"] = [refusal("not_in_channel")]
    deliver(service, share_press(asked(service, QUESTION)))
    settle(service)
    [post] = slack.posts
    assert post["channel"] == ANE
    assert "/invite @brobygger" in post["text"]


def test_a_suggested_question_is_answered_in_the_thread_once(
    service: Service, slack: Recorder
) -> None:
    deliver(service, mention(QUESTION))
    settle(service)
    button = button_of(slack.posts[0], "answer_again")
    for _ in range(2):
        deliver(service, press(button["action_id"], button["value"], ts="5.5", channel=CHANNEL))
        settle(service)
    assert len(slack.posts) == 2
    assert slack.posts[1]["thread_ts"] == "5.5"
    assert "Ane spurgte" in said(slack.posts[1])


def test_a_suggestion_under_a_private_answer_is_answered_in_private(
    service: Service, slack: Recorder
) -> None:
    button = button_of(asked(service, QUESTION), "answer_again")
    body = press(button["action_id"], button["value"], ts="5.5", channel=CHANNEL)
    body["container"]["is_ephemeral"] = True
    deliver(service, body)
    settle(service)
    assert slack.posts == []
    assert slack.whispers[0]["user"] == ANE


def test_the_shortcut_on_a_message_answers_the_presser_alone(
    service: Service, slack: Recorder
) -> None:
    deliver(service, shortcut("look_up", text=QUESTION))
    settle(service)
    assert slack.posts == []
    [word] = slack.whispers
    assert (word["channel"], word["user"]) == (CHANNEL, ANE)
    assert "uger" in said(word)


@pytest.mark.parametrize(
    ("text", "told"), [("", "ingen tekst"), ("hun har 010180-1234", "CPR-nummer")]
)
def test_the_shortcut_on_a_message_that_cannot_be_asked_says_why(
    service: Service, slack: Recorder, text: str, told: str
) -> None:
    deliver(service, shortcut("look_up", text=text))
    settle(service)
    assert told in slack.whispers[0]["text"]


def test_a_thumb_up_is_kept_and_thanked_for_in_private(service: Service, slack: Recorder) -> None:
    deliver(service, direct(QUESTION))
    settle(service)
    deliver(service, thumb(slack.posts[0], "positive_button"))
    settle(service)
    assert slack.whispers[0]["text"] == "Tak for svaret."
    assert len(slack.posts) == 1


def test_a_thumb_down_asks_why_from_a_list(service: Service, slack: Recorder) -> None:
    deliver(service, direct(QUESTION))
    settle(service)
    deliver(service, thumb(slack.posts[0], "negative_button"))
    [opened] = slack.of("views.open")
    assert check_view(opened["view"]) == ()
    for reason in REASONS:
        answer = service.bolt.dispatch(signed(filled(opened["view"], {"reason": str(reason)})))
        assert "Tak" in answer.body


def test_a_thumb_under_an_answer_that_is_not_kept_any_more_is_told(
    service: Service, slack: Recorder
) -> None:
    deliver(service, choose("answer_opinion", "yes|findes-ikke", ts="5.5"))
    settle(service)
    assert "for gammelt" in slack.whispers[0]["text"]


class TestOpinion:
    """`ikke hjælpsomt` asks why; however it ends, each person's word counts once."""

    def thumbs_down(self, service: Service, slack: Recorder, user: str = ANE) -> dict[str, Any]:
        """The form for the reason, of the answer to a question that was asked before."""
        body = thumb(slack.posts[0], "negative_button")
        body["user"]["id"] = user
        deliver(service, body)
        view: dict[str, Any] = slack.of("views.open")[-1]["view"]
        return view

    def counted(self, service: Service) -> tuple[dict[str, int], int]:
        """Why replies did not help (empty for a bare no), and how many helped."""
        seen = report(at_the_terminal(), service._app, service._now())
        return dict(seen.reasons), seen.helpful

    @pytest.fixture(autouse=True)
    def question(self, service: Service) -> None:
        deliver(service, direct(QUESTION))
        settle(service)

    def test_a_form_that_is_closed_leaves_one_bare_no(
        self, service: Service, slack: Recorder
    ) -> None:
        for _ in range(3):
            view = self.thumbs_down(service, slack)
            closed = filled(view, {}) | {"type": "view_closed", "is_cleared": False}
            assert service.bolt.dispatch(signed(closed)).status == 200
        assert self.counted(service) == ({"": 1}, 0)

    def test_a_reason_takes_the_place_of_the_bare_no(
        self, service: Service, slack: Recorder
    ) -> None:
        view = self.thumbs_down(service, slack)
        for _ in range(2):
            service.bolt.dispatch(signed(filled(view, {"reason": "outdated"})))
        assert self.counted(service) == ({"outdated": 1}, 0)

    def test_a_second_press_that_is_closed_does_not_lose_the_reason(
        self, service: Service, slack: Recorder
    ) -> None:
        view = self.thumbs_down(service, slack)
        service.bolt.dispatch(signed(filled(view, {"reason": "wrong"})))
        self.thumbs_down(service, slack)
        assert self.counted(service) == ({"wrong": 1}, 0)

    def test_another_reason_and_another_mind_count_instead(
        self, service: Service, slack: Recorder
    ) -> None:
        view = self.thumbs_down(service, slack)
        for reason in ("wrong", "unclear"):
            service.bolt.dispatch(signed(filled(view, {"reason": reason})))
        assert self.counted(service) == ({"unclear": 1}, 0)
        deliver(service, thumb(slack.posts[0], "positive_button"))
        settle(service)
        assert self.counted(service) == ({}, 1)
        self.thumbs_down(service, slack)
        assert self.counted(service) == ({"": 1}, 0)

    def test_two_people_count_as_two(self, service: Service, slack: Recorder) -> None:
        for user in (ANE, BO):
            self.thumbs_down(service, slack, user)
        assert self.counted(service) == ({"": 2}, 0)

    @pytest.mark.parametrize("reason", ["", "helpful", "yes", "'; DROP TABLE feedback;--"])
    def test_a_forged_reason_is_told_at_its_field(
        self, service: Service, slack: Recorder, reason: str
    ) -> None:
        view = self.thumbs_down(service, slack)
        answer = service.bolt.dispatch(signed(filled(view, {"reason": reason})))
        assert "passer bedst" in json.loads(answer.body)["errors"]["reason"]
        assert self.counted(service) == ({"": 1}, 0)


class TestWithoutExperts:
    """A button of a time when there was a channel for them."""

    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {}

    def test_it_is_told_and_nothing_is_sent_anywhere(
        self, service: Service, slack: Recorder
    ) -> None:
        deliver(service, direct("Hvad koster en elbil i leasing?"))
        settle(service)
        assert "answer_expert" not in said(slack.posts[0])
        deliver(service, press("answer_expert", "x", ts="5.5"))
        settle(service)
        assert "ingen kanal for fagpersoner" in slack.whispers[0]["text"]
        assert len(slack.posts) == 1
