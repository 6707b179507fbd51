"""What one meets when the app is opened: the Home by role, and suggested questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.actions.cases import NewCase, end_case, start_case
from bot.actions.problems import report_problem
from bot.config import Followups, Targets
from bot.people import People, Person, Role, acting
from bot.slack.cards.limits import check_view
from bot.slack.service import Service
from scheduler.plans import Anchor, Outcome
from scheduler.problems import Category
from tests.bot.slack.conftest import PEOPLE, Clock
from tests.bot.slack.payloads import ANE, EVA, STRANGER, direct, filled, home_press, opened
from tests.bot.slack.recorder import TEAM, Recorder, refusal
from tests.bot.slack.talk import QUESTION, deliver, settle, words_of

LIS = "U0000000LIS"


def home(service: Service, slack: Recorder, user: str = ANE) -> dict[str, Any]:
    deliver(service, opened("home", user=user))
    settle(service)
    published = slack.of("views.publish")[-1]
    assert published["user_id"] == user
    assert check_view(published["view"]) == ()
    view: dict[str, Any] = published["view"]
    return view


def begin(service: Service, clock: Clock, cases: int = 1) -> None:
    ane = PEOPLE.get("ane")
    assert ane is not None
    start = clock.now.date()
    days = {Anchor.START: start, Anchor.END: date(start.year + 1, 3, 31)}
    for number in range(cases):
        request = NewCase("virksomhedspraktik", f"INT-{3000 + number}", days)
        start_case(acting(ane), request, service._app, clock.now)


def test_a_caseworker_sees_what_is_near_and_can_begin(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    begin(service, clock)
    view = words_of(home(service, slack))
    for part in ("INT-3000", "I dag", "Lav et ark", "Begynd en plan", "Mine indstillinger"):
        assert part in view
    assert "Overblik" not in view


def test_with_sixty_cases_the_page_keeps_slacks_limits(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    begin(service, clock, cases=60)
    view = home(service, slack)
    assert "mere" in words_of(view)


def test_a_step_is_done_from_the_home_and_leaves_it(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    begin(service, clock)
    view = home(service, slack)
    row = next(block for block in view["blocks"] if "accessory" in block)
    deliver(service, home_press(row["accessory"]["action_id"], row["accessory"]["value"]))
    settle(service)
    assert row["accessory"]["value"] not in words_of(slack.of("views.publish")[-1]["view"])


def test_who_is_not_in_the_configuration_is_told_what_they_can_do(
    service: Service, slack: Recorder
) -> None:
    view = words_of(home(service, slack, STRANGER))
    assert "[people]" in view
    assert "Begynd en plan" not in view


def test_a_guest_sees_only_that_the_bot_is_not_for_guests(
    service: Service, slack: Recorder
) -> None:
    slack.users[STRANGER] = {"team_id": TEAM, "is_restricted": True}
    assert "ikke for gæster" in words_of(home(service, slack, STRANGER))


def test_a_guideline_owner_sees_the_questions_without_an_answer_and_answers_one(
    service: Service, slack: Recorder
) -> None:
    deliver(service, direct("Hvad koster en elbil i leasing?"))
    settle(service)
    view = home(service, slack, EVA)
    assert "elbil" in words_of(view)
    row = next(block for block in view["blocks"] if "accessory" in block)
    press = home_press(row["accessory"]["action_id"], row["accessory"]["value"], user=EVA)
    deliver(service, press)
    form = slack.of("views.open")[-1]["view"]
    deliver(service, filled(form, {"answer": "Spørg økonomi."}, user=EVA))
    settle(service)
    assert slack.posts[-1]["channel"] == ANE
    assert "elbil" not in words_of(home(service, slack, EVA))


class TestLeader:
    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        lis = Person("lis", "Lis", frozenset({Role.LEADER}), LIS)
        return {
            "people": People({one.id: one for one in (*PEOPLE, lis)}),
            "followups": Followups(targets=Targets(90, 50)),
        }

    def fields(self, view: dict[str, Any]) -> dict[str, str]:
        """What the overview says, by its name."""
        texts = [field["text"] for block in view["blocks"] for field in block.get("fields", [])]
        return {text.split("*")[1]: text.partition("\n")[2] for text in texts}

    def test_a_leader_sees_the_overview_and_no_colleague_by_name(
        self, service: Service, slack: Recorder, clock: Clock
    ) -> None:
        begin(service, clock)
        view = home(service, slack, LIS)
        assert "Overblik" in words_of(view)
        assert "Ane" not in words_of(view)
        assert self.fields(view)["I gang"] == "1"

    def test_a_week_is_shown_against_what_is_aimed_for(
        self, service: Service, slack: Recorder, clock: Clock
    ) -> None:
        ane = PEOPLE.get("ane")
        assert ane is not None
        begin(service, clock, cases=3)
        assert self.fields(home(service, slack, LIS))["Til tiden"].endswith("målet er 90 %")
        for number, outcome in enumerate((Outcome.JOB, Outcome.STOPPED, Outcome.STOPPED)):
            case = f"INT-{3000 + number}"
            end_case(acting(ane), case, outcome, service._app, clock.now)
        clock.forward(days=1)
        seen = self.fields(home(service, slack, LIS))
        assert seen["Endte med job"].startswith("33 % · målet er 50 % :small_orange_diamond:")
        assert seen["Før start"] == "1"

    def test_problems_and_questions_without_an_answer_are_counted_and_listed(
        self, service: Service, slack: Recorder, clock: Clock
    ) -> None:
        ane = PEOPLE.get("ane")
        assert ane is not None
        begin(service, clock)
        report_problem(acting(ane), "INT-3000", Category.PAY, service._app, clock.now)
        deliver(service, direct("Hvad koster en elbil i leasing?"))
        settle(service)
        view = home(service, slack, LIS)
        seen = self.fields(view)
        assert (seen["Uløste problemer"], seen["Spørgsmål uden svar"]) == ("1", "1")
        for part in ("INT-3000: Løn eller lønseddel", "elbil", "Svar"):
            assert part in words_of(view)

    def test_who_leads_nobody_sees_no_overview(self, service: Service, slack: Recorder) -> None:
        assert "Overblik" not in words_of(home(service, slack, ANE))


def test_who_keeps_the_guidelines_is_not_called_a_stranger(
    service: Service, slack: Recorder
) -> None:
    view = words_of(home(service, slack, EVA))
    assert "[people]" not in view
    assert "Tilføj en vejledning" in view
    assert "Tilføj en vejledning" not in words_of(home(service, slack, ANE))


PROMPTS = {
    ANE: ["Hvordan følger vi op?", "Den første lønseddel"],
    EVA: ["Hvor er tallene fra?"],
    STRANGER: ["Hvor længe varer en praktik?"],
}


@pytest.mark.parametrize("user", [ANE, EVA, STRANGER])
def test_questions_are_suggested_by_role_without_a_thread(
    service: Service, slack: Recorder, user: str
) -> None:
    deliver(service, opened("messages", user=user))
    settle(service)
    [call] = slack.of("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call
    assert 1 <= len(call["prompts"]) <= 4
    shown = [one["title"] for one in call["prompts"]]
    assert shown[: len(PROMPTS[user])] == PROMPTS[user]
    for prompt in call["prompts"]:
        deliver(service, direct(prompt["message"], user=user))
        settle(service)
        assert "Ikke fundet" not in words_of(slack.posts[-1]), prompt


def test_suggestions_that_fail_disturb_nobody(service: Service, slack: Recorder) -> None:
    slack.next["assistant.threads.setSuggestedPrompts"] = [refusal("unknown_method")]
    deliver(service, opened("messages"))
    settle(service)
    assert slack.posts == []
    assert slack.whispers == []


def test_a_direct_message_shows_that_the_bot_works_on_it(service: Service, slack: Recorder) -> None:
    body = direct(QUESTION)
    deliver(service, body)
    settle(service)
    [call] = slack.of("assistant.threads.setStatus")
    assert (call["thread_ts"], bool(call["status"])) == (body["event"]["ts"], True)


def test_a_status_that_fails_does_not_keep_the_answer_back(
    service: Service, slack: Recorder
) -> None:
    slack.next["assistant.threads.setStatus"] = [refusal("unknown_method")]
    deliver(service, direct(QUESTION))
    settle(service)
    assert len(slack.posts) == 1
