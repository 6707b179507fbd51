from __future__ import annotations

import json
from datetime import date

import pytest

from messages.compose import compose
from messages.errors import MessagesError
from messages.formats import FORMATS, render, suffix_of
from messages.library import Library

STARTS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG",
    ".phone.png": b"\x89PNG",
    ".html": b"<!doctype html>",
    ".txt": "Din lønseddel".encode(),
    ".sms.txt": "Din lønseddel".encode(),
    ".json": b"{",
    ".slack.json": b"{",
}


def test_every_format_starts_as_its_kind_of_file_does(library: Library, today: date) -> None:
    document = compose("loenseddel", "da", {}, library, today)
    assert set(STARTS) == set(FORMATS)
    for suffix, start in STARTS.items():
        assert render(document, library, suffix).startswith(start), suffix


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_sheet_gives_the_same_bytes(suffix: str, library: Library, today: date) -> None:
    made = [
        render(compose("skat", "da", {"gross": "20.000"}, library, today), library, suffix)
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.pdf", ".pdf"),
        ("a.sms.txt", ".sms.txt"),
        ("a.PNG", ".png"),
        ("x.phone.png", ".phone.png"),
    ],
)
def test_the_longest_suffix_that_fits_is_taken(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize("name", ["ark.docx", "ark", "pdf"])
def test_another_suffix_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(MessagesError) as refused:
        suffix_of(name)
    assert ".sms.txt" in str(refused.value)
    assert "loenseddel.pdf" in str(refused.value)


def test_the_json_says_what_is_a_value_and_what_is_a_term(library: Library, today: date) -> None:
    sheet = json.loads(render(compose("loenseddel", "ar", {}, library, today), library, ".json"))
    kinds = {run["kind"] for step in sheet["steps"] for run in step["said"]["text"]}
    assert kinds == {"words", "value", "term"}
    assert sheet["language"]["code"] == "ar"
    assert sheet["marks"] == {"example": True, "draft": True, "untranslated": 0}
    assert "svg" not in sheet["steps"][0]["picture"]
