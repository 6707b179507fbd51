"""A file read into a document: its form known by its bytes, its size bounded before parsing."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from bot.answers.documents import Block, BlockKind, Document, Facts, read_facts, split_front_matter
from bot.answers.guarded import Parsed, parse_guarded
from bot.answers.layout import blocks_of
from bot.answers.lines import lines_of
from bot.answers.markdown import markdown_lines
from bot.answers.scans import is_damaged, repair
from bot.errors import BotError
from messages.tables import N_

LARGEST_FILE = 20_000_000
LARGEST_TEXT = 5_000_000
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_TEXT_SUFFIXES = {".txt", ".text", ".md", ".markdown", ""}
_KNOWN = N_("Brug en tekstfil, Markdown, PDF eller Word, f.eks. sygdom.md.")


def read_document(path: Path, given: Facts = Facts()) -> Document:  # noqa: B008 - frozen
    """The guideline in a file: text, Markdown, PDF or Word, damaged scans repaired.

    Raises BotError, one clear sentence, for a file that is missing, a folder, empty, too large,
    encrypted, without text, or of another kind than its name says.
    """
    data = _bytes(path)
    return document_of(path.name, data, given, path)


def document_of(name: str, data: bytes, given: Facts, path: Path) -> Document:
    """The guideline in the bytes of a file called `name`; `path` is where a parser finds it."""
    sha = hashlib.sha256(data).hexdigest()
    suffix = Path(name).suffix.lower()
    if data.startswith(b"%PDF-") or suffix == ".pdf":
        return _from_parsed(name, "pdf", data, given, sha, path)
    if data.startswith(_ZIP) or suffix == ".docx":
        return _from_parsed(name, "docx", data, given, sha, path)
    if data.startswith(_OLD_OFFICE):
        raise BotError(
            "{file} er en gammel eller låst Word-fil. Gem den som .docx uden adgangskode.",
            file=name,
        )
    if suffix not in _TEXT_SUFFIXES:
        raise BotError(
            "{file} kan ikke læses som retningslinje. {known}", file=name, known=BotError(_KNOWN)
        )
    return _from_text(name, decoded(data, name), given, sha)


def decoded(data: bytes, name: str) -> str:
    """The text in bytes: UTF-8, UTF-16 (with or without its mark), else Windows' Latin-1.

    Raises BotError for bytes that are no text, such as a program that was given another name.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    sample = data[:4000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 20 and sample[start::2].count(0) > len(sample) * 0.35:
            return _strictly(data, encoding, name)
    if sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 200:
        raise _no_text(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _no_text(name) from None


def _no_text(name: str) -> BotError:
    return BotError("{file} er ikke en tekst. {known}", file=name, known=BotError(_KNOWN))


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise BotError(
            "{file} er en mappe. Nævn filerne i den, f.eks. {file}/sygdom.md.", file=path
        )
    if not path.is_file():
        raise BotError("{file} findes ikke. Skriv stien til en fil, f.eks. sygdom.md.", file=path)
    size = path.stat().st_size
    if size == 0:
        raise BotError("{file} er tom. {known}", file=path.name, known=BotError(_KNOWN))
    if size > LARGEST_FILE:
        raise BotError(
            "{file} fylder mere end {limit} MB. Del den i mindre filer, f.eks. en for hvert emne.",
            file=path.name,
            limit=LARGEST_FILE // 1_000_000,
        )
    return path.read_bytes()


def _from_text(name: str, text: str, given: Facts, sha: str) -> Document:
    if len(text) > LARGEST_TEXT:
        raise BotError(
            "{file} er på mere end {limit} millioner tegn. Del den i mindre filer.",
            file=name,
            limit=LARGEST_TEXT // 1_000_000,
        )
    fields, start = split_front_matter(text)
    facts = read_facts(fields, name, given)
    markdown = Path(name).suffix.lower() in {".md", ".markdown"} or bool(fields)
    lines = markdown_lines(text, start) if markdown else lines_of(text, start)
    return _document(name, facts, text, blocks_of(lines), sha)


def _from_parsed(  # noqa: PLR0917 - each names one thing about the file
    name: str, kind: str, data: bytes, given: Facts, sha: str, path: Path
) -> Document:
    parsed: Parsed = parse_guarded(name, kind, data, path)
    facts = (
        given
        if given.title or not parsed.title
        else read_facts({"title": parsed.title}, name, given)
    )
    return _document(name, facts, parsed.raw, blocks_of(parsed.lines), sha)


def _document(name: str, facts: Facts, raw: str, blocks: tuple[Block, ...], sha: str) -> Document:
    if not any(block.kind is not BlockKind.HEADING for block in blocks) and len(blocks) < 2:
        raise BotError("{file} indeholder ingen tekst. {known}", file=name, known=BotError(_KNOWN))
    restored = 0.0
    scanned = is_damaged(raw)
    if scanned:
        repaired = repair(blocks)
        blocks, restored = repaired.blocks, repaired.restored
    title = facts.title or _first_title(blocks) or Path(name).stem
    facts = read_facts({"title": title}, name, facts)
    return Document(name, facts, raw, blocks, scanned, restored, sha)


def _first_title(blocks: tuple[Block, ...]) -> str:
    """The heading that a document opens with, unless it is the first numbered section."""
    first = blocks[0]
    opens = first.kind is BlockKind.HEADING and not re.match(r"\d", first.text)
    return first.text if opens else ""
