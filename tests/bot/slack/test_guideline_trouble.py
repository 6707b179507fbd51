"""A guideline that cannot be read: administrators hear of it in Slack, once a day, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.arrivals.guidelines import tell_administrators
from bot.config import Serve
from bot.people import People, Person, Role
from bot.slack.service import Service
from messages.errors import Problem
from tests.bot.slack.conftest import Clock
from tests.bot.slack.recorder import Recorder

TROUBLE = Problem("{file} er i stykker *her*.", file="ferie.pdf")


@pytest.fixture
def settings() -> dict[str, Any]:
    ida = Person("ida", "Ida", frozenset({Role.ADMINISTRATOR}), "U0000000IDA")
    bo = Person("bo", "Bo", frozenset({Role.LEADER}), "U00000000BO")
    return {"people": People({"ida": ida, "bo": bo})}


def test_each_administrator_hears_of_it_once_a_day(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    for _ in range(3):
        tell_administrators(service._app, clock, TROUBLE)
    service.send()
    assert [post["channel"] for post in slack.posts] == ["U0000000IDA"]
    assert "ferie.pdf er i stykker" in slack.posts[0]["text"]
    assert "forrige udgave" in slack.posts[0]["text"]
    clock.forward(days=1)
    tell_administrators(service._app, clock, TROUBLE)
    service.send()
    assert len(slack.posts) == 2


def test_another_trouble_is_told_on_the_same_day(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    tell_administrators(service._app, clock, TROUBLE)
    tell_administrators(service._app, clock, Problem("{file} er låst.", file="skat.docx"))
    service.send()
    assert len(slack.posts) == 2


def test_without_slack_only_the_log_hears_of_it(
    start: Callable[..., Service],
    settings: dict[str, Any],
    slack: Recorder,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings["serve"] = Serve(slack=False)
    service = start()
    tell_administrators(service._app, clock, TROUBLE)
    service.send()
    assert slack.posts == []
    assert "ferie.pdf er i stykker" in caplog.text
