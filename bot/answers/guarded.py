"""PDF and Word parsed in a process of their own, with its memory and time bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from bot.answers.documents import BlockKind
from bot.answers.lines import Line
from bot.errors import BotError
from messages.tables import N_

SECONDS = 30
MEMORY = 300_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 100

_REASONS = {
    "encrypted": N_("{file} er låst med en adgangskode. Gem den uden adgangskode, og prøv igen."),
    "broken": N_("{file} er i stykker eller er ikke den slags fil, som navnet siger. "
                 "Gem den igen, f.eks. som .docx eller .pdf."),
    "no text": N_("{file} indeholder ingen tekst, kun billeder. Kør tekstgenkendelse på den, "
                  "eller find den som tekst."),
    "too large": N_("{file} er for stor at læse. Del den i mindre filer, "
                    "f.eks. en for hvert emne."),
}  # fmt: skip


class Unreadable(Exception):
    """A file cannot be read, for the reason named: one of those that have a sentence above."""


@dataclass(frozen=True)
class Parsed:
    """What a parser found: lines ready to be laid out, their raw text, and a title if any."""

    lines: tuple[Line, ...]
    raw: str
    title: str


def parse_guarded(name: str, kind: str, data: bytes, path: Path) -> Parsed:
    """The lines of a PDF or Word file; `path` is where the file stands.

    Raises BotError where the file is locked, broken, without text, or asks for too much.
    """
    if kind == "docx":
        check_zip(data, name)
    elif not data.startswith(b"%PDF-"):
        raise refusal("broken", name)
    child = subprocess.Popen(
        [sys.executable, "-m", "bot.answers.parser", kind, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Nothing of ours, least of all the keys, is at hand for a file that takes over its parser.
        env={"PYTHONPATH": os.pathsep.join(part or "." for part in sys.path)},
    )
    try:
        out, _ = child.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise refusal("too large", name) from None
    return _understood(out, child.returncode, name)


def _understood(out: bytes, status: int, name: str) -> Parsed:
    try:
        said = json.loads(out)
    except ValueError:
        raise refusal("too large" if status else "broken", name) from None
    if "refused" in said:
        raise refusal(said["refused"], name)
    lines = tuple(
        Line(text, start, end, page, level, BlockKind(kind))
        for text, start, end, page, level, kind in said["lines"]
    )
    return Parsed(lines, said["raw"], said["title"])


def refusal(reason: str, name: str) -> BotError:
    """Why a file was not read, as a sentence."""
    return BotError(_REASONS.get(reason, _REASONS["broken"]), file=name)


def check_zip(data: bytes, name: str) -> None:
    """Raise BotError for a zip that is no Word file or would unpack to more than is reasonable."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise refusal("broken", name) from None
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or (unpacked > 1_000_000 and unpacked > MOST_RATIO * max(1, packed))
    ):
        raise refusal("too large", name)
    suspect = any(
        one.startswith("/") or ".." in one.split("/") or one.lower().endswith(".zip")
        for one in names
    )
    if suspect or "word/document.xml" not in names:
        raise refusal("broken", name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("encrypted", name)
