"""A CPR number in any spelling, sent through every form and address: neither shown nor kept."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.people import Role
from tests.bot.desk.visiting import PUBLIC, addresses, browser_of, site_for, token_of

SPELT = {
    "dashed": "150299-3678",
    "bare": "1502993678",
    "spaced": "150299  3678",
    "in pairs": "15 02 99 36 78",
    "in digits": "1 5 0 2 9 9 - 3 6 7 8",
    "over two lines": "150299\n3678",
    "within its last part": "150299-36\n78",
    "in columns": "150299\t3678",
    "Arabic": "١٥٠٢٩٩-٣٦٧٨",
    "full width": "１５０２９９－３６７８",
    "with what is not seen": "1502\u200b99-36\u00ad78",
    "as keys": "".join(f"{digit}\ufe0f\u20e3" for digit in "1502993678"),
    "with its year": "15.02.1999-3678",
}
DIGITS = re.compile(r"1502\D{0,3}99\D{0,4}36\D{0,2}78|15021999\D?3678")
FIELDS = (
    *("question", "svar", "titel", "title", "source", "owner", "data_years", "review_by", "kind"),
    *("navn", "ok", "side", "lang", "format", "emne", "plan", "sag", "start", "end"),
    *("first_payday", "ansvarlig", "til", "udfald", "problem", "until", "timer", "fra"),
    *("virksomhed", "sted", "arbejde", "pladser", "hvad", "reserveret", "k.000000000000"),
    *("f.gross", "f.net", "f.lines", "f.phone", "f.navn", "f.employer", "f.loenseddel.gross"),
)


def as_read(text: str) -> str:
    """A text with its digits in ASCII and nothing hidden, as a person reads it."""
    hidden = re.sub(r"[\u200b\u00ad\ufe0f\u20e3]", "", text)
    digits = {
        ord(sign): str(number % 10) for number, sign in enumerate("٠١٢٣٤٥٦٧٨٩０１２３４５６７８９")
    }
    plain = hidden.translate(digits)
    return re.sub(r"(?<=\d)[ .](?=\d)", "", plain)


def written(folder: Path) -> str:
    """Everything that stands in the files under a folder: the database, its journal, the index."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@pytest.mark.parametrize("spelling", SPELT)
def test_a_number_in_every_field_of_every_form_is_neither_shown_nor_kept(
    fresh_app: App,
    tmp_path: Path,
    first_step: Callable[[str], str],
    caplog: pytest.LogCaptureFixture,
    spelling: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    site, door = site_for(fresh_app, *Role)
    browser, number = browser_of(site), SPELT[spelling]
    question = re.search(r"/spoergsmaal/(\w+)/svar", browser.get("/spoergsmaal").text)
    assert question
    form = {"token": token_of(door), **dict.fromkeys(FIELDS, f"Amira {number} ringede")}
    choices = {"udfald": "job", "problem": "absence", "plan": "virksomhedspraktik", "pladser": "2"}
    for address in set(addresses(site, "POST")) - PUBLIC:
        place = address.replace("/trin/findes-ikke", f"/trin/{first_step('INT-1042')}").replace(
            "/spoergsmaal/findes-ikke", f"/spoergsmaal/{question[1]}"
        )
        for sent in (form, form | choices):
            answer = browser.post(place, data=sent)
            assert not DIGITS.search(as_read(answer.text)), place
            assert not DIGITS.search(as_read(str(answer.headers))), place
    assert not DIGITS.search(as_read(written(tmp_path)))
    assert not DIGITS.search(as_read(caplog.text))


@pytest.mark.parametrize("spelling", SPELT)
@pytest.mark.parametrize("door", ["name", "title", "text", "wrong kind"])
def test_a_number_in_a_guideline_its_name_or_its_title_is_neither_shown_nor_kept(
    fresh_app: App, tmp_path: Path, spelling: str, door: str
) -> None:
    site, entrance = site_for(fresh_app, *Role)
    number, text = SPELT[spelling], "# Cykler\n\nBorgeren kan låne en cykel i otte uger.\n"
    if door == "text":
        text += f"CPR {number} fik en.\n"
    name = f"Amira {number}.{'exe' if door == 'wrong kind' else 'md'}" if door != "text" else "a.md"
    if door in {"name", "wrong kind"} and not number.isprintable():
        name = name.replace("\n", " ").replace("\t", " ")  # what a browser sends has neither
    answer = browser_of(site).post(
        "/vejledninger",
        data={"token": token_of(entrance), "title": number if door == "title" else "Cykler"},
        files={"file": (name, text.encode(), "text/markdown")},
    )
    assert answer.status_code == 422
    assert not DIGITS.search(as_read(answer.text))
    assert not DIGITS.search(as_read(written(tmp_path)))


@pytest.mark.parametrize("spelling", SPELT)
def test_a_number_in_an_address_is_not_shown(browser: TestClient, spelling: str) -> None:
    number = quote(SPELT[spelling])
    for address in (
        f"/sag/{number}",
        f"/ark/{number}",
        f"/oversaettelser/ar/{number}",
        f"/oversaettelser/{number}",
        f"/ark/atp?lang={number}",
        f"/opfoelgning/ny?plan={number}",
        f"/familiepakke?emne={number}&lang={number}",
        f"/spoerg?nyt={number}",
        f"/{number}",
    ):
        answer = browser.get(address)
        assert answer.status_code < 500
        assert not DIGITS.search(as_read(answer.text)), address
