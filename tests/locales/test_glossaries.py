from __future__ import annotations

from importlib.resources import files

import pytest

from messages.errors import MessagesError
from messages.glossary import NOT_SEEN, read_glossary, read_terms
from messages.library import Library, Overlay
from messages.translations import glossary_of, packaged_terms

WANTED = {
    "lønseddel",
    "skat",
    "AM-bidrag",
    "trækprocent",
    "fradrag",
    "skattekort",
    "ATP",
    "feriepenge",
    "børnepasning",
    "fripladstilskud",
    "praktik",
    "løntilskud",
    "sprogskole",
    "jobcenter",
    "kommune",
    "NemKonto",
    "MitID",
}
LANGUAGES = ("en", "ar", "uk", "fa_AF", "ti", "so", "ku")


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_says_every_term_and_where_it_was_seen(code: str) -> None:
    terms = packaged_terms()
    glossary = glossary_of(code, terms, Overlay())
    assert glossary is not None
    assert set(glossary.rows) == set(terms.rows) >= WANTED
    for word, rendering in glossary.rows.items():
        assert rendering.rendering, word
        assert rendering.stems or terms.rows[word].keep, word
        assert rendering.stems == () or rendering.stands_in(rendering.rendering), word
    assert any(not rendering.seen for rendering in glossary.rows.values())
    assert any(rendering.seen for rendering in glossary.rows.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_a_style_guide(code: str) -> None:
    from tools.translations import ROOT

    guide = (ROOT / "docs" / "style" / f"{code}.md").read_text(encoding="utf-8")
    assert "**Address.**" in guide
    assert "**Traps" in guide


def test_every_danish_term_on_a_sheet_is_in_the_list(library: Library) -> None:
    terms = packaged_terms()
    words = {word for topic in library.topics.values() for word, _ in topic.terms}
    assert {word for word in words if not terms.of(word)} == set()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Find lønsedlen.", ["lønseddel"]),
        ("Du betaler A-skat og skat.", ["A-skat", "skat"]),
        ("Lønnen er din.", ["løn"]),
        ("Se skat.dk i dag.", []),
        ("ane@kommune.example", []),
        ("https://brobygger.kommune.example", []),
        ("Spørg.Kommunen", []),
        ("(kommunen)", ["kommune"]),
        ("På sygehuset.", []),
        ("Skattekortet", ["skattekort"]),
    ],
)
def test_a_term_is_found_in_its_forms_and_not_inside_another(
    sentence: str, found: list[str]
) -> None:
    assert [term.word for term in packaged_terms().of(sentence)] == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[terms."løn sedel"]\nrendering = "x"\nsource = "not seen, to be checked"\n',
            "terms.toml",
        ),
        ('[terms.skat]\nrendering = "x"\nsource = "nowhere"\n', "mangler i [sources]"),
        ('[terms.skat]\nrendering = "x"\n', "source"),
        ("[terms.skat\n", "gyldig TOML"),
        ('colour = "red"\n', "colour"),
    ],
)
def test_a_broken_glossary_names_its_line(text: str, told: str) -> None:
    with pytest.raises(MessagesError) as refused:
        read_glossary(text, "ar/glossary.toml", packaged_terms())
    assert told in str(refused.value)


def test_what_was_not_seen_says_so() -> None:
    text = (files("locales") / "ku" / "glossary.toml").read_text(encoding="utf-8")
    assert NOT_SEEN in text


def test_terms_that_are_no_table_are_refused() -> None:
    with pytest.raises(MessagesError, match="forms"):
        read_terms('[skat]\nmeans = "tax"\n', "terms.toml")
