"""The thesaurus as data."""

from __future__ import annotations

import pytest

from bot.answers.opening import handbook
from bot.answers.passages import normalised
from bot.answers.terms import is_stop_word, key, lemma, words
from bot.answers.thesaurus import packaged_thesauri, read_thesaurus
from messages.errors import MessagesError


def test_the_packaged_thesaurus_has_heads_by_the_hundred_in_both_languages() -> None:
    found = read_thesaurus([*packaged_thesauri()])
    assert len(found.danish) >= 6000
    assert len(found.english) >= 4000


FORMS_OF_ONE_WORD = {
    "farligt", "læser", "læsere", "varigt", "varighed", "rykke", "redde", "afbrydelse",
}  # fmt: skip
KNOWN_TO_MEET = {"læge"}  # `læger` and `lægger` have one stem; a head for doctors is worth it


def test_no_head_is_taken_for_an_unrelated_word_of_the_handbook() -> None:
    """Stems can meet, as `duksene` and `dukke` do; forms of one word are let through."""
    heads = read_thesaurus(packaged_thesauri()).surfaces["da"].values()
    used = {word for chapter in handbook() for word in words(normalised(chapter))}
    by_key: dict[str, set[str]] = {}
    for word in used:
        if not is_stop_word(word) and not word.isdigit():
            by_key.setdefault(key(word), set()).add(word)
    met = {
        head: there
        for head in heads
        if (there := by_key.get(key(head), set()))
        and not any(lemma(word) == lemma(head) or word[:4] == head[:4] for word in there)
        and head not in FORMS_OF_ONE_WORD | KNOWN_TO_MEET
        and not key(head).isdigit()
    }
    assert met == {}


def test_a_word_of_the_municipalitys_own_is_added_to_those_that_ship() -> None:
    own = '[[idea]]\nmeans = ["lønseddel"]\nda = ["pengepapir"]\n'
    found = read_thesaurus([*packaged_thesauri(), (own, "egen.toml")])
    (match,) = found.find(["pengepapir"], "da")
    assert match.places == (0,)
    assert key("lønseddel") in match.meanings


SAID = {
    "hun holder op i morgen": (1, 2),
    "hvornår holder praktikanten op": (1, 3),
    "hvis praktikken op holder": (2, 3),
    "da manden fulgte efter hende": (2, 3, 4),
    "op til kontoret holder bussen": (),
    "holder bussen på vejen op": (),
}


@pytest.mark.parametrize("question", SAID)
def test_a_phrase_is_found_parted_turned_and_of_any_person(question: str) -> None:
    own = '[[idea]]\nmeans = ["afbryde"]\nda = ["holde op", "fulgte efter ham"]\n'
    found = read_thesaurus([(own, "egen.toml")]).find(question.split(), "da")
    assert [match.places for match in found] == ([SAID[question]] if SAID[question] else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[idea]]\nda = ["x"]\n', "means"),
        ('[[idea]]\nmeans = ["x"]\nsvensk = ["y"]\n', "svensk"),
        ('[[idea]]\nmeans = "x"\n', "liste"),
        ('[[idea]]\nmeans = ["x"]\nda = ["a b c d e f g h i j"]\n', "otte ord"),
        ("[[idea\n", "gyldig TOML"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(text: str, said: str) -> None:
    with pytest.raises(MessagesError, match=said) as refusal:
        read_thesaurus([(text, "egen.toml")])
    assert "egen.toml" in str(refusal.value)
