"""Asking on the desk: the passage, its document, and what is never shown again."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

QUESTION = "Hvor længe varer en praktik i gennemsnit?"
CPR = ["010190-1111", "0101901111", "010190 1111", "٠١٠١٩٠-١١١١", "01.01.90-1111"]


def test_an_answer_shows_the_passage_marked_and_its_source(browser: TestClient) -> None:
    page = browser.post("/spoerg", data={"question": QUESTION}).text
    assert re.search(r"<mark>[^<]*12 uger[^<]*</mark>", page)
    assert "Praktikken i tal" in page


def test_the_passage_leads_to_its_place_in_the_document(browser: TestClient) -> None:
    page = browser.post("/spoerg", data={"question": QUESTION}).text
    link = re.search(r'href="(/vejledning/[^"]+)"', page)
    assert link
    document = browser.get(link[1].replace("&amp;", "&")).text
    marked = re.search(r'<mark id="sted">(.*?)</mark>', document, re.DOTALL)
    assert marked
    assert "uger" in marked[1]
    assert "Praktikken i tal" in document


def test_a_question_without_an_answer_says_so_and_whom_to_ask(browser: TestClient) -> None:
    page = browser.post("/spoerg", data={"question": "Hvad koster en parkeringsbøde?"}).text
    assert "Ikke fundet" in page
    assert "Faglig koordinator" in page


@pytest.mark.parametrize("number", CPR)
def test_a_cpr_number_in_a_question_is_refused_and_not_shown_again(
    browser: TestClient, number: str
) -> None:
    page = browser.post("/spoerg", data={"question": f"Hvad med {number}, skal hun i praktik?"})
    assert "CPR-nummer" in page.text
    assert number not in page.text
    assert "1111" not in page.text


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> praktik",
        '"><img src=x onerror=alert(1)> praktik',
        "</textarea><script>alert(1)</script> praktik",
        "{{ 7*7 }} {% include 'page.html.j2' %} praktik",
    ],
)
def test_a_question_is_shown_as_text_only(browser: TestClient, question: str) -> None:
    page = browser.post("/spoerg", data={"question": question}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert ">49<" not in page


@pytest.mark.parametrize(
    "question",
    ["", "   ", "\x00\x01", "?!", "a" * 40_000, "𝕳𝖛𝖔𝖗 \u202e",
     'AND * "NEAR( col:', "'; DROP TABLE nudges;--", "hej"],
)  # fmt: skip
def test_any_question_gets_a_page(browser: TestClient, question: str) -> None:
    answer = browser.post("/spoerg", data={"question": question})
    assert answer.status_code == 200
    assert "Traceback" not in answer.text


def test_bytes_that_are_no_text_get_a_page(browser: TestClient) -> None:
    answer = browser.post(
        "/spoerg",
        content=b"question=%ff%fe%00praktik",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 200
