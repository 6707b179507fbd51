"""LIX: what is a sentence, what is a word, and which long words an explained term excuses."""

from __future__ import annotations

import pytest

from messages.readability import lix, sentences, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Du får løn. Det er godt.", 2),
        ("Du tjener 12.345,50 kr. om måneden.", 1),
        ("Du tjener 24.500 kr. Det er din løn.", 2),
        ("Lønnen kommer den 31. december.", 1),
        ("Tag pas, kort mv. En kollega hjælper.", 2),
        ("Skriv f.eks. Vejle.", 1),
        ("Du får ca. {net} i løn.", 1),
        ("Du får løn. {net} er til dig.", 2),
        ("Du får løn. [[ATP]] er til senere.", 2),
        ("Se skat.dk eller borger.dk i dag.", 1),
        ("Hvad nu? Spørg!", 2),
        ("Han sagde: “Kom nu.” Så gik vi.", 2),
        ("Ingen punktum her", 1),
        ("", 0),
        (" \n ... \n", 0),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_one_ends(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_each_line_is_a_sentence_and_empty_lines_change_nothing() -> None:
    tight = lix(["Du får løn\nDu betaler skat"])
    loose = lix(["", "Du får løn\n\n\nDu betaler skat", "   "])
    assert tight == loose
    assert tight.sentences == 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{net} går til [[AM-bidrag]].", ("0", "går", "til", "AM-bidrag")),
        ("Se skat.dk, tak.", ("Se", "skat.dk", "tak")),
        ("12.345,50 kr.", ("12.345,50", "kr")),
        ("[[Digital Post]] – nu", ("Digital", "Post", "nu")),
    ],
)
def test_a_slot_a_compound_and_an_address_are_one_word_each(
    sentence: str, expected: tuple[str, ...]
) -> None:
    assert words(sentence) == expected


def test_raw_lix_is_words_a_sentence_plus_percent_long_words() -> None:
    measure = lix(["Kommunen hjælper dig. Du får en plan i dag."])
    assert (measure.words, measure.sentences) == (9, 2)
    assert measure.long_words == ("Kommunen", "hjælper")
    assert measure.raw == pytest.approx(9 / 2 + 100 * 2 / 9)
    assert measure.adjusted == measure.raw


def test_figures_are_never_long_words() -> None:
    assert lix(["Det er 12.345.678,50 i alt"]).long_words == ()


def test_a_term_in_brackets_is_excused_in_all_its_forms() -> None:
    measure = lix(["Din [[lønseddel]] er her.", "Lønsedlen viser det.", "To lønseddeler."])
    assert measure.terms == ("lønseddel",)
    assert measure.excused == ("lønseddel", "lønseddeler")
    assert measure.offending == ("lønsedlen",)
    assert measure.adjusted < measure.raw


def test_a_term_from_the_list_is_excused_without_brackets() -> None:
    assert lix(["Dit skattekort er her."], ["skattekort"]).excused == ("skattekort",)
    assert lix(["Dit skattekort er her."]).excused == ()


def test_only_the_three_heaviest_terms_are_excused() -> None:
    text = "Alfabetet, alfabetet, betaling, betaling, gammadel, gammadel, deltaflod."
    terms = ["deltaflod", "gammadel", "betaling", "alfabetet"]
    measure = lix([text], terms)
    assert set(measure.terms) == {"alfabetet", "betaling", "gammadel"}
    assert measure.offending == ("deltaflod",)


def test_the_most_frequent_offender_comes_first() -> None:
    assert lix(["Kommunen og hospitalet.", "Kommunen nu."]).offending == ("kommunen", "hospitalet")


def test_a_text_without_words_has_lix_zero() -> None:
    assert (lix([]).raw, lix(["..."]).adjusted) == (0.0, 0.0)
