"""The page of all pictures, in three formats: to choose from, or to test with."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from messages.catalogs import Catalog
from messages.errors import MessagesError
from messages.languages import Language
from messages.picture_sheet import PictureSheet, picture_sheet, render_pictures
from messages.pictures import Picture, packaged_pictures
from messages.templating import Templates

DANISH = Language("da", "dansk", "dansk", "da", "da", "ltr", ("Noto Sans",), "")
ARABIC = Language("ar", "arabisk", "العربية", "ar", "ar", "rtl", ("Noto Sans Arabic",), "")
PICTURES = packaged_pictures()
FEW = [PICTURES[name] for name in ("payslip", "tax-bag", "bike")]
TEMPLATES = Templates()


def sheet(
    pictures: list[Picture],
    language: Language = DANISH,
    sentences: Mapping[str, str] | None = None,
    named: bool = True,
) -> PictureSheet:
    catalog = Catalog(language.code, "handout", sentences or {})
    return picture_sheet(pictures, language, catalog, named=named)


def pdf_words(made: bytes) -> str:
    pages = pypdfium2.PdfDocument(made)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_the_pdf_holds_every_idea_and_every_alternative_text() -> None:
    made = render_pictures(sheet(list(PICTURES.values())), ".pdf", TEMPLATES)
    words = " ".join(pdf_words(made).split())
    assert [p.id for p in PICTURES.values() if p.idea.split()[0] not in words] == []
    with pikepdf.open(io.BytesIO(made)) as document:
        alts = {str(item.Alt) for item in document.objects if _has_alt(item)}
    assert {picture.alt for picture in PICTURES.values()} <= alts


def _has_alt(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/Alt" in item


@pytest.mark.parametrize("suffix", [".pdf", ".png", ".html"])
def test_the_same_pictures_give_the_same_bytes(suffix: str) -> None:
    first, second = (render_pictures(sheet(FEW), suffix, TEMPLATES) for _ in range(2))
    assert first == second


def test_the_png_is_one_tall_picture() -> None:
    made = render_pictures(sheet(list(PICTURES.values())), ".png", TEMPLATES)
    width, height = (int.from_bytes(made[at : at + 4]) for at in (16, 20))
    assert made.startswith(b"\x89PNG")
    assert height > 3 * width


def test_the_test_of_recognition_gives_no_answer_away() -> None:
    for suffix in (".html", ".pdf"):
        made = render_pictures(sheet(FEW, named=False), suffix, TEMPLATES)
        read = made.decode() if suffix == ".html" else pdf_words(made) + made.decode("latin-1")
        for picture in FEW:
            assert picture.idea not in read
            assert picture.alt not in read
        assert "Hvad viser billederne?" in read


def test_an_idea_without_a_translation_stands_in_danish_and_says_so() -> None:
    known = {FEW[0].idea: "كشف الراتب", FEW[0].alt: "كشف الراتب."}
    first, second = sheet(FEW[:2], ARABIC, known).shown
    assert (first.idea, first.lang) == ("كشف الراتب", "ar")
    assert (second.idea, second.lang) == (FEW[1].idea, "da")


def test_a_page_in_arabic_runs_from_the_right_and_prints() -> None:
    arabic = sheet(FEW, ARABIC, {FEW[0].idea: "كشف الراتب", FEW[0].alt: "كشف الراتب."})
    assert 'dir="rtl"' in render_pictures(arabic, ".html", TEMPLATES).decode()
    assert render_pictures(arabic, ".pdf", TEMPLATES).startswith(b"%PDF")


def test_words_from_a_catalog_are_escaped_in_the_html() -> None:
    hostile = replace(FEW[0], idea="<script>alert(1)</script>", alt='"><script>x</script>')
    made = render_pictures(sheet([hostile]), ".html", TEMPLATES).decode()
    assert "<script>" not in made


@pytest.mark.parametrize("suffix", [".doc", "", ".svg"])
def test_another_format_is_refused_with_an_example(suffix: str) -> None:
    with pytest.raises(MessagesError, match=r"-o billeder\.pdf"):
        render_pictures(sheet(FEW), suffix, TEMPLATES)
