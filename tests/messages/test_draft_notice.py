from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest

from messages.catalogs import seal
from messages.compose import compose
from messages.document import Document, plain
from messages.draft_notice import draft_notice, small_print
from messages.furniture import DRAFT
from messages.languages import Direction
from messages.library import Library
from messages.page_html import html
from messages.page_pdf import pdf

TODAY = date(2026, 11, 22)


def _sheet(library: Library, **options: bool) -> Document:
    return compose("skat", "xx", {}, library, TODAY, **options)


@pytest.fixture(scope="module")
def made_up(pseudo: Callable[[Direction], Library]) -> Library:
    return pseudo("rtl")


def _signed(library: Library) -> Library:
    catalog = library.handout["xx"]
    seals = frozenset(seal(source, said) for source, said in catalog.sentences.items())
    return replace(library, handout={**library.handout, "xx": replace(catalog, reviewed=seals)})


@pytest.mark.parametrize("options", [{}, {"allow_draft": True}, {"large": True}])
def test_the_notice_is_said_in_both_languages(options: dict[str, bool], made_up: Library) -> None:
    document = _sheet(made_up, **options)
    notice = draft_notice(document)
    assert notice is not None
    assert plain(notice.text) == made_up.handout["xx"].text(DRAFT)
    assert plain(notice.beside or ()) == DRAFT
    assert DRAFT not in [plain(said.beside or ()) for said in small_print(document)]


def test_a_checked_sheet_has_no_notice(made_up: Library) -> None:
    document = _sheet(_signed(made_up))
    assert not document.marks.draft
    assert draft_notice(document) is None
    assert small_print(document) == document.notices
    assert DRAFT not in html(document, made_up)


@pytest.mark.parametrize("options", [{}, {"allow_draft": True}, {"large": True}])
def test_it_stands_under_the_title_in_print_and_in_no_small_print(
    options: dict[str, bool], made_up: Library
) -> None:
    pages = pypdfium2.PdfDocument(pdf(_sheet(made_up, **options), made_up))
    top = pages[0].get_textpage().get_text_bounded(bottom=pages[0].get_height() * 0.72)
    whole = "".join(page.get_textpage().get_text_bounded() for page in pages)
    # pdfium turns the words of a Danish line round on an Arabic page: one word stands for all.
    word = DRAFT.split()[0]
    assert word in top
    assert whole.count(word) == 1


def test_it_stands_under_the_title_on_a_phone(made_up: Library) -> None:
    page = html(_sheet(made_up, allow_draft=True), made_up)
    assert page.count(DRAFT) == 1
    header = re.search(r"<header>.*?</header>", page, re.DOTALL)
    assert header is not None
    assert DRAFT in header[0]
    assert 'lang="da" dir="ltr">' + DRAFT in page
