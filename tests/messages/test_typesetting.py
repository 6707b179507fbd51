from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest

from messages.compose import compose
from messages.library import Library
from messages.page_pdf import pdf
from messages.typesetting import NotSet, _literal, typeset


def _made(library: Library, lang: str, gross: int) -> bytes:
    sheet = compose("loenseddel", lang, {"gross": str(gross)}, library, date(2026, 11, 22))
    return pdf(sheet, library)


def test_what_was_set_before_leaves_no_trace(library: Library) -> None:
    first = _made(library, "ar", 20_000)
    for gross in range(21_000, 21_012):
        _made(library, "da", gross)
        _made(library, "ar", gross)
    assert _made(library, "ar", 20_000) == first


def test_threads_set_their_own_sheets(library: Library) -> None:
    asked = [("ar" if gross % 2 else "da", gross) for gross in range(20_000, 20_016)]
    one_by_one = [_made(library, *one) for one in asked]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda one: _made(library, *one), asked)) == one_by_one


@pytest.mark.parametrize(
    "typed",
    ['")) #panic("x")', "\\", '\\"', "\\u{41}", '"', "#sys.version", '")', "\\\\", "$1$"],
)
def test_a_typed_quotation_mark_does_not_end_the_string(
    typed: str, library: Library, today: date
) -> None:
    document = compose("atp", "da", {"hours": "100", "contact": typed}, library, today)
    shown = pypdfium2.PdfDocument(pdf(document, library))[0].get_textpage().get_text_bounded()
    assert "".join(typed.split()) in "".join(shown.split())


def test_only_two_letters_are_escaped() -> None:
    assert _literal('a"b\\c\nd#e') == 'a\\"b\\\\c\nd#e'


@pytest.mark.parametrize("content", [{}, {"sheet": {}, "inputs": {}}, []])
def test_what_cannot_be_set_is_said_and_the_next_sheet_is_well(
    content: object, library: Library
) -> None:
    with pytest.raises(NotSet):
        typeset("sheet", content, "pdf")
    assert _made(library, "da", 20_000).startswith(b"%PDF")
