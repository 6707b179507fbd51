from __future__ import annotations

import gettext
import re
from importlib.resources import files

import pytest
from babel import Locale
from babel.messages.pofile import read_po as babel_reads
from babel.plural import to_python

from messages.library import Library
from messages.po_file import Entry, headers, read_entries, read_whole
from messages.po_writing import written
from messages.template import limit_of, packaged_template, picture_of
from messages.translations import Work, domains_of
from tools.staff_sentences import in_code, in_template, problem_classes
from tools.translations import ROOT, templates

LANGUAGES = ("en", "ar", "uk", "fa_AF", "ti", "so", "ku")
CATALOGS = [(code, domain) for code in LANGUAGES for domain in domains_of(code)]


def _file(code: str, domain: str) -> bytes:
    return (files("locales") / code / "LC_MESSAGES" / f"{domain}.po").read_bytes()


@pytest.fixture(scope="module")
def sources() -> dict[str, list[Entry]]:
    return templates()


@pytest.mark.parametrize("domain", ["handout", "staff"])
def test_the_template_holds_what_the_sources_say_today(
    domain: str, sources: dict[str, list[Entry]]
) -> None:
    now = {entry.source for entry in sources[domain]}
    kept = {entry.source for entry in packaged_template(domain)}
    assert now ^ kept == set(), "run make translations"


def test_the_same_sources_give_the_same_templates_to_the_byte(
    sources: dict[str, list[Entry]],
) -> None:
    again = templates()
    for domain, entries in sources.items():
        assert written(domain, again[domain]) == written(domain, entries)


@pytest.mark.parametrize(("code", "domain"), CATALOGS)
def test_a_catalog_holds_the_templates_sentences_in_its_order(code: str, domain: str) -> None:
    ours = [entry.source for entry in read_entries(_file(code, domain), code)]
    assert ours == [entry.source for entry in packaged_template(domain)]


@pytest.mark.parametrize(("code", "domain"), CATALOGS)
def test_a_header_comes_from_the_table_and_holds_no_date(
    code: str, domain: str, library: Library
) -> None:
    head = headers(next(iter(read_whole(_file(code, domain), code))))
    assert head["Language"] == code
    assert head["Plural-Forms"] == library.languages[code].plural
    assert not re.search(rb"Date|Generated|Translator", _file(code, domain)[:800])


@pytest.mark.parametrize(("code", "domain"), CATALOGS)
def test_gettexts_other_readers_read_our_files(code: str, domain: str) -> None:
    with (ROOT / "locales" / code / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        theirs = babel_reads(file, abort_invalid=True)
    ours = {entry.source: entry.words for entry in read_entries(_file(code, domain), code)}
    assert {entry.id: entry.string for entry in theirs if entry.id} == ours


@pytest.mark.parametrize("code", [*LANGUAGES, "da"])
def test_plurals_are_counted_as_cldr_counts_them(code: str, library: Library) -> None:
    language = library.languages[code]
    count = re.search(r"nplurals=(\d+); plural=(.+);", language.plural)
    assert count is not None
    rule = Locale.parse(language.babel).plural_form
    order = [
        tag
        for tag in ("zero", "one", "two", "few", "many", "other")
        if tag in {*rule.tags, "other"}
    ]
    cldr, ours = to_python(rule), gettext.c2py(count[2])  # type: ignore[attr-defined]
    assert int(count[1]) == len(order)
    assert [order[ours(n)] for n in range(300)] == [cldr(n) for n in range(300)]


def test_a_translator_reads_where_a_sentence_stands() -> None:
    rows = {entry.source: entry for entry in packaged_template("handout")}
    pay = rows["Du tjener {gross}. Det er din løn før skat."]
    assert pay.notes == [
        "Sheet “Din lønseddel” (loenseddel): step 2, beside the picture wage (løn for arbejde)"
    ]
    assert picture_of(pay) == "wage"
    assert limit_of(pay) == 134


def test_a_sentence_on_two_sheets_stands_once_with_both_places() -> None:
    rows = [
        entry for entry in packaged_template("handout") if entry.source == "Hvem får pengene i ATP?"
    ]
    assert [len(entry.places) for entry in rows] == [2]


def test_no_place_has_a_line_number() -> None:
    places = {place for entry in packaged_template("staff") for place in entry.places}
    assert places
    assert not [place for place in places if re.search(r":\d+$", place)]


def test_code_gives_its_marked_sentences_and_its_problems() -> None:
    import ast

    tree = ast.parse(
        "class Lost(Problem): ...\n"
        'raise Lost("Væk: {name}")\n'
        'words("Ja") if x else words(N_("Nej"))\n'
        'table.wrong("key", "er forkert")\n'
        'print("ikke en sætning for nogen")\n'
    )
    found = set(in_code(tree, problem_classes([tree])))
    assert found == {"Væk: {name}", "Ja", "Nej", "er forkert"}


def test_a_desk_template_gives_its_sentences_and_a_broken_one_is_not_passed_over() -> None:
    assert list(in_template('<p>{{ _("Svar på {x}", x=1) }}</p>')) == ["Svar på {x}"]
    with pytest.raises(Exception, match="unexpected"):
        list(in_template('{{ _("Svar" }}'))


def test_every_catalog_that_ships_is_free_of_faults(shipped: dict[str, Work]) -> None:
    from messages.catalog_checks import check_work

    assert [
        str(fault.said) for work in shipped.values() for fault in check_work(work) if fault.severe
    ] == []
