"""Handouts on the desk: the form a topic asks for, the sheet beside it, the file that is taken."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.app import App

SHEET = "/ark/loenseddel"


def test_every_topic_is_chosen_by_its_picture(browser: TestClient, imagined_app: App) -> None:
    page = browser.get("/ark").text
    for topic in imagined_app.library.topics:
        assert f'href="/ark/{topic}"' in page
    for picture in set(re.findall(r'src="(/billede/[^"]+)"', page)):
        assert browser.get(picture).headers["content-type"] == "image/svg+xml"


def test_every_topic_has_a_form_and_an_example_sheet_in_every_language(
    browser: TestClient, imagined_app: App
) -> None:
    for topic in imagined_app.library.topics:
        assert browser.get(f"/ark/{topic}").status_code == 200, topic
        for language in imagined_app.library.languages:
            assert browser.get(f"/ark/{topic}/vis?lang={language}").status_code == 200, topic


def test_a_language_is_chosen_by_its_own_name(browser: TestClient) -> None:
    page = browser.get(SHEET).text
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in page


def test_the_sheet_changes_with_the_numbers(browser: TestClient) -> None:
    typed = {"lang": "ar", "f.gross": "26.300"}
    sheet = browser.post(f"{SHEET}/vis", data=typed)
    assert "26.300" in sheet.text
    assert 'dir="rtl"' in sheet.text
    assert "frame-ancestors 'self'" in sheet.headers["content-security-policy"]
    assert "script-src" not in sheet.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("format_", "begins", "kind"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("png", b"\x89PNG", "image/png"),
        ("phone", b"\x89PNG", "image/png"),
        ("txt", "Din lønseddel".encode(), "text/plain"),
    ],
)
def test_the_sheet_is_taken_as_a_file(
    browser: TestClient, format_: str, begins: bytes, kind: str
) -> None:
    answer = browser.post(f"{SHEET}/hent", data={"f.gross": "24500", "format": format_})
    assert answer.content.startswith(begins)
    assert answer.headers["content-type"].startswith(kind)
    assert 'filename="loenseddel-da' in answer.headers["content-disposition"]


def test_every_wrong_field_is_told_at_its_place_with_the_rest_still_typed(
    browser: TestClient,
) -> None:
    typed = {"f.gross": "24500", "f.percent": "140", "f.hours": "mange", "lang": "ar"}
    answer = browser.post(f"{SHEET}/hent", data=typed)
    assert answer.status_code == 422
    told = dict(re.findall(r'data-field="(\w+)">([^<]+)<', answer.text))
    assert set(told) == {"percent", "hours"}
    assert all("f.eks." in text for text in told.values())
    assert 'value="24500"' in answer.text
    assert 'value="ar" checked' in answer.text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("gross", "1,234.56"),
        ("gross", "-1"),
        ("gross", "24.50"),
        ("gross", "mange"),
        ("gross", "1e9"),
        ("gross", "999999999999"),
        ("percent", "101"),
        ("percent", "38.5.1"),
        ("hours", "1000"),
        ("payday", "2026-02-30"),
        ("payday", "i morgen"),
        ("municipality", "Andeby"),
        ("municipality", "x" * 200),
    ],
)
def test_a_wrong_number_never_makes_a_sheet(browser: TestClient, key: str, text: str) -> None:
    typed = {"f.gross": "24500", f"f.{key}": text}
    for path, status in (("vis", 200), ("hent", 422)):
        answer = browser.post(f"{SHEET}/{path}", data=typed)
        assert answer.status_code == status, text
        assert "Bruttoløn" not in answer.text
        assert "--set" not in answer.text
        assert "f.eks." in answer.text


def test_a_missing_pay_is_asked_for_at_its_field(browser: TestClient) -> None:
    answer = browser.post(f"{SHEET}/hent", data={"f.percent": "38"})
    assert answer.status_code == 422
    assert re.search(r'data-field="gross">[^<]*24\.500', answer.text)


@pytest.mark.parametrize("number", ["010190-1111", "0101901111", "٠١٠١٩٠-١١١١", "0102034321"])
@pytest.mark.parametrize("key", ["gross", "municipality", "payday"])
@pytest.mark.parametrize(("path", "status"), [("vis", 200), ("hent", 422)])
def test_a_cpr_number_in_a_field_is_refused_and_not_shown_again(
    browser: TestClient, path: str, status: int, key: str, number: str
) -> None:
    answer = browser.post(f"{SHEET}/{path}", data={"f.gross": "24500", f"f.{key}": number})
    assert answer.status_code == status
    assert "Bruttoløn" not in answer.text
    assert number not in answer.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><b>fed', "{{ 7*7 }}"])
def test_a_typed_text_is_shown_as_text_only(browser: TestClient, text: str) -> None:
    for path in ("vis", "hent"):
        page = browser.post(f"{SHEET}/{path}", data={"f.gross": "24500", "f.municipality": text})
        assert "<script>alert" not in page.text
        assert '"><b>' not in page.text
        assert ">49<" not in page.text


@pytest.mark.parametrize("language", ["xx", "../../x", "AR ", "", "da\x00"])
def test_an_unknown_language_is_danish(browser: TestClient, language: str) -> None:
    answer = browser.post(f"{SHEET}/vis", data={"lang": language})
    assert 'lang="da"' in answer.text


def test_a_field_nobody_asks_for_is_refused(browser: TestClient) -> None:
    answer = browser.post(f"{SHEET}/vis", data={"f.gross": "24500", "f.navn": "Amira"})
    assert "navn" in answer.text
    assert "Bruttoløn" not in answer.text


@pytest.mark.parametrize("format_", ["", "../../etc/passwd", "exe", "pdf\x00.exe", "json"])
def test_a_format_nobody_offers_is_a_pdf_with_a_plain_name(
    browser: TestClient, format_: str
) -> None:
    answer = browser.post("/ark/atp/hent", data={"format": format_, "lang": "../../x"})
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].endswith('filename="atp-da.pdf"')


def test_nothing_that_is_typed_reaches_the_store(browser: TestClient, imagined_app: App) -> None:
    before = _rows(imagined_app)
    browser.post(f"{SHEET}/vis", data={"f.gross": "24500"})
    browser.post(f"{SHEET}/hent", data={"f.gross": "24500", "format": "pdf"})
    browser.post("/familiepakke", data={"emne": "skat", "lang": "ar", "f.gross": "24500"})
    assert _rows(imagined_app) == before


def _rows(app: App) -> list[int]:
    with app.database.read() as tx:
        tables = ("cases", "nudges", "outbox", "audit")
        counts = [tx.one(f"SELECT count(*) AS n FROM {table}") for table in tables]  # noqa: S608
    return [row["n"] for row in counts if row]
