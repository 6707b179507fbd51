"""Write the two templates of sentences, and bring every catalog up to date with them.

`make translations`. A sentence that changed keeps its old words, marked fuzzy, with the old Danish
beside; a sentence that is gone is dropped. Nothing is translated here.
"""

from __future__ import annotations

import sys
from pathlib import Path

from messages.languages import DANISH, Language, read_languages
from messages.pictures import packaged_pictures
from messages.po_file import Entry, read_entries
from messages.po_merge import merged
from messages.po_writing import written
from messages.template import BUTTON_LIMIT, entries_of, packaged_handout
from messages.topics import packaged_topics
from tools.staff_sentences import button_labels, staff_sentences

ROOT = Path(__file__).resolve().parents[1]
STAFF_LANGUAGES = ("en",)


def templates(root: Path = ROOT) -> dict[str, list[Entry]]:
    """The entries of handout.pot and staff.pot, as the sources stand now."""
    topics = {topic.id: topic for topic in packaged_topics()}
    staff = entries_of(staff_sentences(root))
    buttons = button_labels(root)
    for entry in staff:
        if entry.source in buttons:
            entry.flags = [f"max-length:{BUTTON_LIMIT}"]
    return {"handout": packaged_handout(topics, packaged_pictures()), "staff": staff}


def up_to_date(domain: str, template: list[Entry], file: Path, language: Language) -> bytes:
    """What the catalog at `file` should hold; a missing file is an empty catalog."""
    old = read_entries(file.read_bytes(), str(file)) if file.is_file() else ()
    return written(domain, merged(template, old), language)


def main() -> None:
    locales = ROOT / "locales"
    languages = read_languages((locales / "languages.toml").read_text("utf-8"), "languages.toml")
    for domain, template in templates().items():
        (locales / f"{domain}.pot").write_bytes(written(domain, template))
        for code, language in languages.items():
            if code == DANISH or (domain == "staff" and code not in STAFF_LANGUAGES):
                continue
            file = locales / code / "LC_MESSAGES" / f"{domain}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(up_to_date(domain, template, file, language))
            entries = list(read_entries(file.read_bytes(), str(file)))
            left = sum(entry.fuzzy or not entry.words for entry in entries)
            sys.stdout.write(f"{code} {domain}: {len(entries)} sentences, {left} to translate\n")


if __name__ == "__main__":
    main()
