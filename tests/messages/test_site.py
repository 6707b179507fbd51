"""The site as files: each sheet in each language that has it, linked, whole without a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest

from messages.catalogs import Catalog, seal
from messages.compose import sheet_sentences
from messages.library import Library, load_library
from messages.site import ALL_SHEETS, CHOOSE, TITLE, site

DAY = date(2026, 11, 22)
ADDRESS = "https://ark.eksempel.dk"
PATHS = ("../", "./")


class Tags(HTMLParser):
    """The start tags of a page with their attributes, and the text that stands in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[Mapping[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def library() -> Library:
    """Danish, an English that somebody has approved, and an Arabic draft, of two topics."""
    packaged = load_library()
    topics = {name: packaged.topics[name] for name in ("loenseddel", "kontaktkort-virksomhed")}
    handout = {
        "da": packaged.handout["da"],
        "en": spoken(packaged, "en", approved=True),
        "ar": spoken(packaged, "ar", approved=False),
    }
    return replace(packaged, topics=MappingProxyType(topics), handout=MappingProxyType(handout))


def spoken(library: Library, code: str, *, approved: bool) -> Catalog:
    said = {
        message: f"{code}: {message}"
        for message in [*sheet_sentences(library.topics["loenseddel"]), TITLE, ALL_SHEETS, CHOOSE]
    }
    seals = frozenset(seal(*pair) for pair in said.items()) if approved else frozenset[str]()
    return Catalog(code, "handout", MappingProxyType(said), reviewed=seals)


@pytest.fixture(scope="module")
def pages(library: Library) -> dict[str, str]:
    made = site(library, DAY, address=ADDRESS)
    return {p.path: p.content.decode() for p in made if not p.path.startswith("fonts/")}


def test_each_language_has_its_sheets_at_a_stable_address(pages: Mapping[str, str]) -> None:
    assert set(pages) == {
        "index.html",
        "sitemap.xml",
        "da/index.html",
        "da/loenseddel.html",
        "da/kontaktkort-virksomhed.html",
        "en/index.html",
        "en/loenseddel.html",
        "ar/index.html",
        "ar/loenseddel.html",
    }


def test_the_same_library_gives_the_same_bytes(library: Library) -> None:
    assert site(library, DAY) == site(library, DAY)


def test_every_link_between_pages_leads_to_a_page(library: Library) -> None:
    made = {page.path: page.content for page in site(library, DAY)}
    followed = 0
    for path, content in made.items():
        if not path.endswith(".html"):
            continue
        tags = Tags(content.decode())
        targets = [tag["href"] for tag in (*tags.all("a"), *tags.all("link"))]
        targets += re.findall(r"url\((\.\./[^)]+)\)", content.decode())
        for target in targets:
            if not target.startswith("https://"):
                assert normpath(join(dirname(path), target)) in made, f"{path}: {target}"
                followed += 1
    assert followed > 20


def test_a_page_says_its_language_and_direction_and_links_to_the_others(
    pages: Mapping[str, str],
) -> None:
    tags = Tags(pages["ar/loenseddel.html"])
    assert tags.all("html") == [{"lang": "ar", "dir": "rtl"}]
    alternates = {tag["hreflang"]: tag["href"] for tag in tags.all("link")}
    assert alternates == {
        "da": f"{ADDRESS}/da/loenseddel.html",
        "en": f"{ADDRESS}/en/loenseddel.html",
        "ar": f"{ADDRESS}/ar/loenseddel.html",
        "x-default": f"{ADDRESS}/da/loenseddel.html",
    }
    chooser = {tag["hreflang"]: tag for tag in tags.all("a") if "hreflang" in tag}
    assert set(chooser) == {"da", "en"}
    assert chooser["da"]["href"] == "../da/loenseddel.html"
    assert (chooser["en"]["lang"], chooser["en"]["dir"]) == ("en", "ltr")
    here = [tag for tag in tags.all("b") if tag.get("aria-current") == "page"]
    assert [tag["lang"] for tag in here] == ["ar"]


def test_a_draft_stands_beside_the_danish_and_asks_not_to_be_searched(
    pages: Mapping[str, str],
) -> None:
    draft, checked = Tags(pages["ar/loenseddel.html"]), Tags(pages["en/loenseddel.html"])
    assert {tag.get("lang") for tag in draft.all("p") if tag.get("class") == "da"} == {"da"}
    assert [tag for tag in checked.all("p") if tag.get("class") == "da"] == []
    assert {"name": "robots", "content": "noindex"} in draft.all("meta")
    assert {"name": "robots", "content": "noindex"} not in checked.all("meta")
    assert "ar/loenseddel.html" not in pages["sitemap.xml"]


def test_with_reviewed_only_a_draft_is_left_out_and_linked_from_nowhere(library: Library) -> None:
    made = {page.path: page.content for page in site(library, DAY, reviewed_only=True)}
    assert [path for path in made if path.startswith(("ar/", "fonts/"))] == []
    assert b"/ar/" not in b"".join(made.values())
    assert "en/loenseddel.html" in made


def test_no_page_runs_a_script_or_fetches_from_elsewhere(pages: Mapping[str, str]) -> None:
    for path, content in pages.items():
        if path.endswith(".html"):
            tags = Tags(content)
            assert [
                tag for tag, _ in tags.found if tag in {"script", "iframe", "img", "form"}
            ] == []
            policy = [tag for tag in tags.all("meta") if "http-equiv" in tag]
            assert policy[0]["content"].startswith("default-src 'none';"), path
            assert "@import" not in content
            assert re.findall(r"url\((?!\.\./fonts/)", content) == []


def test_every_page_has_one_heading_one_main_and_a_name(pages: Mapping[str, str]) -> None:
    for path, content in pages.items():
        if path.endswith(".html"):
            tags = Tags(content)
            assert (len(tags.all("h1")), len(tags.all("main"))) == (1, 1), path
            assert re.search(r"<title>[^<]{3,}</title>", content), path
            assert all(tag.get("aria-label") for tag in tags.all("nav")), path


def test_the_index_names_each_sheet_and_the_danish_name_where_it_is_another(
    pages: Mapping[str, str],
) -> None:
    danish, arabic = Tags(pages["da/index.html"]), Tags(pages["ar/index.html"])
    assert "Din lønseddel" in danish.text
    assert "ar: Din lønseddel" in arabic.text
    assert [tag["lang"] for tag in arabic.all("span") if tag.get("class") == "da"] == ["da"]
    assert [tag for tag in danish.all("span") if tag.get("class") == "da"] == []


def test_no_two_sheets_on_the_index_show_the_same_picture() -> None:
    made = {page.path: page.content for page in site(load_library(), DAY)}
    index = made["da/index.html"].decode()
    drawings = re.findall(r'<span class="picture"[^>]*>(.*?)</span>', index, re.DOTALL)
    assert len(drawings) > 10
    assert len(set(drawings)) == len(drawings)


def test_the_example_is_stamped(pages: Mapping[str, str]) -> None:
    assert "Eksempel" in Tags(pages["da/loenseddel.html"]).text


def test_the_sitemap_has_whole_addresses_and_the_other_languages(pages: Mapping[str, str]) -> None:
    root = ET.fromstring(pages["sitemap.xml"])  # noqa: S314 - our own output
    places = [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert places == [
        f"{ADDRESS}/index.html",
        f"{ADDRESS}/da/loenseddel.html",
        f"{ADDRESS}/en/loenseddel.html",
        f"{ADDRESS}/da/kontaktkort-virksomhed.html",
    ]
    links = list(root.iter("{http://www.w3.org/1999/xhtml}link"))
    assert {link.get("hreflang") for link in links} == {"da", "en"}


def test_without_an_address_the_sitemap_says_what_it_lacks(library: Library) -> None:
    (found,) = [page.content for page in site(library, DAY) if page.path == "sitemap.xml"]
    assert b"<loc>/da/loenseddel.html</loc>" in found
    assert b"[site] address" in found


def test_a_language_without_a_word_of_a_sheet_has_no_page_of_it(library: Library) -> None:
    handout = {**library.handout, "en": Catalog("en", "handout")}
    silent = replace(library, handout=MappingProxyType(handout))
    assert [page.path for page in site(silent, DAY) if page.path.startswith("en/")] == []
