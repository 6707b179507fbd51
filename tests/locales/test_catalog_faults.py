from __future__ import annotations

from collections.abc import Callable

import pytest

from messages.catalog_checks import faults_of, header_faults
from messages.glossary import Glossary, Rendering
from messages.library import Library
from messages.po_file import Entry
from messages.translations import Work

MakeWork = Callable[..., Work]
GLOSSARY = Glossary({"lønseddel": Rendering("بيان الراتب", ("بيان راتب",), "x", "")})

FAULTS = [
    ("ar", "Du får {net}.", "تحصل على المال.", "pladsholderne"),
    ("ar", "Du får {net}.", "تحصل على {nat}.", "pladsholderne"),
    ("ar", "Se [[skattekort]].", "انظر البطاقة.", "danske ord"),
    ("ar", "Se her.", "انظر [[her i dag]].", "danske ord"),
    ("ar", "Hej.", "<b>مرحبا</b>.", "blive til kode"),
    ("ar", "Hej.", "مرحبا &amp; أهلا.", "blive til kode"),
    ("ar", "Hej.", "{% raw %}مرحبا.", "blive til kode"),
    ("ar", "Hej.", "{{ config }} مرحبا.", "blive til kode"),
    ("ar", "Hej.", "مرحبا\u2028أهلا.", "U+2028"),
    ("ar", "Hej.", "\u200fمرحبا.", "U+200F"),
    ("ar", "Hej.", "\u202eمرحبا.", "U+202E"),
    ("ar", "Hej.", "\u2066مرحبا\u2069.", "U+2066"),
    ("ar", "Hej.", "مرحبا\x07.", "U+0007"),
    ("ar", "Hej.", "مرح\u200bبا.", "U+200B"),
    ("ar", "Hej.", "مرح\u200cبا.", "U+200C"),
    ("ar", "Farvel.", "خداحافظی.", "skift tastatur"),
    ("ar", "Hej.", "مرحبا hello.", "hello"),
    ("fa_AF", "Hej.", "سلام علي.", "skift tastatur"),
    ("fa_AF", "Hej.", "سلام كار.", "skift tastatur"),
    ("uk", "Hej.", "Привiт.", "Привiт"),
    ("uk", "Hej.", "Привет, ты.", "skift tastatur"),
    ("ku", "Hej.", "Merhaba dünya.", "skift tastatur"),
    ("so", "Hej.", "Salaan ê.", "skift tastatur"),
    ("so", "Hej.", "مرحبا.", "skift tastatur"),
    ("ti", "Hej.", "ሰላም hello።", "hello"),
    ("en", "Du får løn.", "You get 20 pay.", "20"),
    ("ar", "Du får løn.", "تستلم الراتب ٢.", "tal kommer fra beregningen"),
    ("ti", "Hej.", "ሰላም ፪።", "tal kommer fra beregningen"),
    ("en", "Hej.", "Hello", "slutter med"),
    ("en", "Hvem?", "Who.", "slutter med"),
    ("uk", "Hej.", "Привіт и\u0306.", "NFC"),
    ("en", "Hej.", " Hello.", "mellemrum"),
    ("en", "Hej.", "Hello  there.", "mellemrum"),
    ("en", "Hej med dig.", "Hej med dig.", "er den danske sætning"),
    ("en", "Betal til ATP.", "Pay to it.", "ATP"),
]


@pytest.mark.parametrize(("code", "source", "words", "told"), FAULTS)
def test_a_fault_is_told_with_its_remedy(
    code: str, source: str, words: str, told: str, make_work: MakeWork
) -> None:
    work = make_work(code=code)
    faults = [f for f in faults_of(Entry(source, words), work.rules, "ar.po") if f.severe]
    assert [f for f in faults if told in str(f.said)], [str(f.said) for f in faults]
    assert str(faults[0].said).startswith(f"ar.po: “{source}”")


@pytest.mark.parametrize(
    ("code", "source", "words"),
    [
        ("ar", "Du får {net}. Se [[ATP]].", "تحصل على {net}. انظر [[ATP]]."),
        ("ar", "Du betaler til ATP.", "تدفع إلى [[ATP]]."),
        ("ar", "Hvem?", "من؟"),
        ("ar", "Se borger.dk.", "انظر borger.dk."),
        ("fa_AF", "Du får penge.", "پول می\u200cگیرید."),
        ("ti", "Hej.", "ሰላም።"),
        ("ti", "Telefon:", "ተለፎን፡"),
        ("so", "Hej.", "Waa la'aan."),
        ("ku", "Hej.", "Silav, çawa yî ê û ş."),
        ("uk", "Hej.", "Привіт, ґанок, їжа й об’єкт."),
        ("en", "ATP", "ATP"),
        ("en", "{contact}", "{contact}"),
        ("en", "Hej “ven”.", "Hello “friend.”"),
    ],
)
def test_what_is_right_is_let_by(code: str, source: str, words: str, make_work: MakeWork) -> None:
    work = make_work(code=code)
    found = [str(fault.said) for fault in faults_of(Entry(source, words), work.rules, "x.po")]
    assert found == []


def test_a_term_is_said_as_in_the_glossary_with_any_ending(make_work: MakeWork) -> None:
    work = make_work(glossary=GLOSSARY)
    right = Entry("Din lønseddel", "بيانُ راتبك")
    wrong = Entry("Din lønseddel", "ورقة المال")
    assert list(faults_of(right, work.rules, "x.po")) == []
    (fault,) = faults_of(wrong, work.rules, "x.po")
    assert "بيان الراتب" in str(fault.said)


def test_what_goes_into_an_sms_is_held_short(make_work: MakeWork) -> None:
    work = make_work(code="en")
    entry = Entry(
        "Du får penge.", "You get " + "very " * 30 + "much money.", flags=["max-length:134"]
    )
    told = [str(fault.said) for fault in faults_of(entry, work.rules, "x.po") if fault.severe]
    assert len(told) == 1
    assert "134" in told[0]


def test_a_length_that_is_only_odd_is_no_error(make_work: MakeWork) -> None:
    entry = Entry("Du får dine penge den sidste dag i måneden.", "Pay.")
    (fault,) = faults_of(entry, make_work(code="en").rules, "x.po")
    assert not fault.severe


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ({"Language": "fa", "Plural-Forms": "RIGHT"}, "Language er “fa”"),
        ({"Language": "ar", "Plural-Forms": "nplurals=2; plural=(n != 1);"}, "Plural-Forms"),
        ({"Plural-Forms": "RIGHT"}, "Language er “”"),
    ],
)
def test_a_header_that_is_another_languages_is_a_fault(
    header: dict[str, str], told: str, library: Library, make_work: MakeWork
) -> None:
    from dataclasses import replace

    right = library.languages["ar"].plural
    said = {name: right if value == "RIGHT" else value for name, value in header.items()}
    (problem,) = header_faults(replace(make_work(), header=said))
    assert told in str(problem)
