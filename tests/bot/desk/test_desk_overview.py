"""The leader's overview, the openings and a problem reported, as a browser meets them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Actor, Role

OPENING = {
    "virksomhed": "Café Syd",
    "sted": "Vejle",
    "arbejde": "Opvask",
    "pladser": "2",
    "til": "2026-12-18",
}


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


def test_the_overview_counts_by_team_and_names_nobody(browser: TestClient) -> None:
    page = browser.get("/overblik").text
    assert re.findall(r'<h2 id="part-\d">([^<]+)</h2>', page) == ["Alle", "Job", "Praktik"]
    main = page[page.index("<main") :]
    assert not any(name in main for name in ("Ane", "Bo ", "Cille", "Dina", "Emil", "Frida"))


def test_every_bar_of_the_overview_says_its_number(browser: TestClient) -> None:
    page = browser.get("/overblik").text
    assert page.count('class="bar" width=') > 10
    assert len(re.findall(r"</svg><b>\d+</b>", page)) == page.count('class="rail"')


def test_only_a_leader_sees_the_overview(fresh_app: App) -> None:
    door = OpenDoor(Actor("bo", "Bo", frozenset({Role.CASEWORKER})))
    browser = TestClient(
        build_desk(Desk(fresh_app, door), LOOPBACK), base_url="http://127.0.0.1:8765"
    )
    assert browser.get("/overblik").status_code == 422
    assert "/overblik" not in browser.get("/").text


def test_an_opening_is_added_reserved_and_filled(browser: TestClient, token: str) -> None:
    page = browser.post("/pladser", data={"token": token, **OPENING}).text
    assert "Café Syd, Vejle" in page
    opening = re.search(r"Opvask.*?/pladser/(\w+)\"", page, re.DOTALL)
    assert opening
    reserve = {"token": token, "hvad": "reserver"}
    assert "1 reserveret" in browser.post(f"/pladser/{opening[1]}", data=reserve).text
    filled = {"token": token, "hvad": "besat", "reserveret": "ja"}
    assert "1 reserveret" not in browser.post(f"/pladser/{opening[1]}", data=filled).text
    closed = {"token": token, "hvad": "luk"}
    assert "Café Syd" not in browser.post(f"/pladser/{opening[1]}", data=closed).text


@pytest.mark.parametrize(
    "changed",
    [
        {"virksomhed": ""},
        {"virksomhed": "x" * 200},
        {"virksomhed": "Café 010190-1111"},
        {"arbejde": "<b>fed</b>\n\nlinje\x00"},
        {"pladser": "0"},
        {"pladser": "-1"},
        {"pladser": "to"},
        {"pladser": "99999"},
        {"til": ""},
        {"til": "2026-02-30"},
        {"til": "2020-01-01"},
    ],
)
def test_an_opening_that_is_none_is_refused_with_the_rest_still_typed(
    browser: TestClient, token: str, changed: dict[str, str]
) -> None:
    answer = browser.post("/pladser", data={"token": token, **OPENING, **changed})
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert 'value="Vejle"' in answer.text
    assert "010190-1111" not in answer.text
    assert "<b>fed" not in answer.text


@pytest.mark.parametrize("what", ["", "slet", "reserver"])
def test_an_opening_that_is_not_there_is_not_changed(
    browser: TestClient, token: str, what: str
) -> None:
    answer = browser.post("/pladser/findes-ikke", data={"token": token, "hvad": what})
    assert answer.status_code == 422


def test_a_problem_is_reported_once(browser: TestClient, token: str) -> None:
    sent = {"token": token, "plan": "virksomhedspraktik", "problem": "fremmoede"}
    assert "har fået besked" in browser.post("/sag/INT-1042/problem", data=sent).text
    assert "allerede meldt" in browser.post("/sag/INT-1042/problem", data=sent).text


@pytest.mark.parametrize("problem", ["", "sygdom", "<script>", "010190-1111"])
def test_a_problem_that_is_not_on_the_list_is_refused(
    browser: TestClient, token: str, problem: str
) -> None:
    answer = browser.post("/sag/INT-1042/problem", data={"token": token, "problem": problem})
    assert answer.status_code == 422
    assert "010190-1111" not in answer.text
    assert "<script>" not in answer.text
