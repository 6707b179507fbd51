from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest

from messages.compose import compose
from messages.languages import Direction
from messages.library import Library
from messages.page_html import html

OWN = {"gross": "20000", "percent": "38", "deduction": "5000"}
VOID = {"meta", "br", "path", "rect", "circle", "line", "ellipse", "polygon", "polyline"}


class Balanced(HTMLParser):
    """Fails where a tag is not closed in order; collects tags, and text outside style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def _page(library: Library, lang: str = "ar", topic: str = "loenseddel", **facts: str) -> str:
    return html(compose(topic, lang, facts or OWN, library, date(2026, 11, 22)), library)


def test_the_page_is_arabic_right_to_left_with_the_danish_marked(library: Library) -> None:
    page = _page(library)
    assert '<html lang="ar" dir="rtl">' in page
    assert '<bdi dir="ltr" lang="da"><span class="value">20.000\u00a0kr.</span></bdi>' in page
    assert '<bdi dir="ltr" lang="da"><b class="term">AM-bidrag</b></bdi>' in page


def test_the_page_needs_no_network_and_runs_no_script(library: Library) -> None:
    page = _page(library)
    assert "script" not in Balanced(page).tags
    assert "default-src 'none'" in page
    loads = re.findall(r'(?:src|href|url)\s*[=(]\s*"?([^")>\s]{1,40})', page)
    assert {address.split(":")[0] for address in loads} == {"data", "https"}
    assert not re.search(r"<(?:img|link|iframe|object)\b", page)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "{% raw %}",
        '"><img src=x onerror=alert(1)>',
        "&lt;b&gt;",
        "#panic() $x$ \\",
        "</style><svg onload=x>",
    ],
)
def test_typed_words_are_shown_as_typed_and_never_run(typed: str, library: Library) -> None:
    page = _page(library, "da", "atp", hours="100", contact=typed)
    parsed = Balanced(page)
    assert typed in parsed.text
    assert not parsed.tags & {"script", "img"}
    assert "49" not in parsed.text


def test_a_translation_is_no_way_in(library: Library, today: date) -> None:
    from dataclasses import replace

    catalog = library.handout["ar"]
    bad = replace(catalog, sentences={**catalog.sentences, "Din lønseddel": "<script>x</script>"})
    poisoned = replace(library, handout={**library.handout, "ar": bad})
    page = html(compose("loenseddel", "ar", OWN, poisoned, today), poisoned)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_only_the_script_that_needs_it_carries_a_font(library: Library) -> None:
    assert "@font-face" not in _page(library, "en")
    assert '"Noto Sans Arabic"' in _page(library, "ar")
    assert "Ethiopic" not in _page(library, "ar")


def test_every_picture_has_its_words(library: Library) -> None:
    page = _page(library, "da")
    assert page.count('<svg role="img" aria-label="') == 8
    assert 'aria-label=""' not in page


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_every_topic_is_a_sound_page_in_a_made_up_language(
    direction: Direction, pseudo: Callable[[Direction], Library], today: date
) -> None:
    library = pseudo(direction)
    for topic in library.topics.values():
        for options in ({}, {"script": True, "large": True, "allow_draft": True}):
            page = html(compose(topic.id, "xx", {}, library, today, **options), library)
            parsed = Balanced(page)
            assert "[[" not in parsed.text
            assert "på dansk" not in parsed.text


def test_the_same_sheet_gives_the_same_bytes(library: Library) -> None:
    assert _page(library) == _page(library)
