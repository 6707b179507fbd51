from __future__ import annotations

import io

from babel.messages.extract import extract

from messages.extraction import handout_sentences, marked, topic_staff_sentences
from messages.library import Library
from messages.wording import placeholders, terms

TOPIC = b"""id = "moedet"
title = "Kom til m\xc3\xb8det"
[[steps]]
id = "come"
text = "Kom i god tid."
"""


def test_every_sentence_of_every_topic_and_picture_is_found(library: Library) -> None:
    found = {sentence for sentence, _ in handout_sentences()}
    for topic in library.topics.values():
        assert {sentence for sentence, _ in topic.sentences()} <= found
    assert {picture.alt for picture in library.pictures.values()} <= found
    assert "ca. {amount}" in found


def test_a_place_names_the_step_and_its_picture() -> None:
    places = dict(handout_sentences())
    assert places["Du tjener {gross}. Det er din løn før skat."] == "loenseddel/step-2/picture-wage"


def test_the_labels_that_staff_fill_in_are_no_business_of_the_reader() -> None:
    handout = {sentence for sentence, _ in handout_sentences()}
    labels = {sentence for sentence, _ in topic_staff_sentences()}
    assert "Trækprocent på skattekortet" in labels
    assert "Trækprocent på skattekortet" not in handout


def test_babel_reads_a_topic_with_our_extractor() -> None:
    found = list(extract("messages.extraction:topic_messages", io.BytesIO(TOPIC)))
    assert [(line, sentence) for line, sentence, *_ in found] == [
        (2, "Kom til mødet"),
        (5, "Kom i god tid."),
    ]


def test_only_marked_sentences_of_code_are_taken() -> None:
    assert list(marked('x = H_("Ja")\ny = N_("Nej")\nz = H_(x)\n')) == [(1, "Ja")]


def test_no_sentence_holds_a_percent_sign_that_gettext_could_misread() -> None:
    assert not [sentence for sentence, _ in handout_sentences() if "%" in sentence]


def test_each_translation_keeps_its_values_and_terms(library: Library) -> None:
    for code, catalog in library.handout.items():
        if code == "da":
            continue
        for source, words in catalog.sentences.items():
            assert placeholders(words) == placeholders(source), (code, source)
            assert terms(words) >= terms(source), (code, source)
            assert not set("<>&") & set(words), (code, source)
