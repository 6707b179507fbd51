"""A follow-up in Slack whose step is not simply done: put off, stopped, or a problem."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.clock import COPENHAGEN
from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.filling import (
    opened,
    sent,
)
from tests.bot.slack.payloads import (
    BO,
    choose,
    press,
)
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import deliver, said, settle


class TestNudges:
    """What is pressed on a follow-up besides `Udført`."""

    def value(self, post: dict[str, Any], kind: str, begins: str) -> str:
        [found] = [
            str(option["value"])
            for block in post["blocks"]
            for element in [*block.get("elements", []), block.get("accessory", {})]
            if element.get("action_id", "").partition(":")[0] == kind
            for option in element["options"]
            if option["value"].startswith(begins)
        ]
        return found

    @pytest.mark.parametrize("when", ["tomorrow", "next_week"])
    def test_a_step_is_put_off_and_the_card_says_who_did_it(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        when: str,
    ) -> None:
        value = self.value(posted, "nudge_later", when)
        deliver(service, choose("nudge_later", value, ts=posted["ts"], user=BO))
        settle(service)
        assert "Udsat til" in said(slack.of("chat.update")[-1])
        assert "Bo" in said(slack.of("chat.update")[-1])

    def test_a_step_is_put_off_to_a_chosen_day(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        clock: Clock,
    ) -> None:
        value = self.value(posted, "nudge_later", "day")
        view = opened(service, slack, choose("nudge_later", value, ts=posted["ts"]))
        past = sent(service, view, {"until": date(2020, 1, 1).isoformat()})
        assert "efter i dag" in past["errors"]["until"]
        ahead = clock.now.date().replace(day=28).isoformat()
        later = "2027-06-01" if ahead <= clock.now.date().isoformat() else ahead
        sent(service, view, {"until": later})
        assert "Udsat til" in said(slack.of("chat.update")[-1])

    def test_a_problem_is_reported_from_a_list(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
    ) -> None:
        value = self.value(posted, "nudge_more", "problem")
        view = opened(service, slack, choose("nudge_more", value, ts=posted["ts"]))
        assert "errors" in sent(service, view, {"category": "findes-ikke"})
        assert "Meldt til" in json.dumps(
            sent(service, view, {"category": "loen"}), ensure_ascii=False
        )
        settle(service)
        alarm = slack.posts[-1]
        taking = next(
            one
            for block in alarm["blocks"]
            for one in block.get("elements", [])
            if one.get("action_id") == "problem_take"
        )
        deliver(service, press("problem_take", taking["value"], ts="8.8", user=BO))
        settle(service)
        assert "Taget af Bo" in said(slack.of("chat.update")[-1])

    def test_a_step_is_put_off_for_an_hour_and_comes_again_then(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        clock: Clock,
    ) -> None:
        value = self.value(posted, "nudge_later", "hour")
        deliver(service, choose("nudge_later", value, ts=posted["ts"]))
        settle(service)
        wanted = f"{clock.now.astimezone(COPENHAGEN) + timedelta(hours=1):%H.%M}"
        assert f"kl. {wanted} af Ane" in said(slack.of("chat.update")[-1])
        clock.forward(minutes=55)
        settle(service)
        assert len(slack.posts) == 1
        clock.forward(minutes=10)
        settle(service)
        assert len(slack.posts) == 2
        assert "nudge_done" in said(slack.posts[1])

    def test_an_hour_after_the_office_has_closed_is_the_next_morning_and_is_shown_so(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        clock: Clock,
    ) -> None:
        clock.forward(hours=(16 - clock.now.astimezone(COPENHAGEN).hour), minutes=30)
        value = self.value(posted, "nudge_later", "hour")
        deliver(service, choose("nudge_later", value, ts=posted["ts"]))
        settle(service)
        assert "kl. 07.00 af Ane" in said(slack.of("chat.update")[-1])

    @pytest.mark.parametrize("value", ["", "|", "tomorrow|", "tomorrow|x", "later|n1", "stop|'--"])
    def test_a_forged_choice_is_refused_politely(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        value: str,
    ) -> None:
        deliver(service, choose("nudge_later", value, ts=posted["ts"]))
        settle(service)
        assert len(slack.whispers) == 1
        assert slack.of("chat.update") == []
