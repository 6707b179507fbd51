"""The printed sheets as a reader sees them: the order of what stands on the page (pdfium)."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
import pytest

from messages.compose import compose
from messages.document import Document, plain
from messages.library import Library
from messages.page_pdf import pdf

OWN = {"gross": "20000", "percent": "38", "deduction": "5000"}


def _sheet(library: Library, lang: str, **options: object) -> Document:
    facts = options.pop("facts", OWN)
    return compose("loenseddel", lang, facts, library, date(2026, 11, 22), **options)  # type: ignore[arg-type]


def _shown_left_to_right(made: bytes, number: str) -> int:
    """How often the characters of `number` stand side by side in order, as a reader sees them."""
    found = 0
    for page in pypdfium2.PdfDocument(made):
        letters = page.get_textpage()
        boxes = [
            (letters.get_charbox(at), letters.get_text_range(at, 1))
            for at in range(letters.count_chars())
        ]
        shown = [(box, letter) for box, letter in boxes if letter.strip() and letter != "\u00a0"]
        lines: dict[int, list[tuple[float, str]]] = {}
        for (left, bottom, _, _), letter in shown:
            lines.setdefault(round(bottom / 6), []).append((left, letter))
        for near in pairwise([None, *sorted(lines)]):
            row = [*lines.get(near[0] or -1, []), *lines[near[1] or 0]]
            found += "".join(letter for _, letter in sorted(row)).count(number)
    return found


@pytest.mark.parametrize("lang", ["ar", "da"])
@pytest.mark.parametrize(
    ("gross", "shown"),
    [("20000", "20.000kr."), ("7.012,50", "7.012,50kr."), ("123.456", "123.456kr.")],
)
def test_an_amount_is_seen_in_the_right_order(
    gross: str, shown: str, lang: str, library: Library
) -> None:
    facts = {**OWN, "gross": gross}
    made = pdf(_sheet(library, lang, facts=facts, allow_draft=True), library)
    assert _shown_left_to_right(made, shown) >= 2


@pytest.mark.parametrize("typed", ["70 10 20 30", "+45 70 10 20 30", "kl. 14.30–15.00"])
def test_a_phone_number_and_a_time_are_seen_in_the_right_order_in_arabic(
    typed: str, library: Library, today: date
) -> None:
    document = compose("atp", "ar", {"hours": "100", "contact": typed}, library, today)
    made = pdf(document, library)
    assert _shown_left_to_right(made, typed.replace(" ", "")) >= 1


def test_a_number_that_is_turned_round_would_be_noticed(library: Library) -> None:
    made = pdf(_sheet(library, "ar"), library)
    assert _shown_left_to_right(made, "20.000") > 0
    assert _shown_left_to_right(made, "000.02") == 0


@pytest.mark.parametrize(
    "typed",
    ['#panic("x")', "$ x $", "*fed*", "\\u{41}", "// note", "<script>", "{{ 7*7 }}", "@ref"],
)
def test_typed_words_are_printed_as_typed(typed: str, library: Library, today: date) -> None:
    document = compose("atp", "da", {"hours": "100", "contact": typed}, library, today)
    page = pypdfium2.PdfDocument(pdf(document, library))[0]
    assert typed in page.get_textpage().get_text_bounded()


def _recall(made: bytes, document: Document) -> float:
    shown = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))
    known = set(re.findall(r"[^\W\d_]{3,}", shown))
    wanted = [
        word
        for step in document.steps
        for word in re.findall(r"[^\W\d_]{3,}", plain(step.said.text))
    ]
    return sum(word in known for word in wanted) / len(wanted)


@pytest.mark.parametrize(("lang", "least"), [("da", 1.0), ("en", 1.0), ("ar", 0.85)])
def test_the_words_can_be_found_in_the_text_layer(
    lang: str, least: float, library: Library
) -> None:
    document = _sheet(library, lang, allow_draft=True)
    assert _recall(pdf(document, library), document) >= least
