"""A question that the bot could not answer: an expert takes it, answers, or is reminded."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.config import Slack
from bot.slack.cards.limits import check_view
from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.payloads import (
    ANE,
    BO,
    DIRECT,
    EVA,
    EXPERTS,
    direct,
    filled,
    press,
    signed,
)
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import button_of, deliver, said, settle


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"slack": Slack(experts=EXPERTS)}


def test_an_expert_is_asked_takes_it_and_the_answer_comes_back(
    service: Service, slack: Recorder
) -> None:
    deliver(service, direct("Hvad koster en elbil i leasing?"))
    settle(service)
    button = button_of(slack.posts[0], "answer_expert")
    for _ in range(2):
        deliver(service, press("answer_expert", button["value"], ts="5.5"))
        settle(service)
    [_, sent] = slack.posts
    assert sent["channel"] == EXPERTS
    assert "elbil" in said(sent)
    assert "Ane" not in said(sent)
    deliver(service, press("expert_claim", button["value"], ts="6.6", channel=EXPERTS, user=EVA))
    settle(service)
    assert "Taget af Eva" in said(slack.of("chat.update")[-1])
    deliver(service, press("expert_reply", button["value"], ts="6.6", channel=EXPERTS, user=EVA))
    view = slack.of("views.open")[-1]["view"]
    assert check_view(view) == ()
    deliver(service, filled(view, {"answer": "Spørg økonomi."}, user=EVA))
    settle(service)
    assert slack.posts[-1]["channel"] == ANE
    assert "Spørg økonomi." in said(slack.posts[-1])
    assert "Besvaret af Eva" in said(slack.of("chat.update")[-1])


@pytest.mark.parametrize(
    ("answer", "user", "told"),
    [
        ("hun har 010180-1234", EVA, "CPR-nummer"),
        ("x", BO, "guideline_owner"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_at_its_field(
    service: Service, slack: Recorder, answer: str, user: str, told: str
) -> None:
    deliver(service, direct("Hvad koster en elbil i leasing?"))
    settle(service)
    button = button_of(slack.posts[0], "answer_expert")
    deliver(service, press("expert_reply", button["value"], ts="6.6", channel=EXPERTS, user=user))
    view = slack.of("views.open")[-1]["view"]
    response = json.loads(
        service.bolt.dispatch(signed(filled(view, {"answer": answer}, user=user))).body
    )
    assert told in response["errors"]["answer"]


def test_a_question_that_no_expert_answers_is_raised_after_the_office_hours(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    deliver(service, direct("Hvad koster en elbil i leasing?"))
    settle(service)
    button = button_of(slack.posts[0], "answer_expert")
    deliver(service, press("answer_expert", button["value"], ts="5.5", channel=DIRECT))
    settle(service)
    clock.forward(hours=7)
    settle(service)
    assert len(slack.posts) == 2
    clock.forward(hours=17)
    for _ in range(2):
        settle(service)
    assert [post["channel"] for post in slack.posts[2:]] == [EVA]
    assert "8 arbejdstimer" in said(slack.posts[2])


class TestWaitingForAnExpert:
    """Office hours are counted: no leader is called on a Sunday."""

    def asked(self, service: Service, slack: Recorder, clock: Clock) -> str:
        deliver(service, direct("Hvad koster en elbil i leasing?"))
        settle(service)
        value = str(button_of(slack.posts[0], "answer_expert")["value"])
        deliver(service, press("answer_expert", value, ts="5.5", channel=DIRECT))
        settle(service)
        return value

    def raised(self, slack: Recorder) -> list[str]:
        return [post["channel"] for post in slack.posts if "arbejdstimer" in said(post)]

    def test_over_a_weekend_only_the_office_hours_count(
        self, service: Service, slack: Recorder, clock: Clock
    ) -> None:
        clock.now = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)  # Friday 15.00, two hours are left
        self.asked(service, slack, clock)
        clock.now = datetime(2026, 11, 30, 11, 55, tzinfo=UTC)  # Monday 12.55
        settle(service)
        assert self.raised(slack) == []
        clock.forward(minutes=10)
        for _ in range(2):
            settle(service)
        assert self.raised(slack) == [EVA]

    def test_an_answered_question_is_not_raised(
        self, service: Service, slack: Recorder, clock: Clock
    ) -> None:
        value = self.asked(service, slack, clock)
        deliver(service, press("expert_reply", value, ts="6.6", channel=EXPERTS, user=EVA))
        view = slack.of("views.open")[-1]["view"]
        deliver(service, filled(view, {"answer": "Spørg økonomi."}, user=EVA))
        clock.forward(days=7)
        for _ in range(2):
            settle(service)
        assert self.raised(slack) == []

    def test_a_taken_question_is_raised_with_who_took_it(
        self, service: Service, slack: Recorder, clock: Clock
    ) -> None:
        value = self.asked(service, slack, clock)
        deliver(service, press("expert_claim", value, ts="6.6", channel=EXPERTS, user=BO))
        settle(service)
        clock.forward(days=1)
        for _ in range(2):
            settle(service)
        assert self.raised(slack) == [EVA]
        assert "Taget af Bo" in said(slack.posts[-1])


def test_the_second_expert_is_told_who_was_first(service: Service, slack: Recorder) -> None:
    deliver(service, direct("Hvad koster en elbil i leasing?"))
    settle(service)
    value = button_of(slack.posts[0], "answer_expert")["value"]
    deliver(service, press("answer_expert", value, ts="5.5"))
    settle(service)
    for user in (EVA, BO, EVA):
        deliver(service, press("expert_claim", value, ts="6.6", channel=EXPERTS, user=user))
        settle(service)
    told = [one for one in slack.whispers if "har allerede taget den" in one["text"]]
    assert [(one["user"], one["text"]) for one in told] == [(BO, "Eva har allerede taget den.")]
