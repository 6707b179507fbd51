"""The pictures: strict about what enters a page, and drawn in one hand."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from messages.drawing_rules import LARGEST, VIEW_BOX, faults
from messages.errors import MessagesError
from messages.pictures import Picture, packaged_pictures, read_pictures
from messages.topics import read_topic

PICTURES = packaged_pictures()
TOPICS = Path(__file__).parents[2] / "messages" / "topics"
INK, WHITE, PLATE = "#1d2b36", "#ffffff", "#edf3f7"
PALETTE = {INK, "#1f7f7b", "#e4633f", "#d09a70", "#a9c5d6", "#ffd25a", PLATE, WHITE}
ROOT = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}">'
COIN = f'{ROOT}<circle cx="120" cy="120" r="60" fill="#ffd25a"/></svg>'
ROW = '[coin]\nidea = "en mønt"\nalt = "En mønt."\n'


def drawing(inside: str) -> str:
    return f"{ROOT}{inside}</svg>"


def grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def refusal(manifest: str, files: dict[str, str]) -> str:
    with pytest.raises(MessagesError) as refused:
        read_pictures(manifest, files)
    return str(refused.value)


def test_a_picture_is_its_row_and_its_file() -> None:
    coin = read_pictures(ROW + 'topics = ["skat"]\n', {"coin.svg": COIN})["coin"]
    assert (coin.id, coin.svg, coin.idea, coin.alt) == ("coin", COIN, "en mønt", "En mønt.")
    assert coin.topics == ("skat",)


def test_pictures_keep_the_order_of_the_manifest() -> None:
    names = ["wage", "atp", "payslip"]
    manifest = "".join(ROW.replace("coin", name) for name in names)
    assert list(read_pictures(manifest, {f"{name}.svg": COIN for name in names})) == names


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<style>path{fill:red}</style>", "<style>"),
        ("<text>Løn</text>", "<text>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="x.png"/>', "<image>"),
        ('<use href="#coin"/>', "<use>"),
        ('<a href="https://example.org"><path d="M0 0"/></a>', "<a>"),
        ("<animate/>", "<animate>"),
        ("<linearGradient/>", "<linearGradient>"),
        ("<filter/>", "<filter>"),
        ("<title>Løn</title>", "<title>"),
        (f'<svg viewBox="{VIEW_BOX}"/>', "<svg>"),
        ('<path d="M0 0" onclick="alert(1)"/>', "onclick="),
        ('<path d="M0 0" style="fill:red"/>', "style="),
        ('<path d="M0 0" class="ink"/>', "class="),
        ('<path d="M0 0" id="ink"/>', "id="),
        ('<path d="M0 0" fill="url(#paint)"/>', "url(#paint)"),
        ('<path d="M0 0" fill="URL(https://example.org)"/>', "URL("),
        ('<path d="M0 0" fill="javascript:alert(1)"/>', "javascript:"),
        ('<path d="M0 0" xmlns:xlink="http://www.w3.org/1999/xlink"/>', "xmlns:xlink="),
        ("<path d='M0 0' fill='&quot;>'/>", "fill="),
        ("25 kr.", "ord i tegningen"),
        ("<?xml-stylesheet href='x.css'?>", "xml-stylesheet"),
    ],
)
def test_a_drawing_that_could_run_load_or_speak_is_refused(inside: str, named: str) -> None:
    said = refusal(ROW, {"coin.svg": drawing(inside)})
    assert "coin.svg: " in said
    assert named in said


@pytest.mark.parametrize(
    ("svg", "named"),
    [
        (COIN.replace(VIEW_BOX, "0 0 24 24"), f'viewBox="{VIEW_BOX}"'),
        (COIN.replace(f' viewBox="{VIEW_BOX}"', ""), f'viewBox="{VIEW_BOX}"'),
        (COIN.replace(' xmlns="http://www.w3.org/2000/svg"', ""), "xmlns"),
        (COIN.replace("</svg>", ""), "ikke gyldig SVG"),
        ("", "ikke gyldig SVG"),
        ("<html></html>", "skal begynde med <svg"),
        (drawing('<path d="' + "M0 0 " * LARGEST + '"/>'), "tegn enklere"),
    ],
)
def test_a_drawing_of_another_form_is_refused(svg: str, named: str) -> None:
    assert named in refusal(ROW, {"coin.svg": svg})


def test_entities_that_grow_are_stopped_at_the_doctype() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + drawing("&b;")
    assert [str(fault) for fault in faults(bomb)] == ["har en DOCTYPE; slet den"]


@pytest.mark.parametrize(
    ("manifest", "files", "named"),
    [
        (ROW, {}, "coin.svg: mangler"),
        (ROW, {"coin.svg": COIN, "tax.svg": COIN}, "tax.svg: har ingen række. Tilføj [tax]"),
        ('[coin]\nidea = "en mønt"\n', {"coin.svg": COIN}, "coin.alt: mangler"),
        ('[coin]\nalt = "En mønt."\n', {"coin.svg": COIN}, "coin.idea: mangler"),
        (ROW.replace("En mønt.", " "), {"coin.svg": COIN}, "coin.alt: er tom"),
        (ROW + 'titel = "x"\n', {"coin.svg": COIN}, "coin.titel: kendes ikke"),
        (ROW.replace("[coin]", "[Coin_1]"), {"Coin_1.svg": COIN}, "f.eks. tax-card"),
        (ROW.replace("[coin]", "[coin"), {"coin.svg": COIN}, "ikke gyldig TOML"),
    ],
)
def test_a_row_and_a_file_that_do_not_meet_are_named(
    manifest: str, files: dict[str, str], named: str
) -> None:
    said = refusal(manifest, files)
    assert said.startswith("manifest.toml")
    assert named in said


def test_every_mistake_is_told_at_once() -> None:
    said = refusal('[coin]\nidea = "en mønt"\n', {"coin.svg": drawing("<script/>"), "tax.svg": "<"})
    for part in ("coin.alt", "coin.svg: <script>", "tax.svg: har ingen række", "tax.svg: er ikke"):
        assert part in said


# The pictures that ship


def test_there_is_a_picture_for_every_step_of_every_sheet() -> None:
    topics = [read_topic(file.read_text(encoding="utf-8"), file.name) for file in TOPICS.iterdir()]
    used = {step.picture for topic in topics for step in topic.steps if step.picture}
    assert used
    assert used - PICTURES.keys() == set()


def test_every_picture_has_an_idea_of_its_own_and_a_sentence() -> None:
    ideas = [picture.idea for picture in PICTURES.values()]
    assert len(set(ideas)) == len(ideas) >= 64
    assert [picture.id for picture in PICTURES.values() if not picture.alt.endswith(".")] == []
    assert [picture.id for picture in PICTURES.values() if picture.idea.endswith(".")] == []


def test_no_sentence_of_a_picture_holds_a_figure_or_a_percent_sign() -> None:
    said = [words for picture in PICTURES.values() for words, _ in picture.sentences()]
    assert [words for words in said if re.search(r"[\d%{}<>&]", words)] == []


@pytest.mark.parametrize("picture", PICTURES.values(), ids=lambda picture: picture.id)
def test_a_picture_is_drawn_in_the_one_hand(picture: Picture) -> None:
    svg = picture.svg
    head, plate = svg.splitlines()[:2]
    assert f'stroke="{INK}" stroke-width="6" stroke-linecap="round"' in head
    assert plate.strip() == (
        f'<rect width="240" height="240" rx="24" fill="{PLATE}" stroke="none"/>'
    )
    assert set(re.findall(r'="(#\w+)"', svg)) <= PALETTE
    assert "<!--" in svg, "say what each part is: the next person edits this file by hand"


def test_the_colours_stay_apart_in_black_and_white() -> None:
    greys = sorted(grey(colour) for colour in PALETTE - {PLATE})
    assert min(right - left for left, right in pairwise(greys)) >= 14
    assert greys[1] - grey(INK) > 45, "a line must show on every colour"


def test_reading_the_pictures_wakes_no_page_engine() -> None:
    code = (
        "import sys, messages.pictures as p; p.packaged_pictures(); "
        "print({'typst', 'jinja2', 'markupsafe'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "set()"
