"""The handbook that ships: whole, marked with its sources, and written in short pieces."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

GUIDELINES = Path(__file__).resolve().parents[2] / "bot" / "guidelines"
CHAPTERS = sorted(GUIDELINES.glob("*.md"))
KEYS = (
    "title",
    "source",
    "source_section",
    "kind",
    "data_years",
    "valid_from",
    "owner",
    "review_by",
)
NOTE = "Vidensnotat om virksomhedsrettet indsats for flygtninge (DISCUS for SIRI)"
# The note's sections that hold text; 4.0 is a heading only.
SECTIONS = (
    *("1.0", "2.0", "3.0", "3.1", "3.2", "3.3"),
    *("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8"),
)
# Each figure and box of the note, as (section, what the handbook must say about it).
FACTS = (
    ("1.0", "over 45 interviews"),
    ("1.0", "10 virksomheder"),
    ("2.0", "31.483 personer"),
    ("2.0", "20.000"),
    ("2.0", "60 % er mænd, og 40 % er kvinder"),
    ("2.0", "46 % er gift"),
    ("2.0", "gifte har 70 %"),
    ("2.0", "enlige har 60 %"),
    ("2.0", "77 % er flygtninge"),
    ("2.0", "23 % er familiesammenført"),
    ("2.0", "9-12 procentpoint"),
    ("4.1", "Kvinder: 56 %"),
    ("4.1", "Mænd: 70 %"),
    ("4.1", "knap to praktikforløb"),
    ("4.1", "knap 12 uger er et gennemsnit"),
    ("4.2", "tre dage med praktik og to dage med sprogskole"),
    ("4.4", "to indtægter"),
    ("4.5", "tre parter"),
    ("4.6", "ældrecenter"),
    ("4.7", "hovedpine"),
    ("4.8", "hotline"),
    ("4.8", "bagud"),
    ("4.8", "traumer"),
)
MUNICIPALITIES = (
    *("Ballerup", "Bornholm", "Favrskov", "Frederiksberg", "Ikast-Brande"),
    *("Middelfart", "Skive", "Thisted", "Vejle", "Aabenraa"),
)
LONGEST_BLOCK = 900  # characters; answers show a passage whole
LONGEST_ECHO = 6  # words in a row that may stand as the note has them

each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def _front_matter(path: Path) -> dict[str, str]:
    _, head, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines())


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]


def _chapters_on(section: str) -> list[Path]:
    found = []
    for path in CHAPTERS:
        head = _front_matter(path)
        if head["source"] == NOTE and section in head["source_section"].split(", "):
            found.append(path)
    return found


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_the_handbook_has_at_least_ten_chapters_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:2]) for path in CHAPTERS]
    assert len(numbers) >= 10
    assert numbers == list(range(1, len(numbers) + 1))


@each_chapter
def test_a_chapter_has_a_plain_ascii_file_name(path: Path) -> None:
    assert re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*\.md", path.name)


@each_chapter
def test_a_chapter_says_where_it_comes_from_and_who_looks_after_it(path: Path) -> None:
    head = _front_matter(path)
    assert tuple(head) == KEYS
    assert all(value.strip() for value in head.values())
    assert head["kind"] in {"law", "local rule", "experience"}
    assert re.fullmatch(r"20\d\d(-20\d\d)?", head["data_years"])
    assert date.fromisoformat(head["valid_from"]) < date.fromisoformat(head["review_by"])


@each_chapter
def test_a_chapter_from_the_note_is_experience_and_never_law(path: Path) -> None:
    head = _front_matter(path)
    assert (head["source"] == NOTE) == (head["kind"] == "experience")
    if head["source"] == NOTE:
        assert head["data_years"] == "2016-2018"
        assert set(head["source_section"].split(", ")) <= set(SECTIONS)


@each_chapter
def test_a_chapter_opens_with_its_title_and_asks_what_staff_ask(path: Path) -> None:
    lines = _body(path).strip().splitlines()
    assert lines[0] == f"# {_front_matter(path)['title']}"
    questions = [line for line in lines if line.startswith("#")][1:]
    assert questions
    assert all(re.fullmatch(r"## \S.*\?", line) for line in questions)
    assert len(set(questions)) == len(questions)


@each_chapter
def test_a_paragraph_or_list_is_short_enough_to_be_shown_whole(path: Path) -> None:
    blocks = _body(path).split("\n\n")
    assert max(len(block) for block in blocks) <= LONGEST_BLOCK


@each_chapter
def test_a_chapter_about_law_holds_no_rate_that_changes_with_the_year(path: Path) -> None:
    if _front_matter(path)["kind"] == "law":
        assert not re.search(r"\d\s*(%|kr\b|kroner|øre|procent)", _body(path))


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_of_the_note_has_a_chapter(section: str) -> None:
    assert _chapters_on(section)


@pytest.mark.parametrize(("section", "fact"), FACTS)
def test_each_figure_and_box_of_the_note_is_in_its_chapter(section: str, fact: str) -> None:
    assert any(fact in _body(path) for path in _chapters_on(section))


@pytest.mark.parametrize("name", MUNICIPALITIES)
def test_each_of_the_ten_municipalities_is_named(name: str) -> None:
    assert any(name in _body(path) for path in _chapters_on("1.0"))


@pytest.mark.shared
def test_no_chapter_repeats_more_than_six_words_in_a_row_from_the_note(shared_dir: Path) -> None:
    notes = sorted((shared_dir / "guidelines").glob("000_*.txt"))
    assert notes, "the folder holds no note"
    # A word cut at a line's end is one word again, or a copied run would hide behind the cut.
    note = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", notes[0].read_text(encoding="utf-8"))
    theirs = _runs(note, LONGEST_ECHO + 1)
    copied = {
        path.name: " ".join(run)
        for path in CHAPTERS
        for run in _runs(_body(path), LONGEST_ECHO + 1)
        if run in theirs
    }
    assert copied == {}
