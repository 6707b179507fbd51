"""No guideline holds a citizen's number, whichever door it comes through."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions.guidelines import listed, readable_name, take_in
from bot.answers.documents import Facts
from bot.answers.index import IndexFile
from bot.cli.main import answer
from bot.errors import BotError, Refused
from bot.people import Person, Role, acting, at_the_terminal

HOLDS = "# Sygdom\n\nRing til borgeren.\nHendes cpr-nummer er 010180-1234.\n"
BARE = "# Sygdom\n\nRing til kommunen på 12 34 56 78 eller P-nr. 1003456789 i marts 2026.\n"


@pytest.fixture
def index(tmp_path: Path) -> IndexFile:
    return IndexFile(tmp_path / "index.db")


def test_a_file_with_a_cpr_number_is_refused_with_its_line_and_not_repeated(
    index: IndexFile,
) -> None:
    with pytest.raises(Refused) as refused:
        take_in(at_the_terminal(), "sygdom.md", HOLDS.encode(), Facts(), index)
    assert "i linje 4" in str(refused.value)
    assert "1234" not in str(refused.value)
    assert listed(index) == []


@pytest.mark.parametrize(
    ("name", "text", "facts"),
    [
        ("010180-1234.md", BARE, Facts()),
        ("sygdom.md", BARE, Facts(title="Om 010180-1234")),
        ("sygdom.md", "---\nsource: 010180-1234\n---\n" + BARE, Facts()),
    ],
)
def test_a_number_in_the_name_or_the_facts_is_refused_too(
    index: IndexFile, name: str, text: str, facts: Facts
) -> None:
    with pytest.raises(Refused, match="navn, titel eller kilde") as refused:
        take_in(at_the_terminal(), name, text.encode(), facts, index)
    assert "1234" not in str(refused.value)
    assert listed(index) == []


def test_other_numbers_are_taken_in(index: IndexFile) -> None:
    added = take_in(at_the_terminal(), "sygdom.md", BARE.encode(), Facts(), index)
    assert (added.name, added.passages) == ("sygdom.md", 1)


def test_at_the_terminal_too_and_none_of_several_files_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("god.md", BARE), ("daarlig.md", HOLDS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert answer(["guidelines", "add", "god.md", "daarlig.md"]) == 1
    assert "ligner et CPR-nummer" in capsys.readouterr().err
    assert answer(["guidelines", "list"]) == 0
    assert "added" not in capsys.readouterr().out


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LEADER])
def test_only_who_keeps_the_guidelines_may_add_one(index: IndexFile, role: Role) -> None:
    with pytest.raises(Refused, match="guideline_owner"):
        take_in(acting(Person("x", "X", frozenset({role}))), "a.md", b"# A\n\nB.", Facts(), index)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("sygdom.pdf", "sygdom.pdf"),
        ("Sygdom på 1. dag.PDF", "Sygdom på 1. dag.PDF"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Brugere\\ane\\sygdom.docx", "sygdom.docx"),
        ("<!channel> syg.md", "channel syg.md"),
        ("x" * 300 + ".md", "x" * 80 + ".md"),
    ],
)
def test_a_name_that_was_sent_is_made_harmless(sent: str, kept: str) -> None:
    assert readable_name(sent) == kept


@pytest.mark.parametrize("sent", ["", ".", "..", ".pdf", "a.exe", "a", "a.pdf.zip", "\x00.md", "/"])
def test_a_name_that_nothing_can_be_read_under_is_refused(sent: str) -> None:
    with pytest.raises(BotError, match="ikke en fil, der kan læses"):
        readable_name(sent)
