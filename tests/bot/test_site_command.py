"""`brobygger site`: the folder holds just the new pages, and what others laid there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions.site import OWN, publish
from bot.cli.main import answer
from bot.errors import BotError, Refused
from bot.people import at_the_terminal
from messages.site import Page

ME = at_the_terminal()


def page(path: str, text: str = "side") -> Page:
    return Page(path, text.encode())


def files(folder: Path) -> set[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return set(found) - {OWN}


def test_pages_that_are_gone_are_removed_and_unchanged_ones_left_alone(tmp_path: Path) -> None:
    first = publish(ME, [page("index.html"), page("ar/atp.html"), page("da/atp.html")], tmp_path)
    before = (tmp_path / "index.html").stat().st_ino
    again = publish(ME, [page("index.html"), page("da/atp.html", "ny")], tmp_path)
    assert (first.pages, first.changed, first.removed) == (3, 3, 0)
    assert (again.pages, again.changed, again.removed) == (2, 1, 1)
    assert files(tmp_path) == {"index.html", "da/atp.html"}
    assert not (tmp_path / "ar").exists()
    assert (tmp_path / "index.html").stat().st_ino == before
    assert (tmp_path / "da/atp.html").read_text() == "ny"


def test_what_others_laid_in_the_folder_stays(tmp_path: Path) -> None:
    publish(ME, [page("index.html"), page("ar/atp.html")], tmp_path)
    (tmp_path / "ar/logo.png").write_text("x")
    publish(ME, [page("index.html")], tmp_path)
    assert files(tmp_path) == {"index.html", "ar/logo.png"}


def test_a_front_page_that_is_not_ours_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("kommunens egen")
    with pytest.raises(Refused, match="Vælg en tom mappe"):
        publish(ME, [page("index.html")], tmp_path)
    assert (tmp_path / "index.html").read_text() == "kommunens egen"


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    out, outside = tmp_path / "site", tmp_path / "brev.txt"
    outside.write_text("x")
    publish(ME, [page("index.html")], out)
    (out / OWN).write_text(f"index.html\n../brev.txt\n{outside}\n")
    publish(ME, [page("index.html")], out)
    assert outside.exists()


def test_a_file_in_place_of_a_folder_is_refused_and_the_next_run_heals(tmp_path: Path) -> None:
    publish(ME, [page("index.html", "gammel")], tmp_path)
    (tmp_path / "da").mkdir()
    (tmp_path / "da/atp.html").mkdir()
    with pytest.raises(BotError, match="er en mappe"):
        publish(ME, [page("da/atp.html"), page("index.html", "ny")], tmp_path)
    assert (tmp_path / "index.html").read_text() == "gammel"
    (tmp_path / "da/atp.html").rmdir()
    publish(ME, [page("da/atp.html"), page("index.html", "ny")], tmp_path)
    assert (tmp_path / "index.html").read_text() == "ny"


def test_the_command_publishes_twice_and_changes_nothing_the_second_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer(["site", "--out", "side"]) == 0
    assert answer(["site", "--out", "side"]) == 0
    said = capsys.readouterr()
    assert ": 0 nye eller ændrede, 0 gamle fjernet." in said.out
    assert "[site]" in said.err
    assert "da/loenseddel.html" in files(tmp_path / "side")


def test_a_folder_that_is_a_file_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "side").write_text("x")
    assert answer(["site", "--out", "side"]) == 1
    assert "er en fil. Skriv en mappe" in capsys.readouterr().err
