"""What comes by the clock and not by a case: the leader's digest, the openings, the heartbeat."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from urllib.error import URLError

import pytest

from bot.actions import cases, openings
from bot.arrivals.heartbeat import Heartbeat
from bot.slack.cards.limits import check_message
from scheduler.errors import PostFailed
from scheduler.plans import Outcome
from tests.bot.house import (
    METTE,
    MONDAY,
    PEOPLE,
    House,
    week_one,
)
from tests.scheduler.fake_slack import failing


def test_the_digest_comes_once_a_week_and_names_no_employee(house: House) -> None:
    house.start("INT-1001", date(2026, 12, 7))
    house.start("INT-1002", date(2026, 11, 30))
    cases.end_case(METTE, "INT-1002", Outcome.JOB, house.app, datetime(2026, 12, 9, tzinfo=UTC))
    monday = datetime(2026, 12, 14, 8, tzinfo=UTC)
    for minutes in (0, 1, 60, 24 * 60):
        house.tick(monday + timedelta(minutes=minutes))
    [digest] = [one for one in house.to("ULENE") if one.key.startswith("digest:")]
    said = digest.outgoing.blocks
    assert "Afsluttet med job: 1" in said
    assert "målet er 40" in said
    assert "Satserne for 2027 mangler" in said
    assert not [person.name for person in PEOPLE if person.name in said]
    assert check_message(digest.outgoing.text, json.loads(said)) == ()


def test_the_list_of_openings_is_posted_weekly_and_not_when_it_is_empty(house: House) -> None:
    house.tick(MONDAY)
    assert house.to("COPEN") == []
    opening = openings.NewOpening("Café Nord", "Vejle", "køkken", 2, date(2026, 12, 4))
    openings.add_opening(METTE, opening, house.app, MONDAY)
    week = timedelta(days=7)
    house.tick(MONDAY + week)
    house.tick(MONDAY + week + timedelta(hours=1))
    house.tick(MONDAY + 2 * week)  # it expired on the Friday
    [post] = house.to("COPEN")
    assert "Café Nord" in post.outgoing.blocks
    assert check_message(post.outgoing.text, json.loads(post.outgoing.blocks)) == ()


def test_a_week_s_post_that_is_days_late_does_not_come(house: House) -> None:
    house.tick(MONDAY + timedelta(days=3))
    assert [one for one in house.to("ULENE") if one.key.startswith("digest:")] == []


def test_the_heartbeat_is_heard_once_a_minute_and_says_when_slack_is_dead(house: House) -> None:
    morning = week_one(house, 1) - timedelta(hours=1)
    house.beats.clear()
    for seconds in (0, 15, 75):
        house.tick(morning + timedelta(seconds=seconds))
    house.slack.before = failing(PostFailed("nøglen", stops_all=True))
    house.tick(morning + timedelta(hours=1))
    assert house.beats == [
        "https://vagt.example/1",
        "https://vagt.example/1",
        "https://vagt.example/1/fail",
    ]


def test_a_heartbeat_that_nobody_hears_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def deaf(_: str) -> None:
        raise URLError("no")

    Heartbeat("https://vagt.example/1", deaf).beat(0, good=True)
    assert "heartbeat" in caplog.text
