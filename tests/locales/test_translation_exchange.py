from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from messages.errors import MessagesError
from messages.languages import Language
from messages.library import Library
from messages.po_exchange import exported_po, po_rows
from messages.po_file import Entry
from messages.review_sheet import english_words, review_html
from messages.template import picture_of
from messages.translation_import import Fate, Incoming, Row, row_base, take_in
from messages.translations import State, Work
from messages.xliff import NAMESPACE, unit_rows, xliff

MakeWork = Callable[..., Work]
PAID = Entry("Du får {net}.", "تحصل على {net}.", places=["loenseddel/step-6/picture-bank-payout"])
ASK = Entry("Spørg din leder.", places=["loenseddel/what-to-do"], notes=["Sheet"])
OLD = Entry("Kom nu.", "تعال.", fuzzy=True, previous="Kom i dag.", places=["x/step-1"])
UNIT = '<trans-unit id="1-0"><source xml:lang="da">Kom.</source><target>تعال.</target></trans-unit>'
FILE = '<file original="handout" source-language="da" target-language="ar" datatype="plaintext">'


def _document(file: str, body: str = "") -> str:
    return f'<xliff version="1.2" xmlns="{NAMESPACE}">{file}<body>{body}</body></file></xliff>'


@pytest.fixture
def work(make_work: MakeWork) -> Work:
    return make_work(PAID, ASK, OLD)


def _said(rows: list[Incoming], source: str, words: str) -> list[Incoming]:
    return [replace(r, words=words, unfinished=False) if r.source == source else r for r in rows]


def _po(work: Work, arabic: Language) -> list[Incoming]:
    return list(po_rows(exported_po(work), "ar.po", arabic).rows)


def _xlf(work: Work, arabic: Language) -> list[Incoming]:
    return unit_rows(xliff(work, {}), "ar.xlf", "ar")[1]


@pytest.mark.parametrize("through", [_po, _xlf])
def test_what_goes_out_comes_back_and_changes_nothing(
    through: Callable[[Work, Language], list[Incoming]], work: Work, arabic: Language
) -> None:
    result = take_in(work, through(work, arabic), "ar")
    assert result.entries == work.entries
    assert [row.fate for row in result.rows] == [Fate.SAME, Fate.UNFINISHED, Fate.UNFINISHED]


@pytest.mark.parametrize("through", [_po, _xlf])
def test_a_new_translation_is_taken_and_the_rest_is_left(
    through: Callable[[Work, Language], list[Incoming]], work: Work, arabic: Language
) -> None:
    rows = _said(through(work, arabic), ASK.source, "اسأل المسؤول في العمل.")
    result = take_in(work, rows, "ar")
    assert [entry.words for entry in result.entries] == [
        PAID.words,
        "اسأل المسؤول في العمل.",
        OLD.words,
    ]
    assert result.count(Fate.TAKEN) == 1


@pytest.mark.parametrize("through", [_po, _xlf])
def test_an_outdated_sentence_that_was_looked_at_is_a_draft_again(
    through: Callable[[Work, Language], list[Incoming]], work: Work, arabic: Language
) -> None:
    result = take_in(work, _said(through(work, arabic), OLD.source, OLD.words), "ar")
    assert work.state(result.entries[2]) is State.DRAFT
    assert result.entries[2].previous == ""


@pytest.mark.parametrize("through", [_po, _xlf])
def test_words_that_became_newer_meanwhile_are_not_overwritten(
    through: Callable[[Work, Language], list[Incoming]], work: Work, arabic: Language
) -> None:
    rows = _said(through(work, arabic), PAID.source, "تستلم {net}.")
    newer = replace(PAID, words="يصلك {net}.")
    result = take_in(replace(work, entries=(newer, ASK, OLD)), rows, "ar")
    assert result.entries[0] == newer
    assert "siden filen blev hentet" in str(result.rows[0].why)


def _refused(work: Work, *rows: Incoming) -> list[Row]:
    result = take_in(work, rows, "ar.po")
    assert result.entries == work.entries
    return [row for row in result.rows if row.fate is Fate.REFUSED]


def test_a_file_that_does_not_say_what_it_was_made_of_overwrites_no_words(work: Work) -> None:
    (row,) = _refused(work, Incoming(PAID.source, "تستلم {net}."))
    assert "eksportér igen" in str(row.why)


def test_words_for_an_older_danish_sentence_are_refused_with_the_one_of_today(work: Work) -> None:
    (row,) = _refused(work, Incoming("Kom i dag.", "تعال اليوم."))
    assert "Kom nu." in str(row.why)


def test_words_for_a_sentence_that_is_gone_are_refused(work: Work) -> None:
    (row,) = _refused(work, Incoming("Hej.", "مرحبا."), Incoming(PAID.source, PAID.words))
    assert "findes ikke på dansk" in str(row.why)


@pytest.mark.parametrize(
    "words",
    ["اسأل {boss}.", "<b>اسأل</b> المسؤول.", "{{ x }} المسؤول.", "{% x %} المسؤول.", "Ask."],
)
def test_words_with_a_fault_are_refused_with_the_remedy(words: str, work: Work) -> None:
    (row,) = _refused(work, Incoming(ASK.source, words, row_base(ASK)))
    assert row.why is not None


def test_a_sentence_twice_in_a_file_is_taken_once(work: Work) -> None:
    row = Incoming(ASK.source, "اسأل المسؤول في العمل.", row_base(ASK))
    result = take_in(work, [row, replace(row, words="لا تسأل المسؤول.")], "ar.po")
    assert result.entries[1].words == row.words
    assert [row.fate for row in result.rows] == [Fate.TAKEN, Fate.REFUSED]


def test_a_po_of_another_project_is_refused_whole(work: Work) -> None:
    with pytest.raises(MessagesError, match="hører til noget andet"):
        take_in(work, [Incoming("Save file", "حفظ"), Incoming("Open", "فتح")], "gimp.po")


HEAD = b'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'msgid "Hej\nmsgstr "x"\n', "linje 1"),
        (HEAD + b'msgid "Hej"\n', "gyldig .po-fil"),
        (HEAD + b"\xff\xfe", "UTF-8"),
        (HEAD, "ingen sætninger"),
        (b"", "ingen sætninger"),
        (b"<html>", "linje 1"),
        (HEAD.replace(b"Language: ar", b"Language: so") + b'msgid "Hej"\nmsgstr "x"\n', "på “so”"),
        (HEAD.replace(b"Language: ar", b"Language: ../x") + b'msgid "Hej"\nmsgstr "x"\n', "../x"),
    ],
)
def test_a_broken_po_is_one_clear_line(content: bytes, told: str, arabic: Language) -> None:
    with pytest.raises(MessagesError) as refused:
        po_rows(content, "ar.po", arabic)
    assert told in str(refused.value)


def test_a_fuzzy_header_and_another_plural_rule_are_put_right_and_told(
    work: Work, arabic: Language
) -> None:
    content = exported_po(work).replace(b'msgid ""', b'#, fuzzy\nmsgid ""', 1)
    content = re.sub(
        rb'"Plural-Forms: [^"]*"', b'"Plural-Forms: nplurals=3; plural=n>1;\\\\n"', content
    )
    read = po_rows(content, "ar.po", arabic)
    assert len(read.rows) == 3
    assert "flertalsregel" in str(read.remarks[0])


def test_a_plural_message_is_refused_as_a_row(work: Work, arabic: Language) -> None:
    content = HEAD + b'msgid "Kom nu."\nmsgid_plural "Kom alle."\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    (row,) = _refused(work, *po_rows(content, "ar.po", arabic).rows)
    assert "msgstr[1]" in str(row.why)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><xliff>&i;</xliff>"
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB, "DOCTYPE"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff/>', "DOCTYPE"),
        ("<xliff", "gyldig XLIFF"),
        ("", "gyldig XLIFF"),
        ("<html/>", "version 1.2"),
        (f'<xliff version="2.0" xmlns="{NAMESPACE}">{FILE}</file></xliff>', "version 1.2"),
        (f'<xliff version="1.2" xmlns="{NAMESPACE}"/>', "source-language"),
        (_document(FILE.replace('"ar"', '"so"')), "på “so”"),
        (_document(FILE.replace('"da"', '"en"')), "source-language"),
    ],
    ids=["bomb", "doctype", "cut off", "empty", "html", "2.0", "no file", "somali", "english"],
)
def test_an_xliff_that_is_none_of_ours_is_one_clear_line(content: str, told: str) -> None:
    with pytest.raises(MessagesError) as refused:
        unit_rows(content.encode(), "x.xlf", "ar")
    assert told in str(refused.value)


def test_marks_inside_an_xliff_target_are_refused_as_a_row() -> None:
    unit = UNIT.replace("تعال.", "<g id='1'>تعال</g>.")
    _, (row,) = unit_rows(_document(FILE, unit).encode(), "x.xlf", "ar")
    assert "XML-mærker" in str(row.broken)


def test_an_xliff_holds_all_that_a_translator_needs(library: Library, work: Work) -> None:
    root = fromstring(xliff(work, {OLD.source: "Come now."}).decode())  # noqa: S314 - our own
    text = xliff(work, {OLD.source: "Come now."}).decode()
    states = [
        target.get("state") for target in root.iter(f"{{{NAMESPACE}}}target") if target.get("state")
    ]
    assert states == ["needs-review-translation", "new", "needs-adaptation"]
    for said in ("bank-payout.svg", "loenseddel/what-to-do", "Come now.", "Kom i dag.", "Sheet"):
        assert said in text


def test_dari_and_kurmanji_leave_with_the_codes_of_iso_and_come_back(make_work: MakeWork) -> None:
    for code, html in (("fa_AF", "prs"), ("ku", "kmr")):
        content = xliff(make_work(PAID, code=code), {})
        assert f'target-language="{html}"'.encode() in content
        assert unit_rows(content, "x.xlf", code)[0] == "handout"


def test_a_review_sheet_shows_picture_danish_english_and_the_readers_words(
    shipped: dict[str, Work], library: Library
) -> None:
    page = review_html(shipped["ar"], library, lambda text, **values: text.format(**values), "da")
    html = page.decode()
    assert html.count('<input type="checkbox"') == len(shipped["ar"].entries)
    drawn = {picture_of(entry) for entry in shipped["ar"].entries} - {""}
    assert html.count('<td class="picture">') == len(shipped["ar"].entries)
    assert len(re.findall(r'class="picture">\d+<svg', html)) == len(drawn)
    assert 'dir="rtl"' in html
    assert "This is your pay before tax." in html
    assert "<script" not in html


def test_the_english_review_sheet_has_no_english_beside_it(
    shipped: dict[str, Work], library: Library
) -> None:
    assert english_words(shipped["en"], library) == {}
    assert english_words(shipped["so"], library)
