from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import answer

OWN = ["--set", "gross=24500", "--set", "percent=38", "--set", "deduction=5200"]


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
@pytest.mark.parametrize("suffix", [".pdf", ".png", ".phone.png", ".html", ".txt", ".json"])
def test_a_sheet_is_written_in_the_format_of_its_name(
    suffix: str, lang: str, tmp_path: Path
) -> None:
    file = tmp_path / f"ark{suffix}"
    assert answer(["handout", "loenseddel", "--lang", lang, *OWN, "-o", str(file)]) == 0
    assert file.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_the_caseworker_is_told_that_nobody_checked_the_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(["handout", "loenseddel", "--lang", "ar", *OWN, "-o", str(tmp_path / "x.txt")])
    assert "Ingen har tjekket oversættelsen til arabisk" in capsys.readouterr().err


def test_an_sms_says_how_many_parts_it_is_sent_as(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(["handout", "loenseddel", *OWN, "-o", str(tmp_path / "x.sms.txt")])
    assert "2 sms'er med op til 153 tegn" in capsys.readouterr().err


def test_the_date_chooses_the_rates(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    answer(["handout", "loenseddel", *OWN, "--date", "2025-06-01", "-o", str(file)])
    assert json.loads(file.read_text("utf-8"))["year"] == 2025


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["handout", "loensedel", "-o", "x.pdf"], "mente du “loenseddel”"),
        (["handout", "loenseddel", "--lang", "dk", "-o", "x.pdf"], "Sproget “dk”"),
        (["handout", "loenseddel", "--set", "gros=1", "-o", "x.pdf"], "mente du “gross”"),
        (["handout", "loenseddel", "--set", "gross", "-o", "x.pdf"], "NAVN=VÆRDI"),
        (["handout", "loenseddel", "--set", "gross=", "-o", "x.pdf"], "NAVN=VÆRDI"),
        (["handout", "loenseddel", *OWN, "--set", "gross=1", "-o", "x.pdf"], "to gange"),
        (["handout", "loenseddel", "--set", "percent=38", "-o", "x.pdf"], "mangler gross"),
        (["handout", "loenseddel", *OWN, "--date", "2026-02-30", "-o", "x.pdf"], "2026-02-30"),
        (["handout", "loenseddel", *OWN, "--year", "1890", "-o", "x.pdf"], "1890"),
        (["handout", "loenseddel", *OWN, "-o", "x.docx"], "x.docx"),
        (["handout", "loenseddel", *OWN, "-o", "findes/ikke/x.pdf"], "kan ikke skrives"),
        (["handout", "loenseddel", *OWN, "-o", "."], "."),
        (["handout", "loenseddel", "--lang", "ar", *OWN, "-o", "x.sms.txt"], "--allow-draft"),
    ],
)
def test_wrong_input_is_one_clear_line_and_nothing_is_written(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer(arguments) == 1
    said = capsys.readouterr().err.strip()
    assert told in said
    assert "\n" not in said
    assert not list(tmp_path.iterdir())


def test_a_sheet_that_is_there_already_stays_whole_when_the_new_one_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"before")
    assert answer(["handout", "loenseddel", "--set", "gross=x", "-o", str(file)]) == 1
    assert file.read_bytes() == b"before"


def test_topics_show_what_they_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["topics"]) == 0
    said = capsys.readouterr().out
    assert "loenseddel" in said
    assert "* gross" in said


def test_languages_show_how_far_each_has_come(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["languages"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert list(lines) == ["da", "en", "ar", "uk", "fa_AF", "ti", "so", "ku"]
    assert "العربية" in lines["ar"]
