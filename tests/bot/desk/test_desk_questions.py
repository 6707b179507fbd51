"""Questions without an answer on the desk: passed on, answered with a guideline, put aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot.actions.questions import answer_question, list_open
from bot.app import App
from bot.config import Folders
from bot.demo import imagined_caseworker
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Actor, Role
from tests.bot.desk.conftest import ADDRESS, MONDAY

LIST = "/spoergsmaal"
ASKED = "Må en praktikant køre virksomhedens bil?"
ANSWER = "Ja, når virksomheden har tegnet en førerforsikring for praktikanten."


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


@pytest.fixture
def question(browser: TestClient) -> str:
    """The id of the oldest open question."""
    found = re.search(r"/spoergsmaal/(\w+)/svar", browser.get(LIST).text)
    assert found
    return found[1]


def as_caseworker(app: App) -> TestClient:
    door = OpenDoor(Actor("bo", "Bo", frozenset({Role.CASEWORKER})))
    return TestClient(build_desk(Desk(app, door), LOOPBACK), base_url=ADDRESS)


def test_an_answer_becomes_a_guideline_with_author_and_date_and_answers_from_then_on(
    browser: TestClient, token: str, question: str, fresh_app: App
) -> None:
    page = browser.post(f"{LIST}/{question}/svar", data={"token": token, "svar": ANSWER})
    assert "bruges fra nu af" in page.text
    assert ASKED not in browser.get(LIST).text
    (file,) = fresh_app.config.folders.guidelines[0].glob("svar-*.md")
    text = file.read_text("utf-8")
    assert "author: Ane (eksempel)" in text
    assert "date: 2026-11-23" in text
    assert "førerforsikring" in browser.post("/spoerg", data={"question": ASKED}).text


def test_a_question_put_aside_leaves_the_list_and_no_guideline(
    browser: TestClient, token: str, question: str, fresh_app: App
) -> None:
    page = browser.post(f"{LIST}/{question}/vaek", data={"token": token})
    assert "lagt væk" in page.text
    assert ASKED not in page.text
    assert list(fresh_app.config.folders.guidelines[0].iterdir()) == []


def test_a_question_put_aside_in_two_windows_is_refused_the_second_time(
    browser: TestClient, token: str, question: str
) -> None:
    browser.post(f"{LIST}/{question}/vaek", data={"token": token})
    again = browser.post(f"{LIST}/{question}/vaek", data={"token": token})
    assert again.status_code == 422
    assert "intet åbent spørgsmål" in again.text


def test_an_answer_that_comes_too_late_is_not_lost(
    browser: TestClient, token: str, question: str, fresh_app: App
) -> None:
    answer_question(imagined_caseworker("da"), question, "Nej.", fresh_app, MONDAY)
    late = browser.post(f"{LIST}/{question}/svar", data={"token": token, "svar": ANSWER})
    assert late.status_code == 422
    assert "allerede besvaret af Ane" in late.text
    assert re.search(rf"<textarea[^>]*readonly[^>]*>{ANSWER}</textarea>", late.text)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"svar": ""}, "mellem 1 og"),
        ({"svar": "   \n "}, "mellem 1 og"),
        ({"svar": "x" * 9_000}, "mellem 1 og"),
        ({"svar": "Ring til 010190-1111."}, "CPR-nummer"),
        ({"svar": ANSWER, "titel": "Om 010190-1111"}, "CPR-nummer"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_at_its_question(
    browser: TestClient, token: str, question: str, sent: dict[str, str], says: str
) -> None:
    answer = browser.post(f"{LIST}/{question}/svar", data={"token": token, **sent})
    assert answer.status_code == 422
    assert says in answer.text
    assert "010190-1111" not in answer.text
    assert ASKED in answer.text


def test_an_answer_is_shown_and_kept_as_text_only(
    browser: TestClient, token: str, question: str, fresh_app: App
) -> None:
    sent = {"token": token, "svar": "<script>alert(1)</script> ja", "titel": "---\nowner: x"}
    browser.post(f"{LIST}/{question}/svar", data=sent)
    (file,) = fresh_app.config.folders.guidelines[0].glob("svar-*.md")
    assert "owner: Ane (eksempel)" in file.read_text("utf-8")
    assert "<script>alert" not in browser.post("/spoerg", data={"question": ASKED}).text


@pytest.mark.parametrize(
    "question_id", ["findes-ikke", "..%2F..%2Fx", "'; DROP TABLE questions;--"]
)
def test_a_question_that_is_not_there_is_refused(
    browser: TestClient, token: str, question_id: str
) -> None:
    for act in ("svar", "vaek"):
        sent = {"token": token, "svar": ANSWER}
        assert browser.post(f"{LIST}/{question_id}/{act}", data=sent).status_code in {404, 422}
    assert ASKED in browser.get(LIST).text


def test_without_a_folder_for_guidelines_the_question_stays_open(
    open_desk: Callable[[App], TestClient], fresh_app: App
) -> None:
    bare = App(replace(fresh_app.config, folders=Folders()))
    vars(bare)["library"] = fresh_app.library
    browser = open_desk(bare)
    page = browser.get(LIST).text
    token = re.search(r'name="token" value="([^"]+)"', page)
    question = re.search(r"/spoergsmaal/(\w+)/svar", page)
    assert token
    assert question
    sent = {"token": token[1], "svar": ANSWER}
    answer = browser.post(f"{LIST}/{question[1]}/svar", data=sent)
    assert answer.status_code == 422
    assert "guidelines" in answer.text
    assert ASKED in answer.text
    bare.database.close()


def test_only_who_owns_guidelines_sees_the_questions(fresh_app: App) -> None:
    bo = as_caseworker(fresh_app)
    assert bo.get(LIST).status_code == 422
    assert LIST not in bo.get("/vejledninger").text
    assert ASKED not in bo.get(LIST).text


def test_a_question_without_an_answer_is_kept_only_when_it_is_passed_on(
    browser: TestClient, token: str, fresh_app: App
) -> None:
    asked = "Hvad koster en parkeringsbøde?"
    page = browser.post("/spoerg", data={"question": asked}).text
    assert "Send spørgsmålet videre" in page
    assert asked not in browser.get(LIST).text
    for _ in range(2):  # the back button, and again
        browser.post("/spoerg/videre", data={"token": token, "question": asked})
    found = list_open(imagined_caseworker("da"), fresh_app, MONDAY)
    assert [one.times for one in found if one.question == asked] == [1]


@pytest.mark.parametrize("question_text", ["", "hej", "Hvad med 010190-1111?", "a" * 5_000])
def test_what_is_no_open_question_is_not_passed_on(
    browser: TestClient, token: str, fresh_app: App, question_text: str
) -> None:
    before = list_open(imagined_caseworker("da"), fresh_app, MONDAY)
    answer = browser.post("/spoerg/videre", data={"token": token, "question": question_text})
    assert answer.status_code == 422
    assert "1111" not in answer.text
    assert list_open(imagined_caseworker("da"), fresh_app, MONDAY) == before


def test_the_report_counts_what_was_answered(browser: TestClient) -> None:
    page = browser.get(LIST).text
    report = page[page.index('id="report"') :]
    assert "Ikke fundet" in report
    assert re.search(r"<b>2</b>", report)
