"""A case in other hands while its messages are on their way, and a case that is erased later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.actions import cases, nudges, privacy, problems
from bot.config import Followups
from scheduler import store_outbox
from scheduler.errors import PostFailed
from scheduler.problems import Category
from tests.bot.house import ADAM, LENE, METTE, MONDAY, House, done_buttons, mornings, week_one
from tests.scheduler.fake_slack import Message, failing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, Followups())
    yield made
    made.app.database.close()


def one_by_one(house: House, reference: str, now: datetime) -> None:
    cases.hand_over(LENE, reference, "ane", house.app, now)


def all_at_once(house: House, reference: str, now: datetime) -> None:
    assert reference
    cases.reassign(LENE, "mette", "ane", house.app, now)


def buttons_for(house: House, recipient: str) -> list[str]:
    """The first week's steps that `recipient` may mark as done, as often as they were sent."""
    found = [one for message in house.to(recipient) for one in done_buttons(message)]
    return [one for one in found if one.endswith("-uge-1")]


def away(house: House, moment: datetime) -> datetime:
    """A tick while Slack refuses: what was due stands in the outbox; when it is back."""
    house.slack.before = failing(PostFailed("væk"), times=99)
    house.tick(moment)
    house.slack.before = lambda _: None
    return moment + timedelta(minutes=20)


@pytest.mark.parametrize("hand", [one_by_one, all_at_once])
@pytest.mark.parametrize("count", [1, 2])
def test_what_waits_in_the_outbox_goes_to_the_new_owner(
    house: House, hand: Callable[[House, str, datetime], None], count: int
) -> None:
    back = away(house, week_one(house, count))
    hand(house, "INT-1000", back)
    for minutes in range(0, 60, 5):
        house.tick(back + timedelta(minutes=minutes))
    got = {one: buttons_for(house, one) for one in ("UMETTE", "UANE")}
    moved = 1 if hand is one_by_one else count
    assert [len(found) for found in got.values()] == [count - moved, moved]
    assert len(set(got["UMETTE"] + got["UANE"])) == count


def test_a_message_under_way_at_the_hand_over_may_reach_both_and_the_new_owner_surely(
    house: House,
) -> None:
    monday = week_one(house, 1)

    def given_away(_: object) -> None:
        house.slack.before = lambda _: None
        one_by_one(house, "INT-1000", monday)

    house.slack.before = given_away
    house.tick(monday)
    assert len(buttons_for(house, "UMETTE")) == 1
    for minutes in range(5, 60, 5):
        house.tick(monday + timedelta(minutes=minutes))
    assert len(set(buttons_for(house, "UANE"))) == len(buttons_for(house, "UANE")) == 1


def test_a_leaders_reminder_that_waits_is_taken_back_with_the_step(house: House) -> None:
    monday = week_one(house, 1)
    house.tick(monday)
    [nudge] = buttons_for(house, "UMETTE")
    back = away(house, monday + timedelta(days=7, hours=1))
    with house.app.database.read() as tx:
        raised = tx.one(
            "SELECT state FROM outbox WHERE key = 'nudge:' || CAST(? AS TEXT) || ':0:raised'", nudge
        )
    assert raised == {"state": "pending"}
    one_by_one(house, "INT-1000", back)
    for minutes in range(0, 60, 5):
        house.tick(back + timedelta(minutes=minutes))
    assert buttons_for(house, "UANE").count(nudge) == 1
    assert nudge not in buttons_for(house, "ULENE")


def test_an_alarm_that_waits_goes_to_the_new_owner(house: House) -> None:
    house.start("INT-1000", date(2026, 12, 7))
    problems.report_problem(METTE, "INT-1000", Category.PAY, house.app, MONDAY)
    cases.hand_over(LENE, "INT-1000", "ane", house.app, MONDAY)
    for minutes in range(0, 30, 5):
        house.tick(MONDAY + timedelta(minutes=minutes))
    alarms = [one.outgoing.to for one in house.slack.messages if one.key.startswith("problem:")]
    assert sorted(alarms) == ["CLOEN", "UANE"]


@pytest.mark.parametrize("later", ["put off", "handed over", "put off and come again"])
def test_forgetting_finds_the_morning_message_of_an_earlier_round(house: House, later: str) -> None:
    monday = week_one(house, 2)
    house.tick(monday)
    [first] = mornings(house)
    if later == "handed over":
        one_by_one(house, "INT-1000", monday)
        house.tick(monday + timedelta(minutes=5))
    else:
        [mine] = [
            one
            for one in nudges.list_nudges(METTE, house.app)
            if one.case == "INT-1000" and one.id in done_buttons(first)
        ]
        nudges.snooze(METTE, mine.id, date(2026, 12, 15), house.app, monday)
    if later == "put off and come again":
        house.tick(monday + timedelta(days=1))
    after = monday + timedelta(days=2)
    privacy.forget(ADAM, "INT-1000", house.app, after)
    house.tick(after)
    assert "INT-1000" not in said(house.slack.messages)


def test_the_message_of_a_case_that_is_not_erased_stays_where_it_is(house: House) -> None:
    monday = week_one(house, 1)
    house.tick(monday)
    house.start("INT-2000", date(2027, 3, 1))
    privacy.forget(ADAM, "INT-2000", house.app, monday)
    house.tick(monday + timedelta(minutes=5))
    assert len(mornings(house)) == 1


def test_what_was_gathered_is_forgotten_with_its_post(house: House) -> None:
    monday = week_one(house, 1)
    house.tick(monday)
    with house.app.database.read() as tx:
        assert len(tx.rows("SELECT * FROM gathered WHERE post LIKE 'morning:%'")) >= 1
    house.tick(monday + timedelta(days=200))
    with house.app.database.read() as tx:
        kept = {row["post"] for row in tx.rows("SELECT post FROM gathered")}
        assert all(store_outbox.is_there(tx, post) for post in kept)


def said(messages: list[Message]) -> str:
    return "\n".join(one.outgoing.text + one.outgoing.blocks for one in messages)
