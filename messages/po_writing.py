"""A .po or .pot written: the same sentences give the same bytes; no dates, no line numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from messages.languages import Language
from messages.po_file import Entry

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def written(
    domain: str, entries: Iterable[Entry], language: Language | None = None, *, beside: str = ""
) -> bytes:
    """The file of `domain` in `language`, or the template where there is none.

    `beside` is a line at the top, for instance who the file was made for.
    """
    head = [f"# Brobygger: {domain}{f', {language.name_own}' if language else ''}."]
    head += ["# The source language is Danish. How to translate: docs/translator.md"]
    head += [f"# {beside}"] if beside else []
    lines = [*head, 'msgid ""', 'msgstr ""', *(_quoted(f"{row}\n") for row in _header(language))]
    for entry in entries:
        lines += ["", *_entry(entry)]
    return ("\n".join(lines) + "\n").encode()


def _header(language: Language | None) -> Iterator[str]:
    yield "Project-Id-Version: Brobygger"
    yield f"Language: {language.code if language else ''}"
    yield "MIME-Version: 1.0"
    yield "Content-Type: text/plain; charset=UTF-8"
    yield "Content-Transfer-Encoding: 8bit"
    if language:
        yield f"Plural-Forms: {language.plural}"
    yield "X-Source-Language: da"


def _entry(entry: Entry) -> Iterator[str]:
    yield from (f"# {remark}" for remark in entry.remarks)
    yield from (f"#. {note}" for note in entry.notes)
    yield from (f"#: {place}" for place in entry.places)
    flags = [*(["fuzzy"] if entry.fuzzy else []), *entry.flags]
    if flags:
        yield f"#, {', '.join(flags)}"
    if entry.fuzzy and entry.previous:
        yield f"#| msgid {_quoted(entry.previous)}"
    yield f"msgid {_quoted(entry.source)}"
    yield f"msgstr {_quoted(entry.words)}"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
