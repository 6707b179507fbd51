"""Guidelines on the desk: which there are, and one more from a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Actor, Role

TEXT = "# Cykelordning\n\nPraktikanter kan låne en kommunal elcykel i op til otte uger.\n"
QUESTION = "Hvor længe kan praktikanter låne en elcykel?"


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


def test_every_guideline_is_listed_and_can_be_read(browser: TestClient) -> None:
    page = browser.get("/vejledninger").text
    links = re.findall(r'href="(/vejledning/\d+)"', page)
    assert len(links) > 15
    assert "Er 12 uger en grænse for praktikken?" in "".join(browser.get(one).text for one in links)


def test_a_guideline_from_a_file_answers_the_next_question(browser: TestClient, token: str) -> None:
    assert "otte uger" not in browser.post("/spoerg", data={"question": QUESTION}).text
    added = browser.post(
        "/vejledninger",
        data={"token": token, "title": "Cykelordning", "kind": "local rule"},
        files={"file": ("cykel.md", TEXT.encode(), "text/markdown")},
    )
    assert added.status_code == 200
    assert "Cykelordning er tilføjet" in added.text
    assert "otte uger" in browser.post("/spoerg", data={"question": QUESTION}).text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("", b"", "Vælg en fil"),
        ("tom.txt", b"", "Vælg en fil"),
        ("program.exe", b"MZ\x90\x00", "program.exe"),
        ("falsk.pdf", b"ikke en pdf", "falsk.pdf"),
        ("falsk.docx", b"PK\x03\x04 i stykker", "falsk.docx"),
        ("bytes.txt", bytes(range(256)) * 40, "bytes.txt"),
        ("../../../etc/passwd", b"rod", "passwd"),
        ('"><script>alert(1)</script>.txt', b"", "Vælg en fil"),
        ("x" * 300 + ".exe", b"MZ", ".exe"),
    ],
)
def test_a_file_that_is_no_guideline_is_refused(
    browser: TestClient, token: str, name: str, content: bytes, says: str
) -> None:
    answer = browser.post(
        "/vejledninger",
        data={"token": token, "title": "Prøve"},
        files={"file": (name, content, "application/octet-stream")},
    )
    assert answer.status_code == 422
    assert says in answer.text
    assert "<script>alert" not in answer.text
    assert 'value="Prøve"' in answer.text


def test_a_form_without_a_file_is_told_to_choose_one(browser: TestClient, token: str) -> None:
    answer = browser.post("/vejledninger", data={"token": token})
    assert answer.status_code == 422
    assert "Vælg en fil" in answer.text


def test_a_file_too_large_is_refused_without_being_held(browser: TestClient, token: str) -> None:
    answer = browser.post(
        "/vejledninger",
        data={"token": token},
        files={"file": ("stor.txt", b"a" * 21_000_000, "text/plain")},
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_a_broken_upload_is_refused(browser: TestClient) -> None:
    answer = browser.post(
        "/vejledninger",
        content=b"--x\r\nContent-Disposition: form-data; name=",
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code in {403, 413}


def test_a_file_without_the_pages_own_token_is_not_taken(browser: TestClient) -> None:
    sent = {"file": ("cykel.md", TEXT.encode(), "text/markdown")}
    assert browser.post("/vejledninger", files=sent).status_code == 403


def test_only_who_owns_guidelines_may_add_one(fresh_app: App) -> None:
    door = OpenDoor(Actor("bo", "Bo", frozenset({Role.CASEWORKER})))
    site = build_desk(replace(Desk(fresh_app, door), demo=True), LOOPBACK)
    browser = TestClient(site, base_url="http://127.0.0.1:8765")
    assert "Tilføj en vejledning" not in browser.get("/vejledninger").text
    token = re.search(r'name="token" value="([^"]+)"', browser.get("/opfoelgning/ny").text)
    assert token
    answer = browser.post(
        "/vejledninger",
        data={"token": token[1]},
        files={"file": ("cykel.md", TEXT.encode(), "text/markdown")},
    )
    assert answer.status_code == 422
    assert "guideline_owner" in answer.text
