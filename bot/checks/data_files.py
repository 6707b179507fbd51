"""Topics, rates, plans, thesaurus and catalogs, packaged and the municipality's, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath
from typing import TypeVar

from bot.overlays import overlay_texts
from messages.checks.finding import Finding, error, found_by_reading, warning
from messages.errors import Problem
from messages.tables import N_

Read = TypeVar("Read")


@dataclass
class Reading:
    """The findings so far, and how many files were read."""

    findings: list[Finding] = field(default_factory=list)
    files: int = 0

    def read(self, texts: Mapping[str, str], reader: Callable[[str, str], Read]) -> dict[str, Read]:
        """What `reader` makes of each text by its file; a refusal becomes findings instead."""
        found: dict[str, Read] = {}
        for file, text in texts.items():
            self.files += 1
            try:
                found[file] = reader(text, file)
            except Problem as problem:
                self.findings.extend(found_by_reading(file, problem))
        return found

    def overlay(self, folder: Path | None, suffix: str, also: str = "") -> dict[str, str]:
        """The texts of an overlay folder by their file, as config.toml names the folder.

        Files that end in `also` belong there too, and are read elsewhere.
        """
        if folder is None:
            return {}
        for path in sorted(folder.rglob("*")):
            strange = (
                path.is_file()
                and path.suffix not in {suffix, also}
                and not path.name.startswith(".")
            )
            if strange:
                said = N_("læses ikke, for den ender ikke på {suffix}; omdøb den, eller flyt den")
                self.findings.append(warning(str(path), "", said, suffix=suffix))
        try:
            texts = overlay_texts(folder, suffix)
        except Problem as problem:
            self.findings.extend(found_by_reading(str(folder), problem))
            return {}
        return {str(folder / file): text for file, text in texts.items()}

    def one_of_each(self, ids: Mapping[str, str]) -> None:
        """Report an id (`ids` has it by file) that two files share: one would hide the other."""
        first: dict[str, str] = {}
        for file, name in ids.items():
            if name in first:
                said = N_("har samme id som {other}: {id}; giv den sit eget, eller slet en af dem")
                other = PurePath(first[name]).name
                self.findings.append(error(file, "id", said, other=other, id=name))
            first.setdefault(name, file)


def packaged(folder: Traversable, suffix: str, name: str) -> dict[str, str]:
    """The texts of the files in a packaged folder, by `name` and their own."""
    return {
        f"{name}/{entry.name}": entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(suffix)
    }


def packaged_catalogs() -> Iterator[tuple[str, str, str, bytes]]:
    """Each .po that ships: its file, language code, domain and bytes."""
    for folder in sorted(files("locales").iterdir(), key=lambda entry: entry.name):
        words = folder / "LC_MESSAGES"
        for domain in ("handout", "staff"):
            po = words / f"{domain}.po"
            if words.is_dir() and po.is_file():
                file = f"locales/{folder.name}/LC_MESSAGES/{domain}.po"
                yield file, folder.name, domain, po.read_bytes()
