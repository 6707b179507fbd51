"""The drawn pictures, each with what it shows: read strictly, for they go into pages unescaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from messages.drawing_rules import faults
from messages.errors import Problem
from messages.tables import N_, Mistakes, Table, did_you_mean

MANIFEST = "manifest.toml"
_ID = re.compile(r"[a-z]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing: `svg` as it stands in its file; `alt` and `idea` are handout msgids.

    `alt` is the sentence for a person who cannot see it, `idea` what a viewer should name;
    `topics` are the ids of the sheets it was drawn for.
    """

    id: str
    svg: str
    alt: str
    idea: str
    topics: tuple[str, ...] = ()

    def sentences(self) -> tuple[tuple[str, str], ...]:
        """Each sentence for the handout catalog, with where it stands, for translators."""
        return (
            (self.alt, f"picture {self.id}: for a person who cannot see it"),
            (self.idea, f"picture {self.id}: what it shows"),
        )


def read_pictures(manifest_text: str, files: Mapping[str, str]) -> Mapping[str, Picture]:
    """The pictures by id, in the manifest's order; `files` holds each SVG's text by file name.

    Raises MessagesError with every mistake: a file or a row that misses its other half, a missing
    idea or alt text, and whatever in a drawing could run, load, or break the shared form.
    """
    table, mistakes = Table.parse(manifest_text, MANIFEST)
    pictures: dict[str, Picture] = {}
    for name, row in table.named():
        pictures[name] = Picture(
            id=name,
            svg=files.get(f"{name}.svg", ""),
            alt=_sentence(row, "alt"),
            idea=_sentence(row, "idea"),
            topics=row.texts("topics", ()),
        )
        row.close()
        if not _ID.fullmatch(name):
            table.wrong(name, N_("navnet skal være små bogstaver og bindestreger, f.eks. tax-card"))
    _match_files(pictures, files, mistakes)
    mistakes.settle()
    return MappingProxyType(pictures)


@cache
def packaged_pictures() -> Mapping[str, Picture]:
    """The pictures that ship with the package, read and checked once a process."""
    folder = resources.files("messages") / "pictures"
    drawings = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".svg")
    }
    return read_pictures((folder / MANIFEST).read_text(encoding="utf-8"), drawings)


def _sentence(row: Table, key: str) -> str:
    text = row.text(key)
    if key in row and not text.strip():
        row.wrong(key, N_('er tom; skriv hvad billedet viser, f.eks. "En lønseddel."'))
    return text


def _match_files(
    pictures: Mapping[str, Picture], files: Mapping[str, str], mistakes: Mistakes
) -> None:
    """Report each row without a drawing, each drawing without a row, and the faults of the rest."""
    for name in pictures:
        if f"{name}.svg" not in files:
            wrong = Problem(
                N_("mangler{hint} Tegn filen, eller slet [{name}] i {manifest}."),
                hint=did_you_mean(f"{name}.svg", files) if len(files) > 20 else ".",
                name=name,
                manifest=MANIFEST,
            )
            mistakes.add(f"{name}.svg", wrong)
    for file, svg in sorted(files.items()):
        name = file.removesuffix(".svg")
        if name not in pictures:
            wrong = Problem(
                N_("har ingen række. Tilføj [{name}] med idea og alt i {manifest}."),
                name=name,
                manifest=MANIFEST,
            )
            mistakes.add(file, wrong)
        for fault in faults(svg):
            mistakes.add(file, fault)
