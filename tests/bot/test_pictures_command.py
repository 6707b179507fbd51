"""`brobygger pictures`, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import answer
from messages.pictures import packaged_pictures


def test_the_list_names_every_picture_with_its_idea(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["pictures"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [
        [picture.id, picture.idea] for picture in packaged_pictures().values()
    ]


@pytest.mark.parametrize(
    ("name", "start"), [("b.pdf", b"%PDF"), ("b.PNG", b"\x89PNG"), ("b.html", b"<!doctype html>")]
)
def test_the_page_is_written_in_the_format_of_its_name(
    name: str, start: bytes, tmp_path: Path
) -> None:
    assert answer(["pictures", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_without_words_the_page_is_a_test(tmp_path: Path) -> None:
    page = tmp_path / "test.html"
    assert answer(["pictures", "--without-words", "-o", str(page)]) == 0
    assert "lønseddel" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "billeder.doc"], "-o billeder.pdf"),
        (["--lang", "xx"], "xx"),
        (["-o", "findes/ikke/billeder.html"], "findes/ikke/billeder.html"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer(["pictures", *arguments]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
