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
    length, meanings = found.longest([key("pengepapir")], 0, "da")
    assert length == 1
    assert key("lønseddel") in meanings


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
