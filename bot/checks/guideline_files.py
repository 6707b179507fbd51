"""The guidelines in the folders of config.toml: readable, in force, and without CPR numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.answers.reading import read_document
from messages.checks.finding import Finding, error, found_by_reading, warning
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_

SUFFIXES = {".md", ".markdown", ".txt", ".pdf", ".docx"}


def guideline_findings(path: Path, file: str, today: date) -> Iterator[Finding]:
    """What is wrong with one guideline; `file` is its name for the reader."""
    if path.suffix.lower() not in SUFFIXES:
        said = N_("læses ikke; gem den som .md, .txt, .pdf eller .docx, eller flyt den")
        yield warning(file, "", said)
        return
    try:
        document = read_document(path)
    except Problem as problem:
        yield from found_by_reading(file, problem)
        return
    for number in find_cpr(document.raw):
        if number.certainty == "block":
            line = document.raw.count("\n", 0, number.start) + 1
            yield error(file, str(line), N_("et CPR-nummer står på linjen; fjern det"))
    facts = document.facts
    if facts.valid_to and facts.valid_to < today:
        said = N_("gjaldt til {day}; læg den nye version ind, eller fjern filen")
        yield warning(file, "valid_to", said, day=facts.valid_to)
    if facts.review_by and facts.review_by < today:
        said = N_("skulle være set igennem {day} ({owner}); læs den, og flyt datoen")
        owner = facts.owner or "–"
        yield warning(file, "review_by", said, day=facts.review_by, owner=owner)
    if document.scanned:
        said = N_("er en scanning, der er rettet af maskine; læs den igennem")
        yield warning(file, "", said)
