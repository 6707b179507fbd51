"""The rules of `brobygger check`, each on a text that breaks it and on one that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from messages.checks.finding import Finding, Level, found_by_reading
from messages.checks.packages import package_findings
from messages.checks.sentences import sentence_findings, unsafe
from messages.checks.sheets import keyed_sentences, measure, readability_findings, topic_findings
from messages.checks.translations import catalog_findings
from messages.checks.years import rates_findings
from messages.errors import MessagesError
from messages.glossary import read_terms
from messages.language_rules import Rules
from messages.languages import read_languages
from messages.library import load_library
from messages.pictures import packaged_pictures
from messages.rates import Rates
from messages.topics import Topic, packaged_topics, read_topic

ROOT = Path(__file__).parents[2]
GOOD = """
id = "proeve"
title = "Din løn"
do = "Spørg din arbejdsgiver."
[[facts]]
key = "contact"
label = "Hvem"
kind = "text"
example = "Ane"
[[steps]]
id = "one"
picture = "wage"
text = "Du får løn. Du får den hver måned."
check = "Hvad får du?"
[[steps]]
id = "two"
picture = "payslip"
text = "Du får et ark ([[ATP]] står der)."
check = "Hvad står der?"
[[steps]]
id = "three"
picture = "payday"
text = "Løn kommer i din bank."
check = "Hvor kommer den?"
[[sources]]
title = "skat.dk: Skattekort"
url = "https://skat.dk/kort"
"""


def changed(old: str, new: str) -> Topic:
    assert old in GOOD
    return read_topic(GOOD.replace(old, new, 1), "proeve.toml")


def found_in(one: Topic) -> list[Finding]:
    return [
        *topic_findings("proeve.toml", one, packaged_pictures()),
        *readability_findings("proeve.toml", measure(one)),
    ]


def said(findings: list[Finding], level: Level) -> list[tuple[str, str]]:
    return [(one.where, str(one.what)) for one in findings if one.level is level]


def test_a_topic_that_keeps_the_rules_gives_no_finding() -> None:
    assert found_in(read_topic(GOOD, "proeve.toml")) == []


LONG = "Du skal gå hen til den mand som du så i går da du kom hjem igen."
HARD = "Arbejdsgiveren udarbejder lønspecifikationer vedrørende personaleadministration."
BROKEN = [
    ("Løn kommer i din bank.", LONG, "steps[3].text", "sætningen har 17 ord"),
    ("Løn kommer i din bank.", "Du får 24.500 i løn.", "steps[3].text", "har tallet 24.500"),
    ("Løn kommer i din bank.", "Du får 8 % mere.", "steps[3].text", "har tallet 8, %"),
    ("Løn kommer i din bank.", "Du får løn mv.", "steps[3].text", "forkortelsen mv"),
    ("Løn kommer i din bank.", "Løn, f.eks. i bank.", "steps[3].text", "forkortelsen f.eks"),
    ("Løn kommer i din bank.", "Du betaler AM af løn.", "steps[3].text", "AM er ikke forklaret"),
    ("Løn kommer i din bank.", "Kom. Tag den. Gå.", "steps[3].text", "trinnet har 3 sætninger"),
    ("Løn kommer i din bank.", "<b>Løn</b> i din bank.", "steps[3].text", "ikke må stå her: <, >"),
    ("Løn kommer i din bank.", "Løn\\u202e i bank.", "steps[3].text", "U+202E"),
    ("Løn kommer i din bank.", HARD, "steps", "LIX er"),
    ('picture = "payday"\n', "", "steps[3].picture", "mangler; vælg et billede"),
    ('"payday"', '"pay-day"', "steps[3].picture", "findes ikke; mente du “payday”?"),
    ('id = "two"', 'id = "one"', "steps", "“one” står to gange"),
    ("https://skat.dk/kort", "skat.dk", "sources[1].url", "er ikke en adresse"),
    ("Din løn", "Din løn {", "title", "ikke må stå her: {"),
]


@pytest.mark.parametrize(("old", "new", "where", "remedy"), BROKEN)
def test_a_broken_rule_is_an_error_with_its_key(
    old: str, new: str, where: str, remedy: str
) -> None:
    errors = said(found_in(changed(old, new)), Level.ERROR)
    assert [(place, what) for place, what in errors if place == where and remedy in what], errors


DOUBTFUL = [
    ("Løn kommer i din bank.", "Løn udbetales i din bank.", "steps[3].text", "ligner passiv"),
    ("Løn kommer i din bank.", "Løn bliver sendet til dig.", "steps[3].text", "ligner passiv"),
    ('check = "Hvor kommer den?"\n', "", "steps[3].check", "mangler; skriv et spørgsmål"),
    ('"payday"', '"wage"', "steps", "står ved 2 trin"),
    ("Løn kommer i din bank.", "Det skal du efter loven.", "steps[3].text", "uden en lov"),
]


@pytest.mark.parametrize(("old", "new", "where", "remedy"), DOUBTFUL)
def test_what_a_person_must_judge_is_a_warning(old: str, new: str, where: str, remedy: str) -> None:
    findings = found_in(changed(old, new))
    warnings = said(findings, Level.WARNING)
    assert said(findings, Level.ERROR) == []
    assert [(place, what) for place, what in warnings if place == where and remedy in what], (
        warnings
    )


@pytest.mark.parametrize(
    ("address", "settled"),
    [
        ("https://www.retsinformation.dk/eli/lta/1", True),
        ("https://danskelove.dk/retssikkerhedsloven/12", True),
        ("https://www.elov.dk/dagtilbudsbekendtgorelsen/paragraf/27/", True),
        ("https://www.nyidanmark.dk", True),
        ("https://retsinformation.dk.example", False),
        ("https://blog.example/om-retsinformation.dk", False),
        ("https://skat.dk/kort", False),
    ],
)
def test_only_a_law_among_the_sources_settles_a_claim_about_law(
    address: str, settled: bool
) -> None:
    text = GOOD.replace("Løn kommer i din bank.", "Det skal du efter loven.")
    text = text.replace("https://skat.dk/kort", address)
    assert (found_in(read_topic(text, "proeve.toml")) == []) is settled


def test_saying_what_not_to_do_twice_is_a_warning_that_names_both_places() -> None:
    text = GOOD.replace("Løn kommer i din bank.", "Løn kommer ikke nu.")
    text = text.replace("Spørg din", "Du må ikke vente. Spørg din")
    (place, what) = said(found_in(read_topic(text, "proeve.toml")), Level.WARNING)[0]
    assert place == "steps[3].text, do"
    assert what.startswith("2 sætninger siger “ikke”")


def test_eight_steps_are_too_many_and_two_are_few() -> None:
    step = '[[steps]]\nid = "s{n}"\npicture = "{p}"\ntext = "Du får løn."\ncheck = "Hvad?"\n'
    names = list(packaged_pictures())[:9]
    head, tail = GOOD.split("[[steps]]", 1)[0], "[[sources]]" + GOOD.split("[[sources]]")[1]
    many = head + "".join(step.format(n=n, p=p) for n, p in enumerate(names[:8])) + tail
    few = head + "".join(step.format(n=n, p=p) for n, p in enumerate(names[:2])) + tail
    assert ("steps", "arket har 8 trin, men må højst have 7; del det i to emner") in said(
        found_in(read_topic(many, "x.toml")), Level.ERROR
    )
    assert "kun 2 trin" in said(found_in(read_topic(few, "x.toml")), Level.WARNING)[0][1]


def test_a_sheet_without_sources_is_an_error() -> None:
    bare = read_topic(GOOD.split("[[sources]]")[0], "x.toml")
    assert [where for where, _ in said(found_in(bare), Level.ERROR)] == ["sources"]


def test_explained_terms_lower_the_adjusted_measure_only() -> None:
    text = GOOD.replace("Du får løn.", "Arbejdsmarkedsbidrag er skat af løn.")
    plain = measure(read_topic(text, "x.toml")).readability
    more = '[[terms]]\nword = "Arbejdsmarkedsbidrag"\nmeaning = "En skat."\n[[sources]]'
    helped = measure(read_topic(text.replace("[[sources]]", more), "x.toml")).readability
    assert plain.raw == plain.adjusted
    assert helped.adjusted < helped.raw


@pytest.mark.parametrize("one", packaged_topics(), ids=lambda one: one.id)
def test_the_packaged_topics_have_no_error(one: Topic) -> None:
    assert said(found_in(one), Level.ERROR) == []


def test_every_sentence_of_a_topic_has_a_key() -> None:
    for one in packaged_topics():
        assert {text for text, _ in one.sentences()} == {
            text for _, text in keyed_sentences(one) if text
        }


@pytest.mark.parametrize("text", ["a\u200bb", "a\u2028b", "a\u2066b", "a\x07", "e\u0301", "a`b"])
def test_signs_that_cannot_be_seen_or_could_become_markup_are_unsafe(text: str) -> None:
    assert unsafe(text) != []


@pytest.mark.parametrize("text", ["Du får {net} i løn ([[ATP]]).", "Hvad – og hvornår?", "«Åh»…"])
def test_plain_words_slots_and_terms_are_safe(text: str) -> None:
    assert list(sentence_findings("x.toml", "do", text)) == []


def years(*known: int) -> Mapping[int, Rates]:
    packaged = load_library().rates
    return {year: packaged[year] for year in known}


@pytest.mark.parametrize(
    ("day", "known", "missing"),
    [
        (date(2026, 10, 31), (2025, 2026), []),
        (date(2026, 11, 1), (2025, 2026), ["rates/2027.toml"]),
        (date(2026, 11, 1), (2025,), ["rates/2026.toml", "rates/2027.toml"]),
        (date(2027, 1, 1), (2025, 2026), ["rates/2027.toml"]),
        (date(2025, 6, 1), (2025, 2026), []),
    ],
)
def test_next_year_s_figures_are_missed_from_the_first_of_november(
    day: date, known: tuple[int, ...], missing: list[str]
) -> None:
    found = [one for one in rates_findings(years(*known), day) if not one.where]
    assert [one.file for one in found] == missing
    assert {one.level for one in found} <= {Level.WARNING}


def test_a_figure_that_nobody_has_checked_for_long_is_named_with_its_day() -> None:
    fresh = [str(one.what) for one in rates_findings(years(2026), date(2026, 12, 1))]
    assert not any("ikke kontrolleret siden" in what for what in fresh)
    stale = {2028: Rates(2028, years(2026)[2026].figures, {})}
    found = [str(one.what) for one in rates_findings(stale, date(2028, 6, 1))]
    assert any("ikke kontrolleret siden 20" in what for what in found)


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def po(*pairs: tuple[str, str]) -> bytes:
    entries = [f'msgid "{source}"\nmsgstr "{words}"\n' for source, words in pairs]
    return (HEADER + "\n".join(entries)).encode()


def catalog(code: str, *pairs: tuple[str, str]) -> list[Finding]:
    table = (ROOT / "locales" / "languages.toml").read_text("utf-8")
    rules = Rules(read_languages(table, "languages.toml")[code], "handout", TERMS)
    return list(catalog_findings("x.po", po(*pairs), rules))


TERMS = read_terms((ROOT / "locales" / "terms.toml").read_text("utf-8"), "terms.toml")


@pytest.mark.parametrize(
    ("code", "source", "words"),
    [
        ("en", "Du får {net} nu.", "You get {nett} now."),
        ("en", "Det er [[ATP]] nu.", "This is ATP now."),
        ("en", "Du får løn nu.", "You get 500 now."),
        ("en", "Du får løn nu.", "You get <b>pay</b> now."),
        ("en", "Du får løn nu.", "You get\u200b pay now."),
        ("en", "Får du løn nu?", "You get pay now."),
        ("en", "Du får løn nu.", "Du får løn nu."),
        ("ar", "Du får løn nu.", "تحصل على ۵۰۰ الآن."),
        ("ar", "Du får løn nu.", "You get pay now."),
    ],
)
def test_a_translation_that_breaks_a_rule_is_an_error_with_its_line(
    code: str, source: str, words: str
) -> None:
    found = catalog(code, (source, words))
    assert {one.level for one in found} == {Level.ERROR}
    assert all(one.where.startswith("4 “") for one in found)


def test_missing_words_are_counted_in_one_warning() -> None:
    found = catalog("en", ("Du får løn.", "You get pay."), ("Hej.", ""), ("Farvel.", ""))
    assert [(one.level, one.where) for one in found] == [(Level.WARNING, "7")]
    assert str(found[0].what).startswith("2 af 3 sætninger")


def test_a_foreign_package_under_our_name_is_an_error_and_our_own_is_not() -> None:
    owners = {"bot": ["brobygger", "telegram-bot"], "messages": ["brobygger"], "click": ["click"]}
    (found,) = package_findings(owners)
    assert found.level is Level.ERROR
    assert found.file == "bot"
    assert "telegram-bot" in str(found.what)


def test_each_mistake_of_a_file_is_a_finding_with_its_key() -> None:
    with pytest.raises(MessagesError) as refused:
        read_topic('id = "x1"\ntitel = "Løn"\n', "x.toml")
    found = list(found_by_reading("x.toml", refused.value))
    assert {"titel", "title", "steps"} <= {one.where for one in found}


def test_broken_toml_is_one_finding_with_its_line() -> None:
    with pytest.raises(MessagesError) as refused:
        read_topic('id = "x1"\ntitle = Løn\n', "x.toml")
    (found,) = found_by_reading("x.toml", refused.value)
    assert found.where == "2"
