"""A family pack on the desk and in the terminal: chosen, typed once, taken, and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from bot.app import App
from bot.cli.main import answer as run

PACK = "/familiepakke"
CHOSEN = {"emne": ["loenseddel", "skat"], "lang": ["ar", "da"]}


def test_the_pack_offers_every_topic_by_picture_and_every_language_by_its_own_name(
    browser: TestClient, imagined_app: App
) -> None:
    page = browser.get(PACK).text
    for topic in imagined_app.library.topics:
        assert f'name="emne" value="{topic}"' in page
    for language in imagined_app.library.languages.values():
        assert f">{language.name_own}</bdi>" in page
    assert "Højst 30 ark" in page


def test_what_was_chosen_asks_for_the_union_of_its_numbers(browser: TestClient) -> None:
    page = browser.get(PACK, params=CHOSEN).text
    assert page.count('name="f.gross"') == 1
    assert page.count('name="f.payday"') == 1
    assert "4 ark i pakken" in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"valgt": "ja"}, "mindst ét emne"),
        ({"valgt": "ja", "lang": "da"}, "mindst ét emne"),
        ({"valgt": "ja", "emne": "skat"}, "mindst ét sprog"),
        ({"emne": "findes-ikke", "lang": "xx", "valgt": "ja"}, "mindst ét emne"),
        ({"emne": "<script>alert(1)</script>", "lang": "da", "valgt": "ja"}, "mindst ét emne"),
    ],
)
def test_a_choice_that_is_no_pack_yet_says_what_is_missing(
    browser: TestClient, query: dict[str, str], says: str
) -> None:
    page = browser.get(PACK, params=query).text
    assert says in page
    assert "<script>alert" not in page
    assert "Hent pakken" not in page


def test_more_sheets_than_a_pack_holds_are_refused(browser: TestClient, imagined_app: App) -> None:
    library = imagined_app.library
    everything = {"emne": [*library.topics], "lang": [*library.languages]}
    for page in (browser.get(PACK, params=everything), browser.post(PACK, data=everything)):
        assert "højst 30" in page.text
        assert "Hent pakken" not in page.text


def test_the_numbers_stand_on_every_sheet_that_asks_for_them(browser: TestClient) -> None:
    answer = browser.post(PACK, data={**CHOSEN, "f.gross": "26.300"})
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="familiepakke.pdf"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    texts = PdfReader(BytesIO(answer.content)).attachments.values()
    assert len(texts) == 4
    assert all("26.300" in text[0].decode() for text in texts)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"f.gross": "mange"}, {"gross"}),
        ({"f.gross": "24500", "f.percent": "140", "f.hours": "x"}, {"percent", "hours"}),
        ({"f.percent": "38"}, {"gross"}),
        ({"f.gross": "010190-1111"}, {"gross"}),
        ({"f.gross": "-1"}, {"gross"}),
    ],
)
def test_every_wrong_number_is_told_at_its_field_with_the_rest_still_typed(
    browser: TestClient, typed: dict[str, str], wrong: set[str]
) -> None:
    answer = browser.post(PACK, data={**CHOSEN, **typed})
    assert answer.status_code == 422
    assert set(re.findall(r'data-field="([\w.]+)">[^<]', answer.text)) == wrong
    assert "1111" not in answer.text
    assert "4 ark i pakken" in answer.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"emne": "skat"},
        {"lang": "da"},
        {"emne": "../../x", "lang": "da"},
        {"emne": "skat", "lang": "../../x"},
        {"emne": "skat", "lang": "da", "f.navn": "Amira"},
        {"emne": "skat", "lang": "da", "f.": "x"},
    ],
)
def test_a_forged_form_makes_no_pack(browser: TestClient, sent: dict[str, str]) -> None:
    answer = browser.post(PACK, data=sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_the_rule_for_drafts_holds_for_each_sheet(
    open_desk: Callable[[App], TestClient], fresh_app: App
) -> None:
    strict = App(replace(fresh_app.config, reviewed_only=True))
    vars(strict)["library"] = fresh_app.library
    browser = open_desk(strict)
    answer = browser.post(PACK, data={"emne": ["atp", "skat"], "lang": ["da", "ti"]})
    assert answer.status_code == 422
    assert "tigrinya" in answer.text
    assert "--" not in answer.text.replace("<!--", "")
    assert browser.post(PACK, data={"emne": "atp", "lang": "da"}).status_code == 200
    strict.database.close()


def test_a_draft_in_a_pack_stands_beside_the_danish(browser: TestClient) -> None:
    answer = browser.post(PACK, data={"emne": "atp", "lang": "ti"})
    (text,) = PdfReader(BytesIO(answer.content)).attachments.values()
    assert "Oversættelsen er ikke tjekket endnu" in text[0].decode()


def test_the_terminal_makes_the_same_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "familie.pdf"
    asked = ["pack", "loenseddel", "kontaktkort-virksomhed", "--lang", "ar", "--lang", "somali"]
    facts = ["--set", "gross=26300", "--set", "contact=Ane", "--set", "phone=12345678"]
    assert run([*asked, *facts, "-o", str(file)]) == 0
    assert "3 ark" in capsys.readouterr().out
    assert len(PdfReader(file).attachments) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["atp", "-o", "x.png"], "familiepakke.pdf"),
        (["apt", "-o", "x.pdf"], "atp"),
        (["atp", "--lang", "klingon", "-o", "x.pdf"], "klingon"),
        (["atp", "--set", "gros=1", "-o", "x.pdf"], "gros"),
        (["atp", "--set", "hours=mange", "-o", "x.pdf"], "hours"),
    ],
)
def test_a_pack_that_cannot_be_made_leaves_no_file(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["pack", *arguments]) == 1
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
