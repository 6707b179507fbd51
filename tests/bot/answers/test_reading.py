"""Files of every form, good and bad."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest
import typst

from bot.answers.guarded import MEMORY, SECONDS
from bot.answers.passages import LONGEST, normalised, passages_of
from bot.answers.pdf import MOST_PAGES
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


def _many_pages() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(MOST_PAGES + 1):
        pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def _crowded(size: int) -> bytes:
    """A small file with one page on which `size` bytes are drawn."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page().Contents = pdf.make_stream(b"0 0 m 9 9 l S\n" * (size // 14))
    pdf.save(out, compress_streams=True)
    return out.getvalue()


def _word(said: str = "Tekst", before: str = "", **more: bytes) -> bytes:
    """A Word file by hand: `before` stands before its root element, `more` are further entries."""
    whole, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:body>"
    xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{space}">{body}</w:document>'
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(out, "w") as archive:
        for name in parts.namelist():
            content = xml.encode() if name == "word/document.xml" else parts.read(name)
            archive.writestr(name, content)
        for name, content in more.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 12}'>" for n in range(9)
)


def _many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(65_000):
            archive.writestr(f"word/{number}.xml", b"")
    return out.getvalue()


def _lying() -> bytes:
    """A zip whose header says that 150 MB are ten bytes."""
    told = (150_000_000).to_bytes(4, "little")
    return _bomb().replace(told, (10).to_bytes(4, "little"))


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
    "pages.pdf": ("for stor", _many_pages),
    "crowded.pdf": ("for stor", lambda: _crowded(4_000_000)),
    "bomb.pdf": ("for stor", lambda: _crowded(150_000_000)),
    "laughs.docx": ("i stykker|for stor|ingen tekst", lambda: _word("&j;", f"{LAUGHS}]>")),
    "nested.docx": ("i stykker", lambda: _word(indre_zip=_zip("x"))),
    "entries.docx": ("for stor", _many_entries),
    "lying.docx": ("i stykker", _lying),
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
    assert time.perf_counter() - before < 2.5
    assert Path(name).name in str(refusal.value)


def test_an_entity_of_a_word_file_opens_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("HEMMELIGT", "utf-8")
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "a.docx"
    path.write_bytes(_word("Før &x; efter", outside))
    try:
        said = normalised(read_document(path))
    except BotError as refusal:
        said = str(refusal)
    assert "HEMMELIGT" not in said


def test_a_parser_has_at_most_300_megabytes_and_half_a_minute() -> None:
    assert MEMORY <= 300_000_000
    assert SECONDS <= 30
    code = (
        "from bot.answers import parser;"
        "parser.run = lambda *_: {'lines': [], 'raw': str(len(bytearray(310_000_000)))};"
        "parser.main()"
    )
    child = subprocess.run(
        [sys.executable, "-c", code, "docx", "x"], capture_output=True, check=False
    )
    assert child.returncode != 0
    assert b"MemoryError" in child.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_markdown_in_another_encoding_keeps_its_facts(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"---\ntitle: Sygdom på øen\nkind: law\n---\n# Løn\n\n{TEXT}".encode(encoding))
    document = read_document(path)
    assert (document.title, document.facts.kind) == ("Sygdom på øen", "law")


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
