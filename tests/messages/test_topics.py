from __future__ import annotations

import pytest

from messages.errors import MessagesError
from messages.library import Library
from messages.topics import read_topic, unknown_topic

GOOD = """
id = "moedet"
title = "Kom til mødet"
[[facts]]
key = "place"
label = "Sted"
kind = "text"
example = "Rådhuset"
[[steps]]
id = "come"
text = "Kom til mødet."
[[steps.variants]]
given = "place"
text = "Kom til {place}."
"""


def test_the_parts_of_a_topic_are_read() -> None:
    topic = read_topic(GOOD, "moedet.toml")
    assert topic.facts[0].key == "place"
    assert topic.steps[0].variants == (("place", "Kom til {place}."),)


def test_translators_see_every_sentence_with_its_place() -> None:
    places = dict(read_topic(GOOD, "moedet.toml").sentences())
    assert places["Kom til {place}."] == "step-1/picture-none"
    assert "Sted" not in places  # the label of a fact is for staff


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Kom til mødet"', "", "title: mangler"),
        ('kind = "text"', 'kind = "tekst"', "mente du “text”"),
        ('key = "place"', 'key = "Place!"', "gross"),
        ('id = "moedet"', 'id = "Mødet 1"', "loen-bagud"),
        ('text = "Kom til mødet."', 'tekst = "Kom til mødet."', "mente du “text”"),
        ("[[steps.variants]]", "[[steps.variant]]", "variant"),
    ],
)
def test_a_mistake_is_told_with_its_key(old: str, new: str, told: str) -> None:
    with pytest.raises(MessagesError) as refused:
        read_topic(GOOD.replace(old, new), "moedet.toml")
    assert told in str(refused.value)
    assert "moedet.toml" in str(refused.value)


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    broken = GOOD.replace("title", "titel").replace('"text"', '"tekst"')
    with pytest.raises(MessagesError) as refused:
        read_topic(broken, "moedet.toml")
    assert str(refused.value).count("\n") >= 3


def test_a_topic_without_steps_is_refused() -> None:
    with pytest.raises(MessagesError, match="steps"):
        read_topic('id = "tomt"\ntitle = "Tomt"', "tomt.toml")


def test_an_unknown_topic_is_answered_with_the_nearest(library: Library) -> None:
    assert "mente du “sygemelding”" in str(unknown_topic("sygmelding", list(library.topics)))
