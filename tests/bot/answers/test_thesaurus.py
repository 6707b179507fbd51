"""The thesaurus as data."""

from __future__ import annotations

import pytest

from bot.answers.terms import key
from bot.answers.thesaurus import packaged_thesauri, read_thesaurus
from messages.errors import MessagesError


def test_the_packaged_thesaurus_has_heads_by_the_hundred_in_both_languages() -> None:
    found = read_thesaurus([*packaged_thesauri()])
    assert len(found.danish) >= 400
    assert len(found.english) >= 400


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
