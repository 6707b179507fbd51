from __future__ import annotations

import gettext
import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest
from babel import Locale
from babel.plural import to_python

from messages.compose import compose
from messages.document import plain
from messages.errors import MessagesError
from messages.language_codes import normal_code
from messages.languages import read_languages
from messages.library import Overlay, load_library
from messages.new_language import FONTS, row_for, row_toml

TODAY = date(2026, 11, 22)
TRIED = ("ps", "ckb", "tr", "fr")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("prs", "fa_AF"),
        ("kmr", "ku"),
        ("AR_sa", "ar"),
        ("ar-SY", "ar"),
        ("ti_ER", "ti"),
        ("fa_af", "fa_AF"),
        ("FA-AF", "fa_AF"),
        ("ku_Latn_TR", "ku"),
        (" ps ", "ps"),
        ("ckb", "ckb"),
    ],
)
def test_a_code_is_made_the_tables_own(typed: str, code: str) -> None:
    assert normal_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["../x", "", "x", "arab", "a r", "ar/..", "ar_", "٣٣", "ar.po", "C:", "ähm"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(MessagesError, match="er ikke en sprogkode"):
        normal_code(typed)


@pytest.mark.parametrize(
    ("code", "name", "own", "direction", "font"),
    [
        ("ps", "pashto", "پښتو", "rtl", "Noto Sans Arabic"),
        ("ckb", "kurdisk (sorani)", "کوردی (سۆرانی)", "rtl", "Noto Sans Arabic"),
        ("tr", "tyrkisk", "Türkçe", "ltr", "Noto Sans"),
        ("fr", "fransk", "français", "ltr", "Noto Sans"),
        ("am", "amharisk", "አማርኛ", "ltr", "Noto Sans Ethiopic"),
        ("ru", "russisk", "русский", "ltr", "Noto Sans"),
    ],
)
def test_a_new_row_knows_names_direction_and_font(
    code: str, name: str, own: str, direction: str, font: str
) -> None:
    row = row_for(code)
    assert (row.name_da, row.name_own, row.direction, row.fonts[0]) == (name, own, direction, font)


@pytest.mark.parametrize(
    "code",
    ["ps", "ckb", "tr", "fr", "fa", "am", "ur", "sw", "sq", "de", "ru", "pl", "ro", "ar", "bs"],
)
def test_a_new_rows_plurals_are_cldrs(code: str) -> None:
    found = re.fullmatch(r"nplurals=(\d+); plural=(.+);", row_for(code).plural)
    assert found is not None
    rule = Locale.parse(code).plural_form
    order = ("zero", "one", "two", "few", "many", "other")
    tags = [tag for tag in order if tag in {*rule.tags, "other"}]
    cldr, ours = to_python(rule), gettext.c2py(found[2])  # type: ignore[attr-defined]
    assert int(found[1]) == len(tags)
    for n in [*range(300), 1_000_000, 2_000_000]:
        assert tags[ours(n)] == cldr(n), n


@pytest.mark.parametrize("code", TRIED)
def test_every_topic_stands_in_danish_at_once_with_the_mark(code: str) -> None:
    library = load_library(Overlay(catalogs={"languages.toml": row_toml(row_for(code))}))
    for topic in library.topics.values():
        document = compose(topic.id, code, {}, library, TODAY)
        danish = compose(topic.id, "da", {}, library, TODAY)
        assert len(document.steps) == len(danish.steps)
        if not topic.danish_only:
            assert plain(document.title.text) == f"[på dansk] {plain(danish.title.text)}"
            assert document.language.direction == row_for(code).direction
            assert any("ikke oversat endnu" in plain(said.text) for said in document.notices)


def test_a_row_reads_back_as_it_was() -> None:
    for code in TRIED:
        row = row_for(code)
        assert read_languages(row_toml(row), "x", whole=False) == {code: row}


@pytest.mark.parametrize(
    ("code", "told"),
    [("xx", "kendes ikke"), ("el", "skrifttype"), ("my", "skrifttype"), ("zh", "skrifttype")],
)
def test_a_language_that_would_print_as_boxes_is_refused(code: str, told: str) -> None:
    with pytest.raises(MessagesError, match=told):
        row_for(code)


def test_each_font_that_is_named_ships() -> None:
    names = {file.name for file in (files("messages") / "fonts").iterdir()}
    for stack in FONTS.values():
        for font in stack:
            assert f"{font.replace(' ', '')}-Regular.ttf" in names


def test_the_shipped_letters_of_a_tried_language_are_in_its_font() -> None:
    from fontTools.ttLib import TTFont

    letters = {"ps": "ټډړږښګڼۍې", "ckb": "ڕڵێۆەڤ", "tr": "ğıİşçöü", "fr": "éèçœàù"}
    for code, wanted in letters.items():
        name = row_for(code).fonts[0].replace(" ", "")
        font = TTFont(str(files("messages") / "fonts" / f"{name}-Regular.ttf"))
        assert {letter for letter in wanted if ord(letter) not in font.getBestCmap()} == set()


def test_the_packaged_table_is_valid_toml_with_unique_names() -> None:
    rows = tomllib.loads((files("locales") / "languages.toml").read_text(encoding="utf-8"))
    assert len({row["own"] for row in rows.values()}) == len(rows)
