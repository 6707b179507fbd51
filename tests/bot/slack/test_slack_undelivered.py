"""What could not be delivered, on an administrator's App Home: seen, tried again, put away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.actions.cases import NewCase, start_case
from bot.actions.dead_letters import list_undelivered
from bot.people import People, Person, Role, acting, at_the_terminal
from bot.slack.cards.limits import check_message, check_view
from bot.slack.service import Service
from scheduler.outbox import Outbox, Outgoing
from scheduler.plans import Anchor
from tests.bot.slack.conftest import PEOPLE, Clock
from tests.bot.slack.payloads import ANE, BO, home_press, opened
from tests.bot.slack.recorder import Recorder, refusal
from tests.bot.slack.talk import deliver, said, settle, words_of

ADA = "U0000000ADA"


@pytest.fixture
def settings() -> dict[str, Any]:
    ada = Person("ada", "Ada", frozenset({Role.ADMINISTRATOR}), ADA)
    return {"people": People({one.id: one for one in (*PEOPLE, ada)})}


def home(service: Service, slack: Recorder, user: str = ADA) -> dict[str, Any]:
    deliver(service, opened("home", user=user))
    settle(service)
    view: dict[str, Any] = slack.of("views.publish")[-1]["view"]
    assert check_view(view) == ()
    return view


def fail(service: Service, slack: Recorder, error: str, to: str = ANE, key: str = "x") -> None:
    """A post that Slack refuses for good."""
    with service._app.database.write() as tx:
        Outbox().put(tx, Outgoing(key, "problem", to, "Hemmeligt om sagen", "[]"))
    slack.next["chat.postMessage"] = [refusal(error)]
    for _ in range(2):  # the second tells the administrator
        settle(service)


def press(
    service: Service, slack: Recorder, view: dict[str, Any], name: str, user: str = ADA
) -> None:
    made = [
        element
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id", "").startswith(name)
    ]
    deliver(service, home_press(made[0]["action_id"], made[0]["value"], user=user))
    settle(service)


def test_each_is_shown_with_what_it_was_whom_it_was_for_when_and_why(
    service: Service, slack: Recorder
) -> None:
    fail(service, slack, "user_not_found")
    view = words_of(home(service, slack))
    for part in (
        "Alarm om et problem",
        "til Ane",
        "tors. 26. nov. 2026 kl. 10.00",
        "Slack kender ikke modtageren",
        "Prøv igen",
        "Læg væk",
    ):
        assert part in view
    assert "Hemmeligt" not in view
    assert "user_not_found" not in view


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("is_archived", "arkiveret"),
        ("not_in_channel", "/invite @Brobygger"),
        ("restricted_action", "må ikke skrive der"),
        ("thread_not_found", "Tråden"),
        ("msg_blocks_too_long", "Meld fejlen til udvikleren"),
    ],
)
def test_the_reason_is_told_in_words_with_what_to_do(
    service: Service, slack: Recorder, error: str, told: str
) -> None:
    fail(service, slack, error, to="C0PRAKTIK")
    view = words_of(home(service, slack))
    assert told in view
    assert "<#C0PRAKTIK>" in view


def test_tried_again_it_arrives_and_leaves_the_list(service: Service, slack: Recorder) -> None:
    fail(service, slack, "user_not_found")
    press(service, slack, home(service, slack), "post_retry")
    assert [one["channel"] for one in slack.messages if "Hemmeligt" in one["text"]] == [
        f"D{ANE[1:]}"
    ]
    assert "Prøv igen" not in words_of(home(service, slack))


def test_tried_again_in_vain_it_comes_back_to_the_list(service: Service, slack: Recorder) -> None:
    fail(service, slack, "user_not_found")
    view = home(service, slack)
    slack.next["chat.postMessage"] = [refusal("is_archived")]
    press(service, slack, view, "post_retry")
    assert "arkiveret" in words_of(home(service, slack))


def test_put_away_it_is_never_sent_and_what_it_said_is_erased(
    service: Service, slack: Recorder, store: Any, clock: Clock
) -> None:
    fail(service, slack, "user_not_found")
    press(service, slack, home(service, slack), "post_put_away")
    clock.forward(days=1)
    settle(service)
    assert [one for one in slack.messages if "Hemmeligt" in one["text"]] == []
    assert b"Hemmeligt" not in store.read_bytes()
    assert "Læg væk" not in words_of(home(service, slack))


def test_putting_away_asks_first(service: Service, slack: Recorder) -> None:
    fail(service, slack, "user_not_found")
    away = [
        element
        for block in home(service, slack)["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id", "").startswith("post_put_away")
    ]
    assert "aldrig sendt" in away[0]["confirm"]["text"]["text"]


@pytest.mark.parametrize("name", ["post_retry", "post_put_away"])
@pytest.mark.parametrize("value", ["", "findes-ikke", "'; DROP TABLE outbox;--", "x" * 3_000])
def test_a_forged_press_is_refused_politely(
    service: Service, slack: Recorder, name: str, value: str
) -> None:
    fail(service, slack, "user_not_found")
    deliver(service, home_press(name, value, user=ADA))
    settle(service)
    assert "Der er ingen besked" in said(slack.posts[-1])
    assert len(list_undelivered(at_the_terminal(), service._app)) == 1


@pytest.mark.parametrize("name", ["post_retry", "post_put_away"])
def test_only_an_administrator_sees_and_acts(service: Service, slack: Recorder, name: str) -> None:
    fail(service, slack, "user_not_found")
    assert "Læg væk" not in words_of(home(service, slack, BO))
    [letter] = list_undelivered(at_the_terminal(), service._app)
    deliver(service, home_press(name, letter.id, user=BO))
    settle(service)
    assert "Kun en administrator" in said(slack.posts[-1])
    assert len(list_undelivered(at_the_terminal(), service._app)) == 1


def test_the_message_to_the_administrator_says_it_in_words_too(
    service: Service, slack: Recorder
) -> None:
    fail(service, slack, "user_not_found")
    settle(service)
    [post] = [one for one in slack.posts if one["channel"] == ADA]
    assert "Alarm om et problem* til Ane: Slack kender ikke modtageren" in said(post)
    assert check_message(post["text"], post["blocks"]) == ()


def test_a_step_that_went_to_the_backup_instead_cannot_come_twice(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    ane = PEOPLE.get("ane")
    assert ane is not None
    request = NewCase("virksomhedspraktik", "INT-1042", {Anchor.START: date(2027, 1, 11)})
    start_case(acting(ane), request, service._app, clock.now)
    slack.next["chat.postMessage"] = [refusal("user_not_found")]
    while not any(post["channel"] == BO for post in slack.posts):
        clock.forward(hours=4)
        settle(service)
    view = home(service, slack)
    assert "gået en anden vej" in words_of(view)
    assert "post_retry" not in words_of(view)
    [letter] = list_undelivered(at_the_terminal(), service._app)
    deliver(service, home_press("post_retry", letter.id, user=ADA))
    settle(service)
    assert "ville komme to gange" in said(slack.posts[-1])
    press(service, slack, view, "post_put_away")
    assert list_undelivered(at_the_terminal(), service._app) == ()


def test_an_administrator_sees_how_the_system_does(service: Service, slack: Recorder) -> None:
    view = words_of(home(service, slack))
    for part in ("Drift", "Afsnit at svare", "svar fra botten: 0", "at blive sendt: 0"):
        assert part in view
    assert "Drift" not in words_of(home(service, slack, BO))
