from __future__ import annotations

from importlib.resources import files
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from messages.catalogs import Catalog, Catalogs, read_catalog, read_reviewed, seal
from messages.errors import MessagesError

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _read(body: str, reviewed: frozenset[str] = frozenset()) -> Catalog:
    return read_catalog((HEAD + body).encode(), "ar.po", "ar", "handout", reviewed)


def test_a_translated_sentence_is_found() -> None:
    catalog = _read('msgid "Hej"\nmsgstr "مرحبا"\n')
    assert catalog.has("Hej")
    assert catalog.text("Hej") == "مرحبا"


@pytest.mark.parametrize("flag", ["#, fuzzy\n", ""])
def test_a_fuzzy_or_empty_sentence_is_missing(flag: str) -> None:
    words = "مرحبا" if flag else ""
    catalog = _read(f'{flag}msgid "Hej"\nmsgstr "{words}"\n')
    assert not catalog.has("Hej")
    assert catalog.missing == {"Hej"}
    assert catalog.text("Hej") == "Hej"


def test_danish_has_every_sentence_and_needs_no_review() -> None:
    catalog = Catalog("da", "handout")
    assert catalog.has("Hvad som helst")
    assert catalog.is_reviewed("Hvad som helst")


def test_a_review_is_undone_by_a_change_of_either_sentence() -> None:
    signed = frozenset({seal("Hej", "Hello")})
    assert _read('msgid "Hej"\nmsgstr "Hello"\n', signed).is_reviewed("Hej")
    assert not _read('msgid "Hej"\nmsgstr "Hello!"\n', signed).is_reviewed("Hej")
    assert not _read('msgid "Hej du"\nmsgstr "Hello"\n', signed).is_reviewed("Hej du")


@pytest.mark.parametrize(
    "broken",
    [b'msgid "Hej\nmsgstr ""', b"\xff\xfe\x00", b'"l\xc3\xb8s"\n"', b"hej", b'msgid "kun kilde"'],
)
def test_a_broken_file_is_told_with_its_name_and_a_remedy(broken: bytes) -> None:
    with pytest.raises(MessagesError) as refused:
        read_catalog(HEAD.encode() + broken, "ar.po", "ar", "handout")
    assert "ar.po" in str(refused.value)
    assert "Poedit" in str(refused.value)


def test_who_reviewed_is_read_with_its_date() -> None:
    signed = read_reviewed('[[sign_off]]\nby = "NN"\non = 2026-11-01\nseals = ["abc"]\n', "r.toml")
    assert signed == {"abc"}


def test_a_review_without_a_date_is_refused() -> None:
    with pytest.raises(MessagesError, match="sign_off"):
        read_reviewed('[[sign_off]]\nby = "NN"\nseals = ["abc"]\n', "r.toml")


def test_a_catalog_is_read_when_it_is_first_asked_for_and_once() -> None:
    reads: list[str] = []

    def reader() -> Catalog:
        reads.append("ar")
        return Catalog("ar", "handout")

    catalogs = Catalogs({"ar": reader})
    assert list(catalogs) == ["ar"]
    assert not reads
    assert catalogs["ar"] is catalogs["ar"]
    assert reads == ["ar"]


def test_a_sentence_over_several_lines_and_with_quotes_is_one() -> None:
    catalog = _read('msgid ""\n"Hej "\n"du"\nmsgstr ""\n"Say \\"hi\\"\\n"\n"to me"\n')
    assert catalog.text("Hej du") == 'Say "hi"\nto me'


def test_our_reader_and_babels_agree_on_what_ships() -> None:
    for code in ("en", "ar"):
        file = files("locales") / code / "LC_MESSAGES" / "handout.po"
        ours = read_catalog(file.read_bytes(), "po", code, "handout")
        theirs = read_po(BytesIO(file.read_bytes()))
        known = {entry.id: entry.string for entry in theirs if entry.id and entry.string}
        assert ours.sentences == {
            source: words for source, words in known.items() if not theirs[source].fuzzy
        }
