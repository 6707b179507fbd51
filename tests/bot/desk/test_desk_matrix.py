"""Every address of the desk, taken from the desk itself, tried by those who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.app import build_desk
from bot.desk.entrance import SessionDoor
from bot.desk.sessions import Sessions
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Role
from tests.bot.desk.conftest import MONDAY
from tests.bot.desk.visiting import PUBLIC, addresses, browser_of, site_for, token_of

# What anybody who works here may send, without the token: nothing of it is kept.
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")
UNKEPT = {"/ark/atp/vis", "/ark/atp/hent", "/familiepakke", "/spoerg"}
CASE_WORK = ("/opfoelgning", "/sag/", "/trin/", "/pladser")
LEADERS = ("/overblik",)
KEEPERS = ("/spoergsmaal", "/oversaettelser")


def kept(app: App) -> list[tuple[str, object]]:
    """How many rows each table holds."""
    with app.database.read() as tx:
        names = [
            str(row["name"])
            for row in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        rows = [tx.one(f"SELECT count(*) AS n FROM {name}") for name in names]  # noqa: S608
    return [(name, row["n"]) for name, row in zip(names, rows, strict=True) if row]


@pytest.mark.parametrize("cookie", ["", "gættet", "../../x", "a" * 3_000, "1' OR '1'='1"])
def test_without_a_session_every_address_leads_to_the_sign_in(fresh_app: App, cookie: str) -> None:
    sessions = Sessions(fresh_app.database)
    door = SessionDoor(sessions, fresh_app.config.people, "brobygger", lambda: MONDAY)
    site = build_desk(Desk(fresh_app, door, now=lambda: MONDAY), LOOPBACK)
    browser, before = browser_of(site), kept(fresh_app)
    headers = {b"cookie": f"brobygger={cookie}".encode()}
    every = {*addresses(site, "GET"), *addresses(site, "POST")} - PUBLIC
    for method, address in product(METHODS, every):
        answer = browser.request(method, address, headers=headers)
        assert answer.status_code in {303, 405}, address
        assert answer.headers.get("location", "/log-ind?tilbage=/").startswith("/log-ind?tilbage=/")
        assert "irksomhedspraktik" not in answer.text
    assert kept(fresh_app) == before


@pytest.mark.parametrize("token", ["", "gættet", "0" * 32, None])
@pytest.mark.parametrize("query", ["", "?token={token}"])
def test_a_form_without_its_own_token_changes_nothing_anywhere(
    fresh_app: App, token: str | None, query: str
) -> None:
    site, door = site_for(fresh_app, *Role)
    browser, before = browser_of(site), kept(fresh_app)
    form = {} if token is None else {"token": token}
    for address in set(addresses(site, "POST")) - UNKEPT - PUBLIC:
        answer = browser.post(address + query.format(token=token_of(door)), data=form)
        assert answer.status_code == 403, address
    assert kept(fresh_app) == before


def test_what_changes_something_is_never_reached_by_a_link(fresh_app: App) -> None:
    site, door = site_for(fresh_app, *Role)
    browser, before = browser_of(site), kept(fresh_app)
    for address in addresses(site, "POST"):
        browser.get(address, params={"token": token_of(door), "hvad": "luk", "udfald": "job"})
    assert kept(fresh_app) == before


@pytest.mark.parametrize(
    ("roles", "shut"),
    [
        ((), (*CASE_WORK, *LEADERS, *KEEPERS)),
        ((Role.CASEWORKER,), (*LEADERS, *KEEPERS)),
        ((Role.GUIDELINE_OWNER,), (*CASE_WORK, *LEADERS)),
    ],
)
def test_a_role_reaches_its_own_pages_and_forms_alone(
    fresh_app: App,
    first_step: Callable[[str], str],
    roles: tuple[Role, ...],
    shut: tuple[str, ...],
) -> None:
    site, door = site_for(fresh_app, *roles)
    browser, before, tried = browser_of(site), kept(fresh_app), 0
    real = {"/trin/findes-ikke": f"/trin/{first_step('INT-1042')}"}
    forged = {"token": token_of(door), "plan": "virksomhedspraktik", "udfald": "job", "til": "bo"}
    for method in ("GET", "POST"):
        for address in addresses(site, method):
            if not address.startswith(shut):
                continue
            if method == "GET" and address.startswith("/oversaettelser"):
                continue  # how far the words are may be read by all who work here
            for placeholder, there in real.items():
                address = address.replace(placeholder, there)  # noqa: PLW2901 - a step that stands
            answer = browser.request(method, address, data=forged if method == "POST" else None)
            tried += 1
            assert answer.status_code in {403, 422}, address
            assert "irksomhedspraktik" not in answer.text
    assert tried > 3
    assert kept(fresh_app) == before


@pytest.mark.parametrize("said", ["9" * 30, "9" * 5_000, "0x1", "1e9", "%F0%9F%98%80", "1%00", "٣"])
def test_a_number_that_no_guideline_can_have_finds_nothing(browser: TestClient, said: str) -> None:
    assert browser.get(f"/vejledning/{said}").status_code == 404


def test_no_address_answers_to_a_slash_too_many_by_plain_http(browser: TestClient) -> None:
    answer = browser.get("/ark/", follow_redirects=False)
    assert not answer.headers.get("location", "/ark").startswith("http://")


def test_every_route_is_one_that_this_matrix_knows(imagined_app: App) -> None:
    site, _ = site_for(imagined_app)
    for address in (*addresses(site, "GET"), *addresses(site, "POST")):
        assert not re.search(r"[{}]", address)
