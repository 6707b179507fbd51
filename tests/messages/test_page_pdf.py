"""The printed sheets, looked at through the PDF itself: tags, languages, fonts, pages."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from datetime import date

import pikepdf
import pytest

from messages.compose import compose
from messages.document import Document
from messages.languages import Direction
from messages.library import Library
from messages.page_pdf import pdf, phone_png, png
from messages.page_text import text

OWN = {"gross": "20000", "percent": "38", "deduction": "5000"}


def _sheet(library: Library, lang: str, **options: object) -> Document:
    facts = options.pop("facts", OWN)
    return compose("loenseddel", lang, facts, library, date(2026, 11, 22), **options)  # type: ignore[arg-type]


def _opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def _pages(made: bytes) -> int:
    return len(_opened(made).pages)


def _elements(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    waiting: list[pikepdf.Object] = [file.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            yield node
            kids = node.get("/K")
            if isinstance(kids, pikepdf.Array):
                waiting.extend(kids)
            elif kids is not None:
                waiting.append(kids)


@pytest.fixture(scope="module")
def arabic(library: Library) -> bytes:
    return pdf(_sheet(library, "ar"), library)


def test_the_file_says_that_it_is_accessible_and_in_which_language(arabic: bytes) -> None:
    file = _opened(arabic)
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert str(file.Root.Lang) == "ar"
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert str(file.docinfo["/Title"]) == "بيان راتبك"


def test_the_steps_are_a_list_the_pictures_have_words_and_the_danish_is_danish(
    arabic: bytes, library: Library
) -> None:
    file = _opened(arabic)
    elements = list(_elements(file))
    kinds = [str(element.get("/S", "")) for element in elements]
    assert kinds.count("/H1") == 1
    assert kinds.count("/LI") == 7
    figures = [element for element in elements if element.get("/S") == "/Figure"]
    assert len(figures) == 10  # seven steps, the money bar, whom to ask, the square code
    assert all(str(figure.Alt) for figure in figures)
    assert any(str(element.get("/Lang", "")) == "da" for element in elements)


def test_the_whole_text_is_attached_to_be_copied_from(arabic: bytes, library: Library) -> None:
    file = _opened(arabic)
    attached = file.attachments["tekst.txt"].get_file().read_bytes()
    assert attached.decode() == text(_sheet(library, "ar"), library)


def test_every_font_is_embedded(arabic: bytes) -> None:
    file = _opened(arabic)
    fonts = [obj for obj in file.objects if isinstance(obj, pikepdf.Dictionary)]
    descriptors = [font for font in fonts if font.get("/Type") == "/FontDescriptor"]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in descriptors)


def test_the_same_sheet_gives_the_same_bytes(library: Library, arabic: bytes) -> None:
    assert pdf(_sheet(library, "ar"), library) == arabic


def test_danish_fits_one_page_and_two_languages_fit_two(library: Library, arabic: bytes) -> None:
    assert _pages(pdf(_sheet(library, "da"), library)) == 1
    assert _pages(pdf(_sheet(library, "ar", allow_draft=True), library)) == 1
    assert _pages(arabic) == 2


OPTIONS: tuple[dict[str, bool], ...] = (
    {},
    {"allow_draft": True},
    {"large": True},
    {"script": True, "large": True},
)


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(options) or "plain")
@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_every_topic_prints_without_a_warning_on_two_pages_at_most(
    direction: Direction,
    options: dict[str, bool],
    pseudo: Callable[[Direction], Library],
    today: date,
) -> None:
    library = pseudo(direction)
    for topic in library.topics.values():
        made = pdf(compose(topic.id, "xx", {}, library, today, **options), library)
        assert _pages(made) <= (3 if options.get("script") else 2), topic.id


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_every_topic_prints_in_the_languages_that_have_words(
    lang: str, library: Library, today: date
) -> None:
    for topic in library.topics.values():
        for large in (False, True):
            made = pdf(compose(topic.id, lang, {}, library, today, large=large), library)
            assert _pages(made) <= 2, topic.id


def _size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_picture_of_one_page_is_a4_and_of_two_is_one_tall_piece(library: Library) -> None:
    width, height = _size(png(_sheet(library, "da"), library))
    assert height / width == pytest.approx(297 / 210, abs=0.01)
    width, height = _size(png(_sheet(library, "ar"), library))
    assert height / width > 297 / 210


def test_a_picture_for_a_phone_is_1080_wide(library: Library) -> None:
    width, height = _size(phone_png(_sheet(library, "ar"), library))
    assert width == 1080
    assert height > 3 * width
