"""What the reader of a page meets: words of their own language, no field names, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.addresses import page_of
from bot.desk.days import spelled
from bot.desk.visit import LANGUAGE_COOKIE

PACK = {"emne": ["loenseddel", "boernepasning"], "lang": ["ar", "da"]}
CASE = "/sag/INT-1042"


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


def test_a_case_that_cannot_be_begun_keeps_the_days_that_were_typed(
    browser: TestClient, token: str
) -> None:
    typed = {"plan": "virksomhedspraktik", "sag": "INT-3001", "start": "2026-12-01"}
    sent = {"token": token, **typed, "end": "2026-11-01"}
    page = browser.post("/opfoelgning/ny", data=sent).text
    assert "Slutdatoen 1. november 2026 ligger før startdatoen 1. december 2026" in page
    assert 'name="start" value="2026-12-01"' in page
    assert 'name="end" value="2026-11-01"' in page


@pytest.mark.parametrize(
    ("act", "wrong", "kept"),
    [
        ("datoer", {"end": "2026-01-01"}, 'value="2026-01-01"'),
        ("udfald", {"udfald": "job", "start": "1999-01-01"}, 'value="job" required checked'),
        ("problem", {"problem": "findes-ikke"}, 'class="problem" role="alert"'),
    ],
)
def test_a_refusal_about_a_case_stands_in_the_form_that_it_is_about(
    browser: TestClient, token: str, act: str, wrong: dict[str, str], kept: str
) -> None:
    sent = {"token": token, "plan": "virksomhedspraktik", **wrong}
    answer = browser.post(f"{CASE}/{act}", data=sent)
    assert answer.status_code == 422
    opened = re.findall(r"<details open>.*?</details>", answer.text, re.DOTALL)
    assert len(opened) == 1
    assert f'action="{CASE}/{act}"' in opened[0]
    assert 'role="alert"' in opened[0]
    assert kept in opened[0]


def test_a_refusal_about_a_plan_that_the_case_does_not_follow_is_told_all_the_same(
    browser: TestClient, token: str
) -> None:
    sent = {"token": token, "plan": "igu", "start": "010190-1111"}
    answer = browser.post(f"{CASE}/datoer", data=sent)
    assert answer.status_code == 422
    assert 'class="problem" role="alert"' in answer.text
    assert "010190-1111" not in answer.text


@pytest.mark.parametrize(
    ("form", "page"),
    [
        ("/sag/INT-1/datoer", "/sag/INT-1"),
        ("/ark/skat/hent", "/ark/skat"),
        ("/trin/x/udsaet", "/opfoelgning"),
        ("/spoergsmaal/x/svar", "/spoergsmaal"),
        ("/pladser/x", "/pladser"),
        ("/vejledning/7/fjern", "/vejledning/7"),
        ("/ark/skat", "/ark/skat"),
        ("/vis", "/vis"),
        ("/", "/"),
    ],
)
def test_a_form_leads_back_to_its_page(form: str, page: str) -> None:
    assert page_of(form) == page


def test_another_language_keeps_what_was_chosen(browser: TestClient) -> None:
    page = browser.get("/familiepakke", params=PACK).text
    found = re.search(r'name="tilbage" value="([^"]+)"', page)
    assert found
    sent = {"sprog": "en", "tilbage": found[1].replace("&amp;", "&")}
    assert "4 sheets" in browser.post("/sprog", data=sent).text
    after = browser.post("/ark/skat/hent", data={"f.gross": "mange"}).text
    assert 'name="tilbage" value="/ark/skat"' in after


def test_the_english_desk_names_the_languages_in_english(browser: TestClient) -> None:
    browser.cookies.set(LANGUAGE_COOKIE, "en")
    for path in ("/ark/loenseddel", "/familiepakke", "/oversaettelser"):
        page = browser.get(path).text
        assert "Tigrinya" in page
        assert "arabisk" not in page


def test_a_pack_says_how_many_pages_it_takes(browser: TestClient) -> None:
    page = browser.get("/familiepakke", params=PACK).text
    found = re.search(r"Ca\. (\d+) sider A4", page)
    assert found
    pdf = browser.post("/familiepakke", data=PACK).content
    assert int(found[1]) == len(PdfReader(BytesIO(pdf)).pages)


def test_a_sheet_in_danish_alone_offers_no_danish_beside(browser: TestClient) -> None:
    page = browser.get("/ark/kontaktkort-virksomhed").text
    assert 'name="bilingual"' not in page
    assert "Borgerens tal" not in page
    assert 'name="bilingual"' in browser.get("/ark/loenseddel").text


def test_who_reads_a_translation_meets_figures_and_no_field_names(
    browser: TestClient, fresh_app: App
) -> None:
    page = browser.get("/oversaettelser/ar/loenseddel").text
    assert re.search(r">1\.952\skr\.<", page)
    for topic in (*fresh_app.library.topics, "alle-ark"):
        shown = browser.get(f"/oversaettelser/ar/{topic}").text
        values = re.findall(r'<bdi class="value"[^>]*>([^<]*)</bdi>', shown)
        assert [value for value in values if re.fullmatch(r"[a-z]+_[a-z_]+", value)] == []


def test_a_refused_question_speaks_of_no_message(browser: TestClient) -> None:
    page = browser.post("/spoerg", data={"question": "Må 010190-1111 i praktik?"}).text
    assert "CPR-nummer" in page
    assert "Slet beskeden" not in page


def test_a_guideline_that_was_added_can_be_removed_again(browser: TestClient, token: str) -> None:
    file = {"file": ("cykel.md", b"# Cykelordning\n\nEn cykel l\xc3\xa5nes i otte uger.\n")}
    browser.post("/vejledninger", data={"token": token}, files=file)
    listed = browser.get("/vejledninger").text
    found = re.search(r'href="(/vejledning/\d+)" lang="da">Cykelordning', listed)
    assert found
    assert "Fjern vejledningen" in browser.get(found[1]).text
    gone = browser.post(f"{found[1]}/fjern", data={"token": token})
    assert "Vejledningen er fjernet" in gone.text
    assert "Cykelordning" not in gone.text


def test_a_chapter_of_the_handbook_cannot_be_removed(browser: TestClient, token: str) -> None:
    found = re.search(r'href="(/vejledning/\d+)"', browser.get("/vejledninger").text)
    assert found
    assert "Fjern vejledningen" not in browser.get(found[1]).text
    assert browser.post(f"{found[1]}/fjern", data={"token": token}).status_code == 422
    assert browser.get(found[1]).status_code == 200


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fra 2026-12-01 og frem", "fra 1. december 2026 og frem"),
        ("2026-02-30", "2026-02-30"),
        ("INT-2026-12-01", "INT-2026-12-01"),
        ("12026-12-01", "12026-12-01"),
    ],
)
def test_a_day_is_spelled_and_nothing_else(text: str, says: str) -> None:
    assert spelled(text, "da") == says
