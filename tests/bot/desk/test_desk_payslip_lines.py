"""The payslip's own lines, typed on the desk: a field of several lines, told at its place."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

SHEET = "/ark/loenseddel"
LINES = "Løn 20000\r\nAM-bidrag 1600\r\nA-skat 5000\r\nKantine -150\r\nUdbetalt 13250"


def told(page: str, field: str) -> str:
    found = re.search(rf'data-field="{field}">([^<]*)<', page)
    return found[1] if found else ""


def test_the_field_takes_several_lines(browser: TestClient) -> None:
    assert re.search(r'<textarea id="f-lines" name="f.lines"', browser.get(SHEET).text)


def test_the_lines_alone_make_the_sheet(browser: TestClient) -> None:
    shown = browser.post(f"{SHEET}/vis", data={"f.lines": LINES}).text
    assert "Kantine" in shown
    assert "-150" in shown
    assert "Eksempel" not in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Fritvalg", "Linje 6 (“Fritvalg”) har intet beløb"),
        ("-150", "Linje 6 (“-150”) har ingen ord"),
        ("Løn 24 500", "to måder"),
        ("x" * 300 + " 5", "60 tegn"),
        ("\r\n".join(["Kantine -1"] * 60), "65 linjer"),
        ("Borger 010190-1234 5", "CPR-nummer"),
    ],
)
def test_a_wrong_line_is_told_at_the_field_and_the_rest_is_kept(
    browser: TestClient, line: str, said: str
) -> None:
    answer = browser.post(f"{SHEET}/hent", data={"f.lines": f"{LINES}\r\n{line}"})
    assert answer.status_code == 422
    assert said in told(answer.text, "lines")
    assert "010190" not in answer.text
    assert ("A-skat 5000" in answer.text) is ("010190" not in line)


def test_what_looks_like_markup_in_a_line_is_text_in_the_form_and_on_the_sheet(
    browser: TestClient,
) -> None:
    code = "</textarea><script>alert(1)</script> 5"
    for path, lines in (("hent", f"{code}\nFritvalg"), ("vis", f"{LINES}\n{code}")):
        answer = browser.post(f"{SHEET}/{path}", data={"f.lines": lines})
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert" in answer.text
