"""What a run has made, row by row: read before the next run, kept while one goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from bot.whole_file import write_whole

MANIFEST = "manifest.jsonl"
JOURNAL = ".manifest.jsonl"  # of a run that is under way, or was when it was stopped
_OURS = re.compile(r"[0-9a-f]{20}(\.[a-z]+){1,2}")
_HALF = re.compile(r"\.[0-9a-f]{20}(\.[a-z]+){1,2}\.\w+")  # as write_whole calls them


class Status(StrEnum):
    """What became of a row: made now, there already and whole, or not to be had."""

    MADE = "made"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True)
class Entry:
    """A row of the manifest; `file` and `sha256` are empty where it failed, `reason` where not."""

    row: int
    status: Status
    topic: str = ""
    lang: str = ""
    file: str = ""
    sha256: str = ""
    reason: str = ""

    def line(self) -> str:
        record = {name: value for name, value in vars(self).items() if value != ""}
        return json.dumps(record, ensure_ascii=False) + "\n"


class Folder:
    """The folder of a run: which whole files it holds already, and which come to it.

    A file that a power cut tore has no seal or a wrong one, so it is made again: no file is waited
    for on its way to the disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._journal: TextIO | None = None
        self._sealed = _seals(path / MANIFEST) | _seals(path / JOURNAL)

    def kept(self, file: str) -> str:
        """The SHA-256 of a file that an earlier run made, empty unless it is there and whole."""
        seal = self._sealed.get(file, "")
        if not seal or not (self.path / file).is_file():
            return ""
        return seal if sha256((self.path / file).read_bytes()).hexdigest() == seal else ""

    def put(self, file: str, content: bytes) -> None:
        """Write a file whole that a worker elsewhere has made; raises BotError on a full disk."""
        write_whole(self.path / file, content, durable=False)

    def seal(self, file: str, seal: str) -> None:
        """Note that a file is there and whole, for the run after this one if it is cut off."""
        if self._journal is None:
            self._journal = (self.path / JOURNAL).open("a", encoding="utf-8")
        self._journal.write(json.dumps({"file": file, "sha256": seal}) + "\n")
        self._journal.flush()

    def stop(self) -> None:
        """Let go of the journal, and remove what killed workers left half-written."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        with suppress(OSError):  # a disk that broke has been told of already
            for file in self.path.iterdir():
                if _HALF.fullmatch(file.name):
                    file.unlink(missing_ok=True)

    def close(self, entries: Iterable[Entry]) -> Path:
        """Write the manifest of a run that is done, in the order of its rows; gives its path."""
        path = self.path / MANIFEST
        write_whole(path, "".join(entry.line() for entry in entries).encode())
        (self.path / JOURNAL).unlink(missing_ok=True)
        return path

    def others(self, wanted: Iterable[str]) -> int:
        """How many sheets lie here that no row asks for: from earlier runs, perhaps with facts."""
        here = {file.name for file in self.path.iterdir() if _OURS.fullmatch(file.name)}
        return len(here - set(wanted))


def _seals(path: Path) -> dict[str, str]:
    return dict(_pairs(path.read_text("utf-8"))) if path.is_file() else {}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        try:
            record = json.loads(line)
            file, seal = record.get("file", ""), record.get("sha256", "")
        except (ValueError, AttributeError):
            continue  # the last line of a run that was cut off
        if _OURS.fullmatch(file) and seal:
            yield file, seal
