"""Who may enter behind the municipality's own proxy, and settings that open nothing."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.opening import open_desk
from bot.errors import BotError
from messages.errors import MessagesError
from tests.bot.desk.staff import OPENID, SECRET, settings_of

HEADER = 'sign_in = "header"\naddress = "https://desk.example"\nheader = "X-Bruger"\n'


def behind_proxy(app: App, sender: str) -> TestClient:
    settings = settings_of(HEADER + 'proxies = ["10.0.0.5", "fd00::/64"]')
    site = open_desk(app, settings, {}, "127.0.0.1")
    return TestClient(site, base_url="https://desk.example", client=(sender, 1))


@pytest.mark.parametrize("sender", ["10.0.0.5", "fd00::7"])
def test_the_own_proxys_header_is_believed(staffed: App, sender: str) -> None:
    browser = behind_proxy(staffed, sender)
    answer = browser.get("/opfoelgning", headers={"x-bruger": "ane@kommune.example"})
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("10.0.0.6", [("x-bruger", "ane@kommune.example")]),
        ("127.0.0.1", [("x-bruger", "ane@kommune.example")]),
        ("testclient", [("x-bruger", "ane@kommune.example")]),
        ("10.0.0.6", [("x-bruger", "ane@kommune.example"), ("x-forwarded-for", "10.0.0.5")]),
        ("10.0.0.5", []),
        ("10.0.0.5", [("x-bruger", "fremmed@kommune.example")]),
        ("10.0.0.5", [("x-bruger", "")]),
        ("10.0.0.5", [("x-bruger", "fremmed"), ("x-bruger", "ane@kommune.example")]),
    ],
)
def test_any_other_header_is_not(staffed: App, sender: str, headers: list[tuple[str, str]]) -> None:
    answer = behind_proxy(staffed, sender).get("/opfoelgning", headers=headers)
    assert answer.status_code == 403
    assert "INT-" not in answer.text


def test_behind_the_proxy_a_form_of_one_process_counts_in_another(staffed: App) -> None:
    who = {"x-bruger": "ane@kommune.example"}
    page = behind_proxy(staffed, "10.0.0.5").get("/opfoelgning/ny", headers=who).text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    typed = {"plan": "virksomhedspraktik", "sag": "INT-5001", "start": "2027-01-11"}
    other = behind_proxy(staffed, "10.0.0.5")
    answer = other.post(
        "/opfoelgning/ny",
        data={**typed, "token": found[1]},
        headers=who,
        follow_redirects=False,
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("text", "environment", "host", "says"),
    [
        ("", SECRET, "127.0.0.1", "sign_in"),
        (OPENID, {}, "127.0.0.1", "BROBYGGER_DESK_SECRET"),
        (OPENID, SECRET, "192.168.1.4", "TLS"),
        (HEADER + 'proxies = ["10.0.0.5"]', {}, "192.168.1.4", "TLS"),
    ],
)
def test_the_desk_does_not_open_half_locked(
    staffed: App, text: str, environment: dict[str, str], host: str, says: str
) -> None:
    with pytest.raises(BotError, match=says):
        open_desk(staffed, settings_of(text), environment, host)


def test_a_desk_that_nobody_could_enter_does_not_open(fresh_app: App) -> None:
    with pytest.raises(BotError, match="login"):
        open_desk(fresh_app, settings_of(HEADER + 'proxies = ["10.0.0.5"]'), {}, "127.0.0.1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('sign_in = "oidc"', "sign_in"),
        ('sign_in = "openid"', "issuer"),
        ('sign_in = "header"\naddress = "https://a.example"\nheader = "X"', "proxies"),
        ('address = "http://a.example"', "https://"),
        ('address = "https://a.example/desk"', "sti"),
        ('address = "brobygger"', "https://"),
        ('issuer = "http://login.example"', "https://"),
        ('proxies = ["10.0.0"]', "10.0.0.5"),
        ('proxies = ["0.0.0.0/0"]', "for stort"),
        ('certificate = "findes-ikke.pem"', "findes-ikke.pem"),
        ('adress = "https://a.example"', "address"),
        ('secret = "hemmelig"', "secret"),
    ],
)
def test_a_slip_in_the_desks_settings_is_named(text: str, says: str) -> None:
    with pytest.raises(MessagesError, match=says):
        settings_of(text)
