"""Files of every form, good and bad."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest
import typst

from bot.answers.passages import LONGEST, normalised, passages_of
from bot.answers.reading import read_document
from bot.errors import BotError

TEXT = "1.1 Sygdom\nBorgeren melder sig syg før klokken 8.\n"


def _pdf(body: str) -> bytes:
    return bytes(typst.compile(body.encode()))


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf("Hemmeligt"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 150_000_000)
    return out.getvalue()


def _zip(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.pdf": ("tom", bytes),
    "empty.txt": ("tom", bytes),
    "blank.md": ("ingen tekst", lambda: b"\n\n   \n"),
    "locked.pdf": ("adgangskode", _locked),
    "pictures.pdf": ("kun billeder", lambda: _pdf("#rect(width: 3cm)")),
    "torn.pdf": ("i stykker", lambda: _pdf("Tekst")[:200]),
    "name-only.pdf": ("i stykker", lambda: b"MZ\x90\x00" + bytes(500)),
    "name-only.docx": ("i stykker", lambda: b"MZ\x90\x00" + bytes(500)),
    "program.txt": ("ikke en tekst", lambda: b"\x7fELF\x02\x01\x01" + bytes(500)),
    "bomb.docx": ("for stor", _bomb),
    "other.docx": ("i stykker", lambda: _zip("hello.txt")),
    "escaping.docx": ("i stykker", lambda: _zip("../word/document.xml")),
    "old.doc": ("gammel eller låst", lambda: b"\xd0\xcf\x11\xe0" + bytes(500)),
    "huge.txt": ("20 MB", lambda: b"a" * 20_000_001),
    "sheet.xlsx.csv": ("kan ikke læses", lambda: b"a;b\n"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_clear_sentence(name: str, tmp_path: Path) -> None:
    said, make = BAD[name]
    path = tmp_path / name
    path.write_bytes(make())
    before = time.perf_counter()
    with pytest.raises(BotError, match=said) as refusal:
        read_document(path)
    assert time.perf_counter() - before < 5
    assert Path(name).name in str(refusal.value)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BotError, match="er en mappe"):
        read_document(tmp_path)
    with pytest.raises(BotError, match="findes ikke"):
        read_document(tmp_path / "x.md")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_in_any_usual_encoding_keeps_its_danish_letters(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "sygdom.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert "før klokken 8." in normalised(read_document(path))


def test_a_pdf_in_two_columns_is_read_column_by_column_with_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "to.pdf"
    left = "Venstre spalte handler om sygdom og fravær i praktikken. " * 8
    right = "Højre spalte handler om transport og kørsel til arbejdet. " * 8
    path.write_bytes(
        _pdf(
            f"#set page(columns: 2)\n= Regler for praktik\n{left}\n#colbreak()\n{right}"
            "\n#pagebreak()\nSidste side nævner tolken."
        )
    )
    document = read_document(path)
    text = normalised(document)
    assert left.strip() in text
    assert right.strip() in text
    assert document.title == "Regler for praktik"
    pages = {passage.page: passage.text for passage in passages_of(document)}
    assert "tolken" in pages[2]


def test_a_word_table_is_read_row_by_row_under_its_headings(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Frister", 1)
    word.add_paragraph("Gælder fra i dag:")
    word.add_paragraph("Første punkt", style="List Bullet")
    table = word.add_table(rows=2, cols=2)
    for place, said in enumerate(("Situation", "Frist", "Klage", "4 uger")):
        table.rows[place // 2].cells[place % 2].text = said
    path = tmp_path / "frister.docx"
    word.save(str(path))
    document = read_document(path)
    assert document.title == "Frister"
    text = normalised(document)
    assert "Situation: Klage; Frist: 4 uger" in text
    assert "Gælder fra i dag:\n• Første punkt" in text


def test_a_hyphen_at_a_lines_end_is_undone_but_not_before_og(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kommunens praktik- \nog jobplaner følger virk-\nsomhedernes behov.\n", "utf-8")
    assert normalised(read_document(path)) == (
        "Kommunens praktik- og jobplaner følger virksomhedernes behov."
    )


def test_no_passage_is_longer_than_a_thousand_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Dette er en sætning om praktik, der gentages. " * 90, "utf-8")
    found = passages_of(read_document(path))
    assert len(found) > 4
    assert all(len(passage.text) <= LONGEST and passage.text.endswith(".") for passage in found)


def test_front_matter_with_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nkind: rule\n---\n# A\nTekst.\n", "utf-8")
    with pytest.raises(BotError, match="law, local rule eller experience"):
        read_document(path)


def test_the_note_has_its_boxes_apart_and_its_sections_named(note: Path) -> None:
    found = {passage.path[-1]: passage.text for passage in passages_of(read_document(note))}
    assert found["Fakta om praktikken"].endswith("knap 12 uger.")
    assert found["Målgruppen"].startswith("60 % mænd")
    assert "4.5 Udvikling af kompetencer og færdigheder i virksomhedspraktik" in found
