"""The project's own questions over the handbook: answers are tuned on them, so they must hold."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from messages.personal_data import holds_cpr

ROOT = Path(__file__).resolve().parents[2]
SET = ROOT / "tests" / "questions" / "handbook.jsonl"
ANSWERABLE = ("direct", "paraphrase", "compound", "typo", "english")
SUBS = {"unanswerable": {"far", "near"}, "smalltalk": {"smalltalk", "injection", "cpr"}}
# The mix of the acceptance set, in questions of each kind.
MIX = {"direct": 29, "paraphrase": 48, "compound": 40, "typo": 31, "english": 29}


@dataclass(frozen=True)
class Question:
    """One line of the set: `sections` are file stems of chapters, `gold` verbatim pieces."""

    id: str
    lang: str
    kind: str
    question: str
    sections: tuple[str, ...]
    gold: tuple[str, ...]
    sub: str


def _read(path: Path) -> list[Question]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Question(
            id=row["id"],
            lang=row["lang"],
            kind=row["kind"],
            question=row["question"],
            sections=tuple(row["sections"]),
            gold=tuple(row["answer_contains"]),
            sub=row.get("sub", ""),
        )
        for row in rows
    ]


def _squash(text: str) -> str:
    return " ".join(text.split())


QUESTIONS = _read(SET)
# A piece must stand inside one paragraph or list: a passage is never less than that.
BLOCKS = {
    path.stem: [_squash(block) for block in path.read_text(encoding="utf-8").split("\n\n")]
    for path in (ROOT / "bot" / "guidelines").glob("*.md")
}


def _holds(chapter: str, piece: str) -> bool:
    return any(_squash(piece) in block for block in BLOCKS.get(chapter, []))


def test_the_set_is_large_enough_and_mixed_like_the_acceptance_set() -> None:
    kinds = Counter(question.kind for question in QUESTIONS)
    subs = Counter(question.sub for question in QUESTIONS)
    answerable = sum(kinds[kind] for kind in ANSWERABLE)
    assert answerable >= 140
    assert kinds["unanswerable"] >= 70
    assert kinds["smalltalk"] >= 20
    assert min(subs[sub] for subs_of in SUBS.values() for sub in subs_of) >= 5
    for kind, wanted in MIX.items():
        assert kinds[kind] / answerable == pytest.approx(wanted / sum(MIX.values()), abs=0.03)


def test_each_id_and_each_question_stands_once() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({_squash(question.question).lower() for question in QUESTIONS}) == len(QUESTIONS)


def test_an_english_question_is_marked_english_and_the_kinds_are_known() -> None:
    for question in QUESTIONS:
        assert question.lang in {"da", "en"}
        assert question.kind in {*ANSWERABLE, *SUBS}
        if question.kind in ANSWERABLE:
            assert (question.lang == "en") == (question.kind == "english")


def test_each_piece_of_an_answer_stands_word_for_word_in_one_of_its_chapters() -> None:
    lost = [
        (question.id, piece)
        for question in QUESTIONS
        for piece in question.gold
        if not any(_holds(chapter, piece) for chapter in question.sections)
    ]
    assert lost == []


def test_a_piece_of_an_answer_stands_in_no_other_chapter() -> None:
    strays = [
        (question.id, piece, chapter)
        for question in QUESTIONS
        for piece in question.gold
        for chapter in BLOCKS
        if chapter not in question.sections and _holds(chapter, piece)
    ]
    assert strays == []


def test_each_chapter_that_a_question_names_holds_an_answer_to_it() -> None:
    empty = [
        (question.id, chapter)
        for question in QUESTIONS
        for chapter in question.sections
        if not any(_holds(chapter, piece) for piece in question.gold)
    ]
    assert empty == []


def test_each_chapter_is_asked_about() -> None:
    asked = {chapter for question in QUESTIONS for chapter in question.sections}
    assert asked == set(BLOCKS)


def test_a_question_without_an_answer_has_no_gold_and_says_of_which_sort_it_is() -> None:
    for question in QUESTIONS:
        if question.kind in SUBS:
            assert (question.sections, question.gold) == ((), ())
            assert question.sub in SUBS[question.kind]
        else:
            assert question.sections
            assert question.gold
            assert question.sub == ""


def test_cpr_numbers_stand_in_the_cpr_questions_and_nowhere_else() -> None:
    holders = {question.id for question in QUESTIONS if holds_cpr(question.question)}
    assert holders == {question.id for question in QUESTIONS if question.sub == "cpr"}


@pytest.mark.shared
def test_no_question_is_one_of_the_owners(shared_dir: Path) -> None:
    theirs = {_squash(row.question).lower() for row in _read(shared_dir / "questions/dev.jsonl")}
    assert theirs
    ours = {_squash(question.question).lower() for question in QUESTIONS}
    assert ours & theirs == set()
