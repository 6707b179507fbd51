from __future__ import annotations

import pytest
from babel import Locale

from messages.errors import MessagesError
from messages.languages import read_languages, unknown_language
from messages.library import Library

ROW = """
[da]
name = "dansk"
own = "dansk"
babel = "da"
html = "da"
direction = "ltr"
fonts = ["Noto Sans"]
plural = "nplurals=2; plural=(n != 1);"
"""


def test_the_eight_languages_ship(library: Library) -> None:
    assert list(library.languages) == ["da", "en", "ar", "uk", "fa_AF", "ti", "so", "ku"]


def test_each_direction_is_the_one_cldr_knows(library: Library) -> None:
    for language in library.languages.values():
        known = Locale.parse(language.babel).text_direction
        assert language.direction == known, language.code


def test_arabic_counts_eleven_as_many_and_a_hundred_as_other(library: Library) -> None:
    rule = library.languages["ar"].plural.split("plural=")[1].rstrip(";")
    assert "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5" in rule


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('direction = "ltr"|direction = "sideways"', "da.direction"),
        ('fonts = ["Noto Sans"]|font = ["Noto Sans"]', "fonts"),
        ("[da]|[dk]", "dansk er kilden"),
        ('name = "dansk"|name = 7', "da.name"),
    ],
)
def test_a_broken_row_is_told_with_its_key(change: str, told: str) -> None:
    old, new = change.split("|")
    with pytest.raises(MessagesError) as refused:
        read_languages(ROW.replace(old, new), "languages.toml")
    assert told in str(refused.value)
    assert "languages.toml" in str(refused.value)


def test_an_unknown_code_is_answered_with_the_nearest(library: Library) -> None:
    said = str(unknown_language("fa_af", library.languages))
    assert "fa_af" in said
    assert "fa_AF" in said
