"""Who reaches the desk, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "127.0.0.1", "localhost:8765", "LOCALHOST:1", "[::1]:8765"]
)
def test_a_browser_on_this_machine_is_let_in(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1@evil.example",
        "0.0.0.0:8765",
        "192.168.1.10:8765",
        "",
        "[::1",
    ],
)
def test_another_name_for_this_machine_reaches_nothing(browser: TestClient, host: str) -> None:
    answer = browser.get("/opfoelgning", headers={"host": host})
    assert answer.status_code == 400
    assert "INT-" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "nonsense"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/spoerg", "/ark/loenseddel/vis", "/sprog", "/opfoelgning/ny"])
def test_what_another_site_sends_is_turned_away(
    browser: TestClient, path: str, headers: dict[str, str]
) -> None:
    answer = browser.post(path, data={"question": "Hvad er ATP?"}, headers=headers)
    assert answer.status_code == 403
    assert "ATP" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8765"},
        {"sec-fetch-site": "none"},
        {"origin": "http://127.0.0.1:8765"},
    ],
)
def test_the_desks_own_forms_get_through(browser: TestClient, headers: dict[str, str]) -> None:
    answer = browser.post("/spoerg", data={"question": "Hvad er ATP?"}, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("sent", [{}, {"token": ""}, {"token": "gættet-æ"}])
def test_a_change_without_the_pages_own_token_changes_nothing(
    browser: TestClient, sent: dict[str, str], first_step: Callable[[str], str]
) -> None:
    step = first_step("INT-1042")
    answer = browser.post(f"/trin/{step}/udfoert", data=sent)
    assert answer.status_code == 403
    assert first_step("INT-1042") == step


@pytest.mark.parametrize(
    "path", ["/", "/ark", "/ark/loenseddel", "/spoerg", "/opfoelgning", "/findes-ikke"]
)
def test_every_page_forbids_foreign_script_and_framing(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_a_page_asks_nobody_else_for_anything(browser: TestClient) -> None:
    for path in ("/", "/ark", "/ark/loenseddel", "/spoerg", "/opfoelgning", "/static/desk.css"):
        text = browser.get(path).text.replace("http://www.w3.org/2000/svg", "")
        assert "//" not in text.replace("/* ", "").replace("// ", ""), path
        assert "<script>" not in text
        assert " style=" not in text


def test_more_than_a_page_sends_is_refused_before_it_is_read(browser: TestClient) -> None:
    assert browser.post("/spoerg", data={"question": "a" * 70_000}).status_code == 413
    assert browser.post("/spoerg", data={f"f{n}": "1" for n in range(300)}).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2f..%2fapp.py",
        "/static/desk.css%00",
        "/static/page.html.j2",
        "/billede/..%2f..%2fapp.svg",
        "/billede/findes-ikke.svg",
        "/ark/findes-ikke",
        "/ark/..%2fapp",
        "/vejledning/999999?fra=0&til=1",
        "/vejledning/-1",
        "/vejledning/x",
        "/vejledning/1%2f..",
        "/vejledning",
    ],
)
def test_an_address_that_is_no_page_finds_nothing(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "import " not in answer.text


@pytest.mark.parametrize(
    ("back", "lands"),
    [
        ("/ark", "/ark"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_choosing_a_language_never_leads_off_the_desk(
    browser: TestClient, back: str, lands: str
) -> None:
    answer = browser.post("/sprog", data={"sprog": "en", "tilbage": back}, follow_redirects=False)
    assert answer.headers["location"] == lands
    assert "x=1" not in answer.headers.get("set-cookie", "")


def test_a_language_nobody_offers_changes_nothing(browser: TestClient) -> None:
    browser.post("/sprog", data={"sprog": "../../x", "tilbage": "/"})
    assert '<html lang="da">' in browser.get("/").text
