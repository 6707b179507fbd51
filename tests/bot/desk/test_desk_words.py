"""The desk in the reader's language: the Danish source, looked up in a staff catalog."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.config import Folders

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Spørg vejledningen"
msgstr "Ask the guidelines"
"""


@pytest.fixture
def english(
    open_desk: Callable[[App], TestClient], imagined_app: App, tmp_path: Path
) -> Iterator[TestClient]:
    file = tmp_path / "en" / "LC_MESSAGES" / "staff.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO, encoding="utf-8")
    config = replace(imagined_app.config, folders=Folders(catalogs=tmp_path))
    app = App(config)
    yield open_desk(app)
    app.database.close()


def test_a_visitor_reads_the_desk_in_the_language_they_chose(english: TestClient) -> None:
    assert '<html lang="da">' in english.get("/spoerg").text
    page = english.post("/sprog", data={"sprog": "en", "tilbage": "/spoerg"}).text
    assert '<html lang="en">' in page
    assert "Ask the guidelines" in page


def test_no_sentence_of_a_template_is_left_outside_the_catalog() -> None:
    templates = Path(__file__).parents[3] / "bot" / "desk" / "templates"
    bare = {}
    for file in templates.glob("*.j2"):
        text = re.sub(r"{[{%#].*?[}%#]}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        found = re.findall(r">\s*([^<>]*[a-zæøå]{3}[^<>]*)<", text)
        found += re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*[a-zæøå]{3}[^"]*)"', text)
        bare[file.name] = [words for words in found if words.strip(" ·") != "Brobygger"]
    assert {name: words for name, words in bare.items() if words} == {}
