"""A case given to a colleague from its card: the card says so, both are told, nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.actions.nudges import list_nudges
from bot.people import People, Person, Role, acting
from bot.slack.cards.limits import check_message, check_view
from bot.slack.service import Service
from tests.bot.slack.conftest import PEOPLE, Clock
from tests.bot.slack.filling import opened
from tests.bot.slack.payloads import ANE, BO, choose, filled, signed
from tests.bot.slack.recorder import Recorder
from tests.bot.slack.talk import button_of, push, said, settle

LIS = "U0000000LIS"


@pytest.fixture
def settings() -> dict[str, Any]:
    lis = Person("lis", "Lis", frozenset({Role.LEADER}), LIS)
    return {"people": People({one.id: one for one in (*PEOPLE, lis)})}


@pytest.fixture
def card(service: Service, slack: Recorder, clock: Clock, posted: dict[str, Any]) -> dict[str, Any]:
    """Ane's first step as it stands in Slack; Lis gets her weekly digest besides."""
    assert posted
    while not (mine := [one for one in slack.posts if one["channel"] == ANE]):
        clock.forward(days=1)
        settle(service)
    return standing(slack, mine[0])


def standing(slack: Recorder, post: dict[str, Any]) -> dict[str, Any]:
    """The post with its place in Slack."""
    return post | {"ts": slack.messages[slack.posts.index(post)]["ts"]}


def hand_value(post: dict[str, Any], what: str = "hand") -> str:
    options = button_of(post, "nudge_more")["options"]
    [value] = [one["value"] for one in options if one["value"].startswith(f"{what}|")]
    return str(value)


def form(
    service: Service, slack: Recorder, posted: dict[str, Any], user: str = ANE
) -> dict[str, Any]:
    body = choose("nudge_more", hand_value(posted), ts=posted["ts"], user=user)
    return opened(service, slack, body)


def hand(service: Service, view: dict[str, Any], to: str, user: str = ANE) -> dict[str, Any]:
    response = service.bolt.dispatch(signed(filled(view, {"to": to}, user=user)))
    answer: dict[str, Any] = json.loads(response.body)
    return answer


def owners(service: Service) -> set[str]:
    ane = PEOPLE.get("ane")
    assert ane is not None
    return {one.owner for one in list_nudges(acting(ane), service._app)}


def test_only_colleagues_who_may_have_a_case_are_offered(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    [field] = [one for one in form(service, slack, card)["blocks"] if one["type"] == "input"]
    assert [one["value"] for one in field["element"]["options"]] == ["bo", "lis"]
    assert "initial_option" not in field["element"]


def test_the_card_says_to_whom_and_the_new_owner_is_told_what_comes(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    before = len(slack.posts)
    answer = hand(service, form(service, slack, card), "bo")
    assert "INT-1042 er nu hos Bo" in json.dumps(answer, ensure_ascii=False)
    assert owners(service) == {"bo"}
    update = slack.of("chat.update")[-1]
    assert "givet videre til Bo" in said(update)
    assert [block for block in update["blocks"] if block["type"] == "actions"] == []
    settle(service)
    told = [post for post in slack.posts[before:] if "har givet dig sagen" in said(post)]
    assert [post["channel"] for post in told] == [BO]
    assert "Før havde" not in said(told[0])
    assert check_message(told[0]["text"], told[0]["blocks"]) == ()


def test_a_step_that_waits_for_an_answer_comes_to_the_new_owner_once(
    service: Service, slack: Recorder, card: dict[str, Any], clock: Clock
) -> None:
    hand(service, form(service, slack, card), "bo")
    for _ in range(3):
        settle(service)
        clock.forward(minutes=5)
    steps = [post for post in slack.posts if "nudge_done" in said(post) and post["channel"] != ANE]
    assert [post["channel"] for post in steps] == [BO]
    push(service, standing(slack, steps[0]), BO)
    assert "Udført af Bo" in said(slack.of("chat.update")[-1])


def test_both_are_told_when_a_leader_gives_the_case_away(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    hand(service, form(service, slack, card, LIS), "bo", LIS)
    settle(service)
    told = {post["channel"]: said(post) for post in slack.posts if "Lis har givet" in said(post)}
    assert sorted(told) == sorted([ANE, BO])
    assert "videre til Bo" in told[ANE]
    assert "Før havde Ane den" in told[BO]


def test_a_leader_who_takes_the_case_herself_is_not_told_what_she_did(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    hand(service, form(service, slack, card, LIS), "lis", LIS)
    settle(service)
    assert [post["channel"] for post in slack.posts if "har givet" in said(post)] == [ANE]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("ane", "har allerede sagen"),
        ("eva", "hverken sagsbehandler eller leder"),
        ("findes-ikke", "ikke blandt [people]"),
        ("", "Skriv, hvem"),
        ("bo'; DROP TABLE cases;--", "ikke blandt [people]"),
    ],
)
def test_a_forged_colleague_is_told_at_the_field_and_nothing_changes(
    service: Service, slack: Recorder, card: dict[str, Any], to: str, told: str
) -> None:
    assert told in hand(service, form(service, slack, card), to)["errors"]["to"]
    assert owners(service) == {"ane"}
    settle(service)
    assert [post for post in slack.posts if "har givet" in said(post)] == []


def test_only_the_owner_and_a_leader_may_give_a_case_away(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    answer = hand(service, form(service, slack, card, BO), "bo", BO)
    assert "Kun en leder" in answer["errors"]["to"]
    assert owners(service) == {"ane"}


def test_giving_twice_at_once_is_harmless(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    view = form(service, slack, card)
    hand(service, view, "bo")
    assert "allerede" in hand(service, view, "bo")["errors"]["to"]
    settle(service)
    assert len([post for post in slack.posts if "har givet dig" in said(post)]) == 1


def test_a_case_that_goes_on_at_once_is_told_to_each_it_passes(
    service: Service, slack: Recorder, card: dict[str, Any]
) -> None:
    view = form(service, slack, card, LIS)
    for to in ("bo", "lis"):
        hand(service, view, to, LIS)
    settle(service)
    told = [(post["channel"], said(post)) for post in slack.posts if "Lis har givet" in said(post)]
    assert [("har givet dig" in text) for to, text in told if to == BO] == [True, False]
    assert owners(service) == {"lis"}


class TestStop:
    """The menu's last line asks before it acts."""

    def stop(self, service: Service, slack: Recorder, card: dict[str, Any]) -> dict[str, Any]:
        value = hand_value(card, "stop")
        return opened(service, slack, choose("nudge_more", value, ts=card["ts"]))

    def test_opening_the_question_stops_nothing(
        self, service: Service, slack: Recorder, card: dict[str, Any]
    ) -> None:
        view = self.stop(service, slack, card)
        assert check_view(view) == ()
        settle(service)
        assert owners(service) == {"ane"}
        assert slack.of("chat.update") == []

    def test_yes_stops_the_follow_up_and_the_card_says_so(
        self, service: Service, slack: Recorder, card: dict[str, Any]
    ) -> None:
        view = self.stop(service, slack, card)
        for told in ("er stoppet", "ingen opfølgning i gang"):
            answer = service.bolt.dispatch(signed(filled(view, {})))
            assert told in json.loads(answer.body)["view"]["blocks"][0]["text"]["text"]
        assert "Forløbet er stoppet" in said(slack.of("chat.update")[-1])
        assert owners(service) == set()

    def test_what_was_sent_stays_stopped(
        self, service: Service, slack: Recorder, card: dict[str, Any], clock: Clock
    ) -> None:
        service.bolt.dispatch(signed(filled(self.stop(service, slack, card), {})))
        clock.forward(days=60)
        settle(service)
        assert len([post for post in slack.posts if post["channel"] == ANE]) == 1
