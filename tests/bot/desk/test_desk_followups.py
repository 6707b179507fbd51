"""Follow-ups on the desk: what comes next, a case's line of time, and what is done to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from bot.actions.nudges import nudge_of
from bot.app import App
from bot.demo import imagined_caseworker
from bot.desk.timeline import Point, Shape, lay_line
from tests.bot.desk.conftest import MONDAY

FirstStep = Callable[[str], str]


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


def test_the_list_shows_my_own_steps_by_day(browser: TestClient) -> None:
    page = browser.get("/opfoelgning").text
    assert "INT-1042" in page
    assert "INT-1033" not in page
    assert page.index("mandag") < page.index("Senere")


def test_the_list_shows_everybodys_steps_when_asked(browser: TestClient) -> None:
    assert "INT-1033" in browser.get("/opfoelgning?hvem=alle").text


def test_a_step_marked_done_leaves_the_list_and_is_told(
    browser: TestClient, token: str, first_step: FirstStep
) -> None:
    step = first_step("INT-1042")
    page = browser.post(f"/trin/{step}/udfoert", data={"token": token})
    assert "markeret som udført" in page.text
    assert page.url.path == "/opfoelgning"
    assert f"/trin/{step}/" not in browser.get("/opfoelgning").text


def test_a_step_saved_in_two_windows_is_done_once(
    browser: TestClient, token: str, first_step: FirstStep
) -> None:
    step = first_step("INT-1042")
    browser.post(f"/trin/{step}/udfoert", data={"token": token})
    page = browser.post(f"/trin/{step}/udfoert", data={"token": token, "fra": "sag"})
    assert "allerede udført" in page.text
    assert page.url.path == "/sag/INT-1042"


def test_a_step_is_put_off_to_a_workday(
    browser: TestClient, token: str, first_step: FirstStep
) -> None:
    step = first_step("INT-1042")
    sent = {"token": token, "until": "2026-12-05", "fra": "sag"}
    page = browser.post(f"/trin/{step}/udsaet", data=sent).text
    assert "Trinnet er udsat" in page
    assert "man. 7. dec." in page


def test_a_step_is_put_off_by_an_hour(
    browser: TestClient, token: str, first_step: FirstStep, fresh_app: App
) -> None:
    step = first_step("INT-1042")
    page = browser.post(f"/trin/{step}/udsaet", data={"token": token, "timer": "1"})
    assert "om en time" in page.text
    assert page.url.path == "/opfoelgning"
    later = nudge_of(imagined_caseworker("da"), step, fresh_app)
    assert later.due == MONDAY + timedelta(hours=1)


def test_a_case_is_handed_to_a_colleague_with_all_its_plans(
    browser: TestClient, token: str
) -> None:
    assert "INT-1057" in browser.get("/opfoelgning").text
    page = browser.post("/sag/INT-1057/ansvarlig", data={"token": token, "til": "bo"})
    assert "givet videre" in page.text
    assert page.text.count("Bo (eksempel)</p>") == 2
    assert "INT-1057" not in browser.get("/opfoelgning").text


def test_a_colleague_who_has_the_case_already_is_not_offered(browser: TestClient) -> None:
    page = browser.get("/sag/INT-1042").text
    offered = re.findall(r'<option value="(\w+)">[^<]+\(eksempel\)', page)
    assert offered
    assert "ane" not in offered


def test_a_case_handed_over_in_two_windows_is_told_the_second_time(
    browser: TestClient, token: str
) -> None:
    sent = {"token": token, "til": "bo"}
    browser.post("/sag/INT-1042/ansvarlig", data=sent)
    again = browser.post("/sag/INT-1042/ansvarlig", data=sent)
    assert again.status_code == 422
    assert "allerede" in again.text


@pytest.mark.parametrize("until", ["", "2026-02-30", "i morgen", "2020-01-01", "9999-12-31"])
def test_a_day_that_a_step_cannot_be_put_off_to_is_refused(
    browser: TestClient, token: str, first_step: FirstStep, until: str
) -> None:
    step = first_step("INT-1042")
    answer = browser.post(f"/trin/{step}/udsaet", data={"token": token, "until": until})
    assert answer.status_code == 422
    assert "2. marts 2026" in answer.text
    assert 'class="button" href="/opfoelgning"' in answer.text


@pytest.mark.parametrize("step", ["findes-ikke", "'; DROP TABLE nudges;--", "%F0%9F%98%80"])
@pytest.mark.parametrize("act", ["udfoert", "udsaet"])
def test_a_step_that_does_not_exist_is_refused(
    browser: TestClient, token: str, step: str, act: str
) -> None:
    sent = {"token": token, "until": "2026-12-07"}
    assert browser.post(f"/trin/{step}/{act}", data=sent).status_code == 422


def test_a_case_is_drawn_as_a_line_with_each_step_numbered_as_in_the_list(
    browser: TestClient,
) -> None:
    page = browser.get("/sag/INT-1042").text
    signs = re.findall(r'<g class="sign (\w+)" transform', page)
    assert len(signs) == page.count('<li class="step')
    assert "done" in signs
    assert "ahead" in signs
    assert ">i dag<" in page


def test_steps_on_one_day_are_drawn_above_each_other() -> None:
    day = date(2026, 11, 23)
    points = [Point(n, day, Shape.AHEAD, "") for n in (1, 2, 3)]
    line = lay_line([*points, Point(4, day + timedelta(days=60), Shape.AHEAD, "")], day)
    assert line
    assert len({(mark.x, mark.y) for mark in line.marks}) == 4
    assert all(0 <= mark.x <= line.width and 0 < mark.y < line.base for mark in line.marks)


def test_a_line_without_dated_steps_is_not_drawn() -> None:
    assert lay_line([], date(2026, 11, 23)) is None


def test_a_plan_is_begun_for_a_new_case(browser: TestClient, token: str) -> None:
    page = browser.post(
        "/opfoelgning/ny",
        data={
            "token": token,
            "plan": "virksomhedspraktik",
            "sag": "INT-2001",
            "start": "2027-01-11",
            "med.virksomhedspraktik": "rollemodel",
        },
    )
    assert page.url.path == "/sag/INT-2001"
    assert "rollemodel" in page.text
    assert "familiekursus" not in page.text.lower()


@pytest.mark.parametrize(
    "changed",
    [
        {"sag": "Amira Hassan"},
        {"sag": "010190-1111"},
        {"sag": ""},
        {"sag": "<b>INT-1</b>"},
        {"sag": "INT-1042"},
        {"start": "2027-02-30"},
        {"start": "1999-01-01"},
        {"plan": "findes-ikke"},
        {"ansvarlig": "nobody"},
        {"end": "2026-01-01"},
        {"med.virksomhedspraktik": "findes-ikke"},
    ],
)
def test_a_case_that_cannot_be_begun_says_why_and_begins_nothing(
    browser: TestClient, token: str, changed: dict[str, str]
) -> None:
    typed = {"token": token, "plan": "virksomhedspraktik", "sag": "INT-2002", "start": "2027-01-11"}
    answer = browser.post("/opfoelgning/ny", data={**typed, **changed})
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert "010190-1111" not in answer.text
    assert "<b>INT" not in answer.text
    assert "INT-2002" not in browser.get("/opfoelgning?hvem=alle").text


def test_dates_move_the_steps_that_lie_ahead(browser: TestClient, token: str) -> None:
    sent = {"token": token, "plan": "virksomhedspraktik", "start": "2027-01-18"}
    page = browser.post("/sag/INT-1057/datoer", data=sent).text
    assert "Datoerne er gemt" in page
    assert "man. 18. jan." in page


def test_a_job_ends_the_practice_and_begins_the_plan_for_the_first_job(
    browser: TestClient, token: str
) -> None:
    sent = {"token": token, "plan": "virksomhedspraktik", "udfald": "job", "start": "2026-12-14"}
    page = browser.post("/sag/INT-1042/udfald", data=sent)
    assert page.url.path == "/sag/INT-1042"
    assert "Første job" in page.text
    assert "Trepartssamtale midtvejs" not in page.text


def test_going_back_after_the_end_and_sending_again_is_refused_kindly(
    browser: TestClient, token: str
) -> None:
    sent = {"token": token, "plan": "virksomhedspraktik", "udfald": "stopped"}
    assert "afsluttet" in browser.post("/sag/INT-1042/udfald", data=sent).text
    again = browser.post("/sag/INT-1042/udfald", data=sent)
    assert again.status_code == 422
    assert "ingen opfølgning i gang" in again.text


@pytest.mark.parametrize("outcome", ["", "vundet", "JOB"])
def test_an_outcome_that_is_none_ends_nothing(
    browser: TestClient, token: str, outcome: str
) -> None:
    sent = {"token": token, "plan": "virksomhedspraktik", "udfald": outcome}
    assert browser.post("/sag/INT-1042/udfald", data=sent).status_code == 422
    assert browser.get("/sag/INT-1042").status_code == 200


@pytest.mark.parametrize("reference", ["INT-9999", "%3Cscript%3Ealert(1)", "010190-1111"])
def test_a_case_nobody_follows_is_told_kindly(browser: TestClient, reference: str) -> None:
    answer = browser.get(f"/sag/{reference}")
    assert answer.status_code in {404, 422}
    assert "<script>alert" not in answer.text
