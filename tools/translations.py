"""Write the two templates of sentences, and bring every catalog up to date with them.

`make translations`. A sentence that changed keeps its old words, marked fuzzy, with the old Danish
beside; a sentence that is gone is dropped. Nothing is translated here.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from messages.extraction import handout_sentences, topic_staff_sentences
from messages.languages import read_languages

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "locales"
STAFF_KEYWORDS = {
    "N_": None,
    "words": None,
    "_": None,
    "Problem": None,
    "MessagesError": None,
    "SchedulerError": None,
    "PostFailed": None,
    "BotError": None,
    "Refused": None,
    "wrong": (2,),
}


def staff_sentences() -> Iterable[tuple[str, str]]:
    """Each Danish sentence that staff read, with the file it stands in."""
    for package in ("messages", "scheduler", "bot"):
        for file in sorted((ROOT / package).rglob("*.py")):
            yield from _extracted("python", file)
    for file in sorted((ROOT / "bot").rglob("*.j2")):
        yield from _extracted("jinja2.ext:babel_extract", file)
    yield from plan_sentences()
    yield from topic_staff_sentences()


def plan_sentences() -> Iterable[tuple[str, str]]:
    """The titles and texts of the packaged plans, which staff read on cards and in lists."""
    from scheduler.plans import packaged_plans

    for plan in packaged_plans().values():
        for sentence in plan.sentences():
            yield sentence, f"scheduler/plans/{plan.id}.toml"


def _extracted(method: str, file: Path) -> Iterable[tuple[str, str]]:
    with file.open("rb") as source:
        for _, message, _, _ in extract(
            method, source, STAFF_KEYWORDS, options={"encoding": "utf-8", "silent": "false"}
        ):
            if isinstance(message, str) and message:
                yield message, file.relative_to(ROOT).as_posix()


def template(domain: str, sentences: Iterable[tuple[str, str]]) -> Catalog:
    """The .pot of `domain`: each sentence once, with every file it stands in, in order."""
    found = Catalog(project="Brobygger", version="", charset="utf-8", fuzzy=False)
    found.header_comment = f"# Brobygger: {domain}. The source language is Danish."
    for sentence, place in sentences:
        found.add(sentence, locations=[(place, 0)])
        found[sentence].flags.discard("python-format")
    return found


def written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(
        out,
        catalog,
        width=0,
        no_location=False,
        include_previous=True,
        ignore_obsolete=True,
        sort_by_file=True,
        include_lineno=False,
    )
    dates = (b'"POT-Creation-Date:', b'"PO-Revision-Date:', b'"Generated-By:', b'"Last-Translator:')
    return b"".join(line for line in out.getvalue().splitlines(True) if not line.startswith(dates))


def main() -> None:
    languages = read_languages((LOCALES / "languages.toml").read_text("utf-8"), "languages.toml")
    for domain, sentences in (("handout", handout_sentences()), ("staff", staff_sentences())):
        source = template(domain, sentences)
        (LOCALES / f"{domain}.pot").write_bytes(written(source))
        for code, language in languages.items():
            file = LOCALES / code / "LC_MESSAGES" / f"{domain}.po"
            if code == "da" or (domain == "staff" and code != "en") or not file.parent.is_dir():
                continue
            old = read_po(io.BytesIO(file.read_bytes())) if file.is_file() else Catalog()
            old.update(source, no_fuzzy_matching=False)
            old.header_comment = f"# Brobygger: {domain}, {language.name_own}."
            file.write_bytes(written(old))
            missing = sum(1 for entry in old if entry.id and (not entry.string or entry.fuzzy))
            sys.stdout.write(f"{code} {domain}: {len(old)} sentences, {missing} to translate\n")


if __name__ == "__main__":
    main()
