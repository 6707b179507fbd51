from __future__ import annotations

from decimal import Decimal

import pytest

from messages.catalogs import Catalog
from messages.document import Kind, plain
from messages.errors import MessagesError
from messages.formatting import Value, ValueKind, amount
from messages.library import Library
from messages.wording import Wording, pieces, placeholders, terms

PAID = amount(Decimal(100))


def _wording(library: Library, code: str = "da", words: str = "", **values: Value) -> Wording:
    sentences = {"Du får {net} i [[løn]].": words} if words else {}
    return Wording(
        library.languages[code],
        Catalog(code, "handout", sentences),
        library.languages["da"],
        values,
        beside=code != "da",
    )


def test_a_sentence_is_cut_at_values_and_terms() -> None:
    cut = pieces("Du får {net} i [[løn]].")
    assert [kind for kind, _ in cut] == ["words", "value", "words", "term", "words"]
    assert placeholders("Du får {net} i [[løn]].") == {"net"}
    assert terms("Du får {net} i [[løn]].") == {"løn"}


def test_a_term_is_danish_and_left_to_right_in_every_language(library: Library) -> None:
    words = "تحصل على {net} ([[løn]])."
    said = _wording(library, "ar", words, net=PAID).said("Du får {net} i [[løn]].")
    term = next(run for run in said.text if run.kind is Kind.TERM)
    assert (term.text, term.lang, term.direction) == ("løn", "da", "ltr")
    assert said.text[0].direction == "rtl"
    assert said.beside is not None
    assert plain(said.beside) == "Du får 100\u00a0kr. i løn."


def test_an_amount_at_the_end_of_a_sentence_has_one_full_stop(library: Library) -> None:
    said = _wording(library, net=PAID).said("Du får {net}. Det er alt.")
    assert plain(said.text) == "Du får 100\u00a0kr. Det er alt."


def test_about_at_the_start_of_a_sentence_has_a_capital(library: Library) -> None:
    about = amount(Decimal(100), about=True)
    said = _wording(library, net=about).said("{net} går til skat.")
    assert plain(said.text) == "Ca. 100\u00a0kr. går til skat."


def test_typed_words_are_never_read_as_marks(library: Library) -> None:
    typed = Value(ValueKind.TEXT, words="{gross} [[x]]")
    said = _wording(library, contact=typed).said("Spørg {contact}.")
    assert plain(said.text) == "Spørg {gross} [[x]]."


def test_a_placeholder_without_a_value_is_told_with_the_sentence(library: Library) -> None:
    with pytest.raises(MessagesError) as refused:
        _wording(library).said("Du får {net}.")
    assert "Du får {net}." in str(refused.value)
