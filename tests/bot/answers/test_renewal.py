"""Guidelines that change while the bot runs: seen, opened anew, and never without an answer."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from bot.actions import guidelines
from bot.answers.confidence import packaged_weights
from bot.answers.documents import Facts
from bot.answers.engine import Answers
from bot.answers.file_corpus import FileCorpus
from bot.answers.opening import open_index, read_words
from bot.answers.renewal import Renewal
from bot.config import Config, Folders, Store
from bot.errors import BotError
from bot.people import at_the_terminal
from messages.errors import Problem

QUESTION = "Hvornår fodres kommunens guldfisk?"


class Bot:
    """A bot over a folder of guidelines; `answers` is what it answers from now."""

    def __init__(self, folder: Path) -> None:
        self.guidelines, self.thesaurus = folder / "egne", folder / "ord"
        self.guidelines.mkdir()
        self.thesaurus.mkdir()
        self.config = Config(
            store=Store(index=folder / "index.db"),
            folders=Folders(guidelines=(self.guidelines,), thesaurus=self.thesaurus),
        )
        self.opened: list[Answers] = []
        self.told: list[str] = []
        self.renewal = Renewal(self.config, self.opened.append, self._tell)

    def _tell(self, problem: Problem) -> None:
        self.told.append(str(problem))

    def write(self, name: str, text: str) -> Path:
        """Put a guideline into the folder, later than whatever was there."""
        file = self.guidelines / name
        later = file.stat().st_mtime_ns + 1_000_000 if file.exists() else 0
        file.write_text(text, encoding="utf-8")
        if later:
            os.utime(file, ns=(later, later))
        return file

    def says(self, word: str) -> bool:
        passages = self.opened[-1].ask(QUESTION).passages
        return any(f"klokken {word}" in passage for passage in passages)


def fish(when: str) -> str:
    return f"# Guldfisk\n\nKommunens guldfisk fodres hver dag klokken {when}.\n"


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    bot = Bot(tmp_path)
    bot.renewal.open()
    return bot


def test_nothing_is_opened_again_while_nothing_changes(bot: Bot) -> None:
    assert [bot.renewal.look() for _ in range(3)] == [False, False, False]
    assert len(bot.opened) == 1


def test_a_file_that_comes_changes_or_goes_is_seen(bot: Bot) -> None:
    file = bot.write("fisk.md", fish("syv"))
    assert bot.renewal.look()
    assert bot.says("syv")
    bot.write("fisk.md", fish("otte"))
    assert bot.renewal.look()
    assert bot.says("otte")
    assert not bot.says("syv")
    file.unlink()
    assert bot.renewal.look()
    assert not bot.says("otte")
    assert not bot.renewal.look()


def test_what_another_process_adds_or_removes_is_seen(bot: Bot, tmp_path: Path) -> None:
    file = tmp_path / "fisk.md"
    file.write_text(fish("ni"), encoding="utf-8")
    other = open_index(bot.config)
    assert not bot.renewal.look()
    guidelines.add(at_the_terminal(), [file], Facts(), other)
    assert bot.renewal.look()
    assert bot.says("ni")
    assert not bot.renewal.look()
    (number,) = [one.id for one in guidelines.listed(other) if one.name == "fisk.md"]
    guidelines.remove(at_the_terminal(), number, other)
    assert bot.renewal.look()
    assert not bot.says("ni")


def test_a_new_word_in_the_thesaurus_is_seen(bot: Bot) -> None:
    bot.write("fisk.md", fish("ti"))
    text = '[[idea]]\nmeans = ["guldfisk"]\nda = ["kvabodut"]\n'
    (bot.thesaurus / "egne.toml").write_text(text, encoding="utf-8")
    assert bot.renewal.look()
    assert "ti" in bot.opened[-1].ask("Hvornår fodres kommunens kvabodut?").passages[0]


BROKEN = [
    ("fisk.md", b"\xff\xfe\x00\xd8", "fisk.md"),
    ("ny.pdf", b"%PDF-1.7 not at all", "ny.pdf"),
    ("ny.docx", b"PK not at all", "ny.docx"),
]


@pytest.mark.parametrize(("name", "content", "says"), BROKEN)
def test_a_broken_file_leaves_the_old_answers_and_is_told_once(
    bot: Bot, name: str, content: bytes, says: str
) -> None:
    bot.write("fisk.md", fish("elleve"))
    bot.renewal.look()
    file = bot.guidelines / name
    file.write_bytes(content)
    for _ in range(3):
        bot.renewal.look()
    assert bot.says("elleve")
    assert len(bot.told) == 1
    assert says in bot.told[0]
    file.unlink()
    bot.write("fisk.md", fish("tolv"))
    bot.renewal.look()
    assert bot.says("tolv")
    assert len(bot.told) == 1


def test_a_broken_thesaurus_leaves_the_old_answers_and_is_told_once(bot: Bot) -> None:
    own = bot.thesaurus / "egne.toml"
    own.write_text("[[idea", encoding="utf-8")
    assert not bot.renewal.look()
    assert not bot.renewal.look()
    assert len(bot.opened) == 1
    assert len(bot.told) == 1
    assert "egne.toml" in bot.told[0]
    assert [bot.renewal.look() for _ in range(25)] == [False] * 25
    assert len(bot.told) == 1
    own.unlink()
    assert bot.renewal.look()


def test_a_folder_that_goes_away_leaves_the_old_answers_until_it_is_back(bot: Bot) -> None:
    bot.write("fisk.md", fish("et"))
    bot.renewal.look()
    away = bot.guidelines.rename(bot.guidelines.with_name("væk"))
    assert not bot.renewal.look()
    assert bot.says("et")
    assert len(bot.told) == 1
    away.rename(bot.guidelines)
    assert bot.renewal.look()
    assert bot.says("et")


@pytest.mark.slow
def test_an_index_that_another_process_holds_is_waited_for(bot: Bot) -> None:
    bot.write("fisk.md", fish("to"))
    holding = sqlite3.connect(bot.config.store.index, isolation_level=None)
    holding.execute("BEGIN EXCLUSIVE")
    assert not bot.renewal.look()
    assert len(bot.opened) == 1
    holding.execute("ROLLBACK")
    holding.close()
    assert bot.renewal.look()
    assert bot.says("to")
    assert bot.told == []


def test_the_first_opening_has_no_older_answers_and_says_what_is_wrong(tmp_path: Path) -> None:
    bot = Bot(tmp_path)
    bot.config.store.index.write_bytes(b"this is no database, " * 100)
    with pytest.raises(BotError, match="Slet filen"):
        bot.renewal.open()


def test_a_large_index_that_grows_cites_only_what_was_there_when_it_was_opened(
    bot: Bot, tmp_path: Path
) -> None:
    index = open_index(bot.config)
    cards = index.cards()
    old = Answers(cards, FileCorpus(index, cards), read_words(), packaged_weights())
    file = tmp_path / "fisk.md"
    file.write_text(fish("tre"), encoding="utf-8")
    guidelines.add(at_the_terminal(), [file], Facts(), open_index(bot.config))
    assert not any("guldfisk" in passage for passage in old.ask(QUESTION).passages)
