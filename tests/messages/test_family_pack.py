"""A family pack: what is asked once, and one tagged PDF that holds every sheet in its language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from messages.compose import compose
from messages.document import Document, plain
from messages.errors import MessagesError
from messages.family_pack import MOST_SHEETS, asked_once, facts_for, family_pack, sheets_of
from messages.library import Library
from messages.page_pdf import pdf

TOPICS = ("loenseddel", "skat", "loen-bagud")


def documents(library: Library, today: date, codes: tuple[str, ...]) -> list[Document]:
    return [compose(topic, code, {}, library, today) for code in codes for topic in TOPICS]


def languages_in(element: object) -> Iterator[str]:
    """The languages that the tags of a PDF name."""
    waiting, seen = [element], set()
    while waiting:
        found = waiting.pop()
        found = found.get_object() if hasattr(found, "get_object") else found
        if id(found) in seen:
            continue
        seen.add(id(found))
        if isinstance(found, DictionaryObject):
            if "/Lang" in found:
                yield str(found["/Lang"])
            waiting.append(found.get("/K"))
        elif isinstance(found, ArrayObject):
            waiting.extend(found)


def test_a_pack_is_one_tagged_pdf_that_keeps_each_sheets_language(
    library: Library, today: date
) -> None:
    sheets = documents(library, today, ("ar", "uk"))
    pack = PdfReader(BytesIO(family_pack(sheets, library, "Familiepakke")))
    root = pack.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert pack.metadata is not None
    assert pack.metadata.title == "Familiepakke"
    assert {"ar", "uk", "da"} <= set(languages_in(root["/StructTreeRoot"]))


@pytest.mark.parametrize("large", [False, True])
def test_a_sheet_takes_as_many_pages_in_a_pack_as_alone(
    library: Library, today: date, *, large: bool
) -> None:
    sheets = [
        compose(topic, code, {}, library, today, large=large)
        for topic in TOPICS
        for code in ("da", "ti")
    ]
    alone = [len(PdfReader(BytesIO(pdf(sheet, library))).pages) for sheet in sheets]
    pack = PdfReader(BytesIO(family_pack(sheets, library, "Familiepakke")))
    assert len(pack.pages) == sum(alone)


def test_each_sheet_counts_its_own_pages(library: Library, today: date) -> None:
    sheets = [compose(topic, "ti", {}, library, today, large=True) for topic in TOPICS]
    pack = PdfReader(BytesIO(family_pack(sheets, library, "Familiepakke")))
    said = [page.extract_text() for page in pack.pages]
    first = [text for text in said if "1 / " in text]
    assert len(first) == len(TOPICS)


def test_every_sheet_of_a_pack_can_be_found_by_its_title(library: Library, today: date) -> None:
    sheets = documents(library, today, ("da", "uk"))
    pack = PdfReader(BytesIO(family_pack(sheets, library, "Familiepakke")))
    titles = [str(entry["/Title"]) for entry in pack.outline if isinstance(entry, dict)]
    assert titles == [plain(sheet.title.text) for sheet in sheets]


def test_a_pack_attaches_the_bare_text_of_each_sheet(library: Library, today: date) -> None:
    sheets = documents(library, today, ("da",))
    pack = PdfReader(BytesIO(family_pack(sheets, library, "Familiepakke")))
    assert sorted(pack.attachments) == ["tekst-01.txt", "tekst-02.txt", "tekst-03.txt"]


def test_the_same_sheets_give_the_same_bytes(library: Library, today: date) -> None:
    sheets = documents(library, today, ("so",))
    assert family_pack(sheets, library, "A") == family_pack(sheets, library, "A")


def test_a_pack_without_sheets_and_one_too_thick_are_refused(library: Library, today: date) -> None:
    sheet = compose("atp", "da", {}, library, today)
    for sheets in ([], [sheet] * (MOST_SHEETS + 1)):
        with pytest.raises(MessagesError, match=str(MOST_SHEETS)):
            family_pack(sheets, library, "Familiepakke")


def test_a_number_that_several_topics_ask_for_is_asked_once(library: Library) -> None:
    asked = asked_once([library.topics[name] for name in TOPICS])
    gross = [one for one in asked if one.fact.key == "gross"]
    assert [one.topics for one in gross] == [("loenseddel", "skat")]
    assert gross[0].fact.required


def test_one_key_asked_in_other_words_is_another_question(library: Library) -> None:
    topics = [library.topics[name] for name in ("kontaktkort-virksomhed", "sygemelding")]
    asked = asked_once(topics)
    names = [one.name for one in asked if one.fact.key == "phone"]
    assert names == ["phone", "sygemelding.phone"]
    typed = {"phone": "11 11 11 11", "sygemelding.phone": "22 22 22 22"}
    assert facts_for(topics[0], asked, typed) == {"phone": "11 11 11 11"}
    assert facts_for(topics[1], asked, typed) == {"phone": "22 22 22 22"}


def test_every_question_of_all_topics_has_a_name_of_its_own(library: Library) -> None:
    names = [one.name for one in asked_once(library.topics.values())]
    assert len(names) == len(set(names))


def test_what_one_topic_cannot_do_without_is_required_of_the_pack(library: Library) -> None:
    skat = library.topics["skat"]
    free = tuple(replace(fact, required=False) for fact in skat.facts)
    asked = asked_once([replace(skat, id="først", facts=free), skat])
    assert next(one for one in asked if one.name == "gross").fact.required


def test_what_is_in_danish_alone_comes_once(library: Library) -> None:
    topics = [library.topics[name] for name in ("atp", "kontaktkort-virksomhed")]
    found = [(topic.id, code) for topic, code in sheets_of(topics, ("ar", "uk"))]
    assert found == [("atp", "ar"), ("atp", "uk"), ("kontaktkort-virksomhed", "da")]
