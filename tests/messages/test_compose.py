from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from messages.catalogs import Catalog, seal
from messages.compose import compose, sheet_sentences
from messages.document import Document, Kind, plain
from messages.errors import MessagesError
from messages.library import Library

OWN = {"gross": "20000", "percent": "38", "deduction": "5000"}


def _sheet(library: Library, lang: str = "da", **options: object) -> Document:
    facts = options.pop("facts", OWN)
    return compose("loenseddel", lang, facts, library, date(2026, 11, 22), **options)  # type: ignore[arg-type]


def _values(document: Document) -> list[str]:
    texts = [step.said.text for step in document.steps]
    return [run.text for text in texts for run in text if run.kind is Kind.VALUE]


def _reviewed(library: Library, code: str) -> Library:
    catalog = library.handout[code]
    sentences = list(sheet_sentences(library.topics["loenseddel"]))
    signed = frozenset(seal(sentence, catalog.text(sentence)) for sentence in sentences)
    known = {sentence: catalog.text(sentence) for sentence in sentences}
    whole = Catalog(code, "handout", {**catalog.sentences, **known}, reviewed=signed)
    return replace(library, handout={**library.handout, code: whole})


def test_own_numbers_are_on_the_sheet_and_no_example_is_marked(library: Library) -> None:
    document = _sheet(library)
    assert not document.marks.example
    # 20.000 − 99 = 19.901; 8 % = 1.592; (18.309 − 5.000 → 13.300) × 38 % = 5.054
    assert [text.replace("\u00a0", " ") for text in _values(document)] == [
        "20.000 kr.",
        "99 kr.",
        "1.592 kr.",
        "5.054 kr.",
        "13.255 kr.",
    ]


def test_what_is_worked_out_beforehand_says_about_and_what_is_typed_does_not(
    library: Library,
) -> None:
    worked_out = _sheet(library)
    net = next(step for step in worked_out.steps if step.id == "net")
    assert plain(net.said.text).startswith("Du får ca. 13.255")
    typed = _sheet(
        library,
        facts={"gross": "20000", "atp": "99", "am_bidrag": "1592", "a_tax": "5054", "net": "13255"},
    )
    assert "ca." not in "".join(plain(step.said.text) for step in typed.steps)


def test_a_sheet_with_nothing_given_is_an_example_and_says_so(library: Library) -> None:
    document = _sheet(library, facts={})
    assert document.marks.example
    assert any("eksempel" in plain(notice.text) for notice in document.notices)


def test_typed_lines_that_do_not_add_up_are_refused(library: Library) -> None:
    facts = {"gross": "20000", "am_bidrag": "1592", "a_tax": "5054", "net": "10000"}
    with pytest.raises(MessagesError, match="after_tax"):
        _sheet(library, facts=facts)


def test_one_typed_line_asks_for_the_other_two(library: Library) -> None:
    with pytest.raises(MessagesError, match="am_bidrag mangler"):
        _sheet(library, facts={"gross": "20000", "a_tax": "5054", "net": "13255"})


def test_the_bar_is_filled_by_its_parts(library: Library) -> None:
    bar = _sheet(library).bar
    assert bar is not None
    assert sum(part.share for part in bar.parts) == pytest.approx(1)
    assert sum(part.amount for part in bar.parts) == 20000
    assert [part.step for part in bar.parts] == [3, 4, 5, 6]


def test_a_first_payday_that_is_known_stands_in_the_readers_words(library: Library) -> None:
    document = _sheet(library, "ar", facts={**OWN, "payday": "2026-12-31"})
    net = next(step for step in document.steps if step.id == "net")
    assert "31\u00a0ديسمبر\u00a02026" in plain(net.said.text)


def test_a_typed_contact_is_whom_the_payslip_sheet_says_to_ask(library: Library) -> None:
    document = _sheet(library, facts={**OWN, "contact": "Ane, telefon 12 34 56 78"})
    assert plain(document.ask.text) == "Har du spørgsmål? Spørg Ane, telefon 12 34 56 78."


def test_a_danish_payday_is_said_with_den(library: Library) -> None:
    document = _sheet(library, facts={**OWN, "payday": "2026-12-31"})
    net = next(step for step in document.steps if step.id == "net")
    assert "bankkonto den 31.\u00a0december\u00a02026" in plain(net.said.text)


def test_every_sheet_says_its_year(library: Library) -> None:
    for topic in library.topics:
        document = compose(topic, "da", {}, library, date(2026, 11, 22))
        assert any("2026" in plain(notice.text) for notice in document.notices), topic


def test_few_hours_leave_out_atp(library: Library) -> None:
    document = _sheet(library, facts={**OWN, "hours": "20"})
    assert [step.id for step in document.steps][:3] == ["sheet", "gross", "am"]
    assert [step.number for step in document.steps] == list(range(1, 7))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_that_nobody_checked_stand_beside_the_danish_and_say_so(
    lang: str, library: Library
) -> None:
    document = _sheet(library, lang)
    assert document.marks.draft
    assert document.beside is not None
    assert all(step.said.beside for step in document.steps)
    assert any("ikke tjekket" in plain(notice.beside or ()) for notice in document.notices)


def test_allow_draft_lets_one_sheet_stand_alone_but_it_still_says_so(library: Library) -> None:
    document = _sheet(library, "ar", allow_draft=True)
    assert document.beside is None
    assert document.marks.draft
    assert len(document.notices) == len(_sheet(library, "ar").notices)


def test_reviewed_words_stand_alone_unless_two_languages_are_asked_for(library: Library) -> None:
    reviewed = _reviewed(library, "ar")
    assert _sheet(reviewed, "ar").beside is None
    assert not _sheet(reviewed, "ar").marks.draft
    assert _sheet(reviewed, "ar", bilingual=True).beside is not None


def test_a_sentence_without_words_is_danish_and_marked_never_silent(library: Library) -> None:
    catalog = library.handout["ar"]
    gone = library.topics["loenseddel"].steps[1].text
    fewer = {source: words for source, words in catalog.sentences.items() if source != gone}
    poorer = replace(
        library, handout={"da": library.handout["da"], "ar": replace(catalog, sentences=fewer)}
    )
    step = _sheet(poorer, "ar").steps[1]
    assert plain(step.said.text).startswith("[بالدنماركية] Du tjener")
    assert step.said.beside is None
    assert _sheet(poorer, "ar").marks.untranslated == 1


def test_a_language_without_any_words_still_gives_a_sheet(library: Library) -> None:
    wordless = replace(library, handout={"da": library.handout["da"]})
    document = _sheet(wordless, "ti")
    assert document.marks.untranslated > 20
    assert plain(document.title.text) == "[på dansk] Din lønseddel"


def test_danish_is_never_beside_itself(library: Library) -> None:
    assert _sheet(library, "da", bilingual=True).beside is None


@pytest.mark.parametrize(
    ("topic", "lang", "told"),
    [("loensedel", "da", "loenseddel"), ("loenseddel", "arabisk", "f.eks. ar")],
)
def test_an_unknown_topic_or_language_is_answered_with_a_right_one(
    topic: str, lang: str, told: str, library: Library, today: date
) -> None:
    with pytest.raises(MessagesError) as refused:
        compose(topic, lang, {}, library, today)
    assert told in str(refused.value)


def test_an_earlier_year_is_computed_with_its_own_rates(library: Library) -> None:
    assert _sheet(library, year=2025).year == 2025


def test_after_the_last_known_year_an_own_card_still_gives_a_sheet(library: Library) -> None:
    document = _sheet(library, year=max(library.rates) + 1)
    assert document.year == max(library.rates) + 1
    assert any(str(max(library.rates)) in plain(notice.text) for notice in document.notices)


def test_a_word_is_explained_only_where_the_sheet_uses_it(library: Library, today: date) -> None:
    def explained(topic: str, facts: dict[str, str]) -> set[str]:
        return {term.word for term in compose(topic, "da", facts, library, today).terms}

    assert "praktik" not in explained("sygemelding", {})
    assert "praktik" in explained("sygemelding", {"caseworker_phone": "12 34 56 78"})
    assert "sagsbehandler" in explained("sygemelding", {})  # in the label of a line to write on
    assert "skattekort" in explained("loenseddel", {})
