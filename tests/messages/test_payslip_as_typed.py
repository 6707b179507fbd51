"""After payday: the payslip's own lines stand on the sheet, in every format, and nothing runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from messages.compose import compose
from messages.document import Document, plain
from messages.errors import MessagesError
from messages.formats import render
from messages.library import Library

SLIP = """Timeløn 160,33 t à 150   24.049,50
Fritvalg 4 %  980,00
Bruttoløn  25.029,50
ATP -99,00
AM-indkomst 24.930,50
AM-bidrag -1.994,00
A-skat 38% -6.739,00
Kantine -150
Til udbetaling 16.047,50"""
PAID = "Løn 20000; AM-bidrag 1600; A-skat 5000; Udbetalt 13400"


def sheet(library: Library, facts: dict[str, str], lang: str = "da") -> Document:
    return compose("loenseddel", lang, facts, library, date(2026, 11, 22), allow_draft=True)


def lines(document: Document, step: str) -> list[tuple[str, str]]:
    found = next(one for one in document.steps if one.id == step)
    shown = [(line.term, plain(line.amount)) for line in found.lines]
    return [(term.replace("\u00a0", " "), amount.replace("\u00a0", " ")) for term, amount in shown]


def test_each_line_stands_in_its_own_words_at_the_step_that_explains_it(library: Library) -> None:
    document = sheet(library, {"lines": SLIP})
    assert lines(document, "gross") == [
        ("Timeløn 160,33 t à 150", "24.049,50 kr."),
        ("Bruttoløn", "25.029,50 kr."),
    ]
    assert lines(document, "am") == [
        ("AM-indkomst", "24.930,50 kr."),
        ("AM-bidrag", "1.994 kr."),
    ]
    assert lines(document, "tax") == [("A-skat 38%", "6.739 kr.")]
    assert lines(document, "net") == [("Til udbetaling", "16.047,50 kr.")]
    assert not document.marks.example


def test_unknown_lines_stand_together_and_the_employer_is_to_be_asked(library: Library) -> None:
    document = sheet(library, {"lines": SLIP})
    assert lines(document, "other") == [("Fritvalg 4 %", "980 kr."), ("Kantine", "-150 kr.")]
    other = next(step for step in document.steps if step.id == "other")
    assert "Spørg din arbejdsgiver" in plain(other.said.text)
    assert len(document.steps) == 7


def test_a_known_line_without_a_step_is_explained_among_the_words(library: Library) -> None:
    document = sheet(library, {"lines": SLIP})
    meanings = {term.word: plain(term.meaning.text) for term in document.terms}
    assert meanings["AM-indkomst"].startswith("Bruttoløn plus")
    assert "A-indkomst" not in meanings


def test_a_payslip_of_known_lines_keeps_the_step_on_pay_in_arrears(library: Library) -> None:
    steps = [step.id for step in sheet(library, {"lines": PAID}).steps]
    assert "other" not in steps
    assert steps[-1] == "when"


def test_lines_may_fill_what_the_numbers_do_not_say(library: Library) -> None:
    facts = {"gross": "20000", "am_bidrag": "1600", "a_tax": "5000", "net": "13250"}
    document = sheet(library, {**facts, "lines": "Kantine -150"})
    assert lines(document, "other") == [("Kantine", "-150 kr.")]
    assert lines(document, "net") == [("Udbetalt", "13.250 kr.")]


def test_the_bar_holds_a_part_for_what_unknown_lines_took(library: Library) -> None:
    bar = sheet(library, {"lines": SLIP}).bar
    assert bar is not None
    other = next(part for part in bar.parts if part.key == "other")
    assert other.amount == 150
    assert other.step == 7
    assert sum(part.amount for part in bar.parts) == Decimal("25029.50")


def test_there_is_no_bar_when_more_is_paid_out_than_the_pay(library: Library) -> None:
    document = sheet(library, {"lines": PAID.replace("13400", "14400") + "; Kørepenge 1.000"})
    assert document.bar is None
    assert ("Kørepenge", "1.000 kr.") in lines(document, "net")


def test_a_deduction_after_tax_has_its_line_and_its_meaning(library: Library) -> None:
    document = sheet(library, {"gross": "24.500", "after_tax": "450"})
    assert lines(document, "net")[0] == ("Træk efter skat", "450 kr.")
    assert "Træk efter skat" in [term.word for term in document.terms]


@pytest.mark.parametrize("suffix", [".html", ".txt", ".json", ".slack.json"])
def test_every_format_of_words_shows_every_line(suffix: str, library: Library) -> None:
    made = render(sheet(library, {"lines": SLIP}, "ar"), library, suffix).decode()
    made = made.replace("\u00a0", " ").replace("\\u00a0", " ")
    for words in ("Timeløn 160,33 t à 150", "Fritvalg 4 %", "Kantine", "Til udbetaling"):
        assert words in made


@pytest.mark.parametrize("lang", ["da", "ar", "ti"])
@pytest.mark.parametrize("suffix", [".pdf", ".png", ".phone.png"])
def test_the_printed_formats_take_the_longest_payslip(
    suffix: str, lang: str, library: Library
) -> None:
    many = ";".join(f"{'Tillæg':x<50} {number}" for number in range(1, 13))
    made = render(sheet(library, {"lines": f"{PAID};{many}"}, lang), library, suffix)
    assert len(made) > 10_000


@pytest.mark.parametrize(
    "code", ["<script>alert(1)</script>", '#panic("x")', "{{ cycler }}", "{gross} [[ATP]]", "$x$"]
)
@pytest.mark.parametrize("suffix", [".html", ".txt", ".pdf"])
def test_what_looks_like_code_in_a_line_is_printed_and_never_run(
    code: str, suffix: str, library: Library
) -> None:
    made = render(sheet(library, {"lines": f"{PAID}; {code} 5"}), library, suffix)
    if suffix == ".txt":
        assert f"{code}: 5" in made.decode()
    elif suffix == ".html":
        assert b"<script" not in made
        assert code.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in made.decode()
    else:
        assert made.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"line": PAID}, ["line", "mente du", "lines"]),
        ({"lines": "Kantine"}, ["Linje 1", "Kantine"]),
        ({"lines": "-150"}, ["Linje 1", "ingen ord"]),
        ({"lines": f"{'x' * 300} 5"}, ["Linje 1", "60 tegn"]),
        ({"lines": "Kantine -1;" * 60}, ["60 linjer"]),
        ({"lines": "AM-bidrag 1600"}, ["mangler gross", "Bruttoløn"]),
        ({"lines": "Løn 20000"}, ["mangler am_bidrag", "AM-bidrag"]),
        ({"lines": "Løn 20000; AM-bidrag 1600; Udbetalt 13400"}, ["a_tax", "A-skat 0"]),
        ({"lines": PAID, "gross": "21000"}, ["gross", "21.000,00", "20.000,00"]),
        ({"lines": PAID.replace("13400", "13250")}, ["13.400,00", "13.250,00", "Andet -150,00"]),
        ({"lines": PAID + "; Kantine 50"}, []),
        ({"lines": PAID.replace("5000", "7000") + "; Kantine 50"}, ["Andet 2.000,00"]),
        ({"lines": PAID.replace("Løn 2", "Løn -2")}, ["Løn", "under nul"]),
    ],
)
def test_lines_that_cannot_be_are_told_with_an_example(
    facts: dict[str, str], told: list[str], library: Library
) -> None:
    if not told:
        assert sheet(library, facts).steps
        return
    with pytest.raises(MessagesError) as refused:
        sheet(library, facts)
    for words in told:
        assert words in str(refused.value)


@pytest.mark.parametrize("number", ["010190-1234", "010190 1234", "0101901234"])
def test_a_cpr_number_in_a_line_is_refused_and_never_echoed(number: str, library: Library) -> None:
    with pytest.raises(MessagesError, match="CPR") as refused:
        sheet(library, {"lines": f"{PAID}; Borger {number} 5"})
    assert number not in str(refused.value)
    assert "1234" not in str(refused.value)


def test_our_word_stands_beside_theirs_only_where_it_is_another(library: Library) -> None:
    typed = "Månedsløn 20000; Pension egen 4 % 800; AM-bidrag 1536; A-skat 5000; Udbetalt 12664"
    document = sheet(library, {"lines": typed + "; ATP 0"})
    also = {line.term: line.also for step in document.steps for line in step.lines}
    assert also["Månedsløn"] == ("Bruttoløn",)
    assert also["Udbetalt"] == ()
    assert also["A-skat"] == ()
