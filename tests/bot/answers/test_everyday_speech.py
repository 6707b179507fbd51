"""Questions as they are said: phrases of small words, long phrases, much of a question."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from bot.answers.corpus import MemoryCorpus, entry_of, surfaces_of
from bot.answers.opening import answers_from
from bot.answers.passages import Passage
from bot.answers.query import Concept, read_question
from bot.answers.scoring import rank
from bot.answers.terms import key, words
from bot.answers.thesaurus import head_key, packaged_thesauri, read_thesaurus

OWN = """
[[idea]]
means = ["udelukke"]
da = ["kun dem"]

[[idea]]
means = ["opsige"]
da = ["sige op", "gå sin vej fra det hele", "smutte"]
"""
QUESTIONS = Path(__file__).resolve().parents[2] / "questions" / "note.jsonl"
FIELDS = "thesaurus_fields.toml"


def _corpus(*texts: str) -> MemoryCorpus:
    passages = [Passage(0, at, text, (), None, 0, 0, 0, 0) for at, text in enumerate(texts)]
    entries = [entry_of(passage, "") for passage in passages]
    return MemoryCorpus(entries, surfaces_of(" ".join(texts)))


def _concepts(question: str) -> tuple[Concept, ...]:
    corpus = _corpus("Ingen kan udelukke det.", "Man kan opsige en aftale.", "Tolken kommer.")
    return read_question(question, corpus, read_thesaurus([(OWN, "egen.toml")])).concepts


@pytest.mark.parametrize("question", ["Kan hun tolke?", "Kan jeg tolke?", "Hvem kan vi tolke for?"])
def test_a_person_and_one_small_word_are_no_phrase(question: str) -> None:
    assert [concept.text for concept in _concepts(question)] == ["tolke"]


def test_two_small_words_that_mean_something_together_are_a_phrase() -> None:
    (concept,) = _concepts("Vil hun sige op?")
    assert set(concept.keys) == {key("opsige")}


def test_a_phrase_of_many_words_tells_more_than_one_word_for_the_same() -> None:
    (long,) = _concepts("Vil hun gå sin vej fra det hele?")
    (short,) = _concepts("Vil hun smutte?")
    assert set(long.keys) >= {key("opsige")} <= set(short.keys)
    assert long.rarity > short.rarity * 1.3


def test_a_passage_with_most_of_the_question_is_before_one_with_its_rarest_word() -> None:
    others = ["Husleje stiger.", "Børnehave åbner.", "Bleer skiftes."]
    corpus = _corpus(
        "Frikadeller. Frikadeller. Frikadeller.",
        "Husleje, børnehave og bleer betales.",
        *others * 4,
    )
    query = read_question("frikadeller husleje børnehave bleer", corpus, read_thesaurus([]))
    assert rank(query, corpus)[0].entry.passage.text.startswith("Husleje, ")


def test_the_fields_hold_no_head_that_another_file_has() -> None:
    others = read_thesaurus([pair for pair in packaged_thesauri() if pair[1] != FIELDS])
    text = next(text for text, name in packaged_thesauri() if name == FIELDS)
    twice = [
        head
        for idea in tomllib.loads(text)["idea"]
        for language in ("da", "en")
        for head in idea.get(language, ())
        if tuple(head_key(word, language) for word in words(head)) in others.heads(language)
    ]
    assert twice == []


def test_freely_worded_questions_over_the_note_find_their_passage(shared_dir: Path) -> None:
    answers = answers_from([next((shared_dir / "guidelines").glob("000_*.txt"))])
    asked = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    gold = [(one["question"], one["answer_contains"]) for one in asked if one["answer_contains"]]
    found = [
        any(
            _squashed(said) in _squashed(text)
            for said in wanted
            for text in answers.ask(q).passages[:3]
        )
        for q, wanted in gold
    ]
    assert len(gold) == 120
    assert sum(found) / len(found) >= 0.78


def _squashed(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter == "%")
