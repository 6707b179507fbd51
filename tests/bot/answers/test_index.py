"""The index file: what is added stays, what changes is read again, what is broken is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.actions import guidelines
from bot.answers.confidence import packaged_weights
from bot.answers.documents import Facts
from bot.answers.engine import Answers
from bot.answers.file_corpus import FileCorpus
from bot.answers.index import IndexFile
from bot.answers.index_words import words_in
from bot.answers.opening import answers_in, open_answers, open_index, read_words
from bot.answers.terms import key
from bot.answers.thesaurus import packaged_thesauri
from bot.config import Config, Folders, Store
from bot.errors import BotError, Refused
from bot.people import Actor, Role, at_the_terminal

RULE = "# Nøgler\n\nNøglen til cykelkælderen hentes hos pedellen Gurli.\n"


def _config(tmp_path: Path) -> Config:
    folder = tmp_path / "egne"
    folder.mkdir(exist_ok=True)
    return Config(store=Store(index=tmp_path / "index.db"), folders=Folders(guidelines=(folder,)))


def _quote(answers: Answers) -> str:
    return answers.ask("Hvor hentes nøglen til cykelkælderen?").citations[0].quote


def test_a_changed_file_is_read_again_and_a_removed_one_is_forgotten(tmp_path: Path) -> None:
    config = _config(tmp_path)
    path = tmp_path / "egne" / "noegler.md"
    path.write_text(RULE, "utf-8")
    assert "Gurli" in _quote(open_answers(config))
    path.write_text(RULE.replace("Gurli", "Bodil"), "utf-8")
    assert "Bodil" in _quote(open_answers(config))
    path.unlink()
    assert "Bodil" not in _quote(open_answers(config))


def test_an_added_guideline_outlives_its_file_and_its_new_version_replaces_it(
    tmp_path: Path,
) -> None:
    config = _config(tmp_path)
    path = tmp_path / "noegler.md"
    added = []
    for name in ("Gurli", "Bodil"):
        path.write_text(RULE.replace("Gurli", name), "utf-8")
        added += guidelines.add(at_the_terminal(), [path], Facts(), open_index(config))
    assert [one.replaced for one in added] == [False, True]
    path.unlink()
    assert "Bodil" in _quote(open_answers(config))
    (number,) = [one.id for one in guidelines.listed(open_index(config)) if one.origin == "added"]
    guidelines.remove(at_the_terminal(), number, open_index(config))
    assert "Bodil" not in _quote(open_answers(config))


def test_a_near_duplicate_is_reported(tmp_path: Path) -> None:
    config = _config(tmp_path)
    long = RULE + "Ring til pedellen, hvis døren er låst. " * 9
    added = []
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(long, "utf-8")
        added += guidelines.add(at_the_terminal(), [tmp_path / name], Facts(), open_index(config))
    assert [one.resembles for one in added] == [(), ("a.md",)]


def test_a_bad_file_among_good_ones_leaves_the_index_untouched(tmp_path: Path) -> None:
    config = _config(tmp_path)
    good, bad = tmp_path / "a.md", tmp_path / "b.pdf"
    good.write_text(RULE, "utf-8")
    bad.write_bytes(b"")
    before = open_index(config).sources()
    with pytest.raises(BotError, match="tom"):
        guidelines.add(at_the_terminal(), [good, bad], Facts(), open_index(config))
    assert open_index(config).sources() == before


def test_only_an_owner_of_guidelines_may_add_one(tmp_path: Path) -> None:
    worker = Actor("a", "A", frozenset({Role.CASEWORKER}))
    with pytest.raises(Refused, match="guideline_owner"):
        guidelines.add(worker, [], Facts(), open_index(_config(tmp_path)))


def test_check_names_what_lacks_an_owner_or_has_run_out(tmp_path: Path) -> None:
    config = _config(tmp_path)
    (tmp_path / "egne" / "noegler.md").write_text(
        f"---\nvalid_to: 2026-01-31\n---\n{RULE}", "utf-8"
    )
    found = [
        str(one.what)
        for one in guidelines.check(open_index(config), date(2026, 3, 1))
        if one.name == "noegler.md"
    ]
    assert any("ejer" in what for what in found)
    assert any("udløb" in what for what in found)


def test_a_broken_index_file_is_told_with_its_remedy(tmp_path: Path) -> None:
    config = _config(tmp_path)
    config.store.index.write_bytes(b"this is no database, " * 100)
    with pytest.raises(BotError, match="Slet filen"):
        open_answers(config)


def test_a_corpus_in_the_file_gives_the_same_first_passage_as_one_in_memory(
    tmp_path: Path,
) -> None:
    index = open_index(_config(tmp_path))
    in_memory = answers_in(index, read_words())
    from_file = Answers(
        index.cards(), FileCorpus(index, index.cards()), read_words(), packaged_weights()
    )
    for question in ("Hvor længe varer en praktik i gennemsnit?", "Hvad er ATP?", "first payslip"):
        assert in_memory.ask(question).passages[0] == from_file.ask(question).passages[0]


def test_the_thesaurus_in_the_index_is_the_one_in_the_files(tmp_path: Path) -> None:
    index = open_index(_config(tmp_path))
    texts = packaged_thesauri()
    first, kept = words_in(index, texts), words_in(index, texts)
    assert kept == first == read_words()
    own = '[[idea]]\nmeans = ["løn"]\nda = ["kvabodut"]\n'
    assert key("kvabodut") not in [phrase[0] for phrase in kept.danish]
    later = words_in(index, [*texts, (own, "egne.toml")])
    assert (key("kvabodut"),) in later.danish
    assert words_in(index, texts) == first


def test_a_second_opening_reads_no_document_again(tmp_path: Path) -> None:
    config = _config(tmp_path)
    first = [(one.id, one.sha) for one in open_index(config).sources()]
    assert [(one.id, one.sha) for one in open_index(config).sources()] == first
    assert IndexFile(config.store.index).size() > 50
