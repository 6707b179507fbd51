"""The sentences for translators: topics, pictures and marked code into handout.pot and staff.pot."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from messages.pictures import packaged_pictures
from messages.topics import packaged_topics, read_topic

MARKS = {"H_": "handout", "N_": "staff"}
# Raised with a Danish sentence as their first argument: staff read what went wrong.
PROBLEMS = ("Problem", "MessagesError", "SchedulerError", "BotError", "Refused")


def topic_messages(
    file: IO[bytes],
    keywords: object,  # noqa: ARG001 - the shape Babel calls
    comment_tags: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's extractor for topics/*.toml: each sentence with where it stands on the sheet."""
    text = file.read().decode()
    topic = read_topic(text, getattr(file, "name", "topic"))
    lines = text.splitlines()
    for sentence, where in topic.sentences():
        yield _line_of(sentence, lines), None, sentence, [f"{topic.id}, {where}"]


def _line_of(sentence: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if sentence in line), 1)


def marked(source: str, mark: str) -> Iterator[tuple[int, str]]:
    """The sentences that Python code marks with `mark`, or raises as a problem, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        wanted = name == mark or (mark == "N_" and name in PROBLEMS)
        if wanted and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value


def template(domain: str, sources: Iterable[tuple[str, str]]) -> Catalog:
    """The catalog of untranslated sentences of `domain`; `sources` are (path, text) of .py files."""
    catalog = Catalog(project="brobygger", version="", charset="utf-8", fuzzy=False)
    mark = next(mark for mark, of in MARKS.items() if of == domain)
    if domain == "handout":
        for sentence, comment in _sheet_sentences():
            catalog.add(sentence, auto_comments=[comment])
    else:
        for sentence, comment in _staff_sentences():
            catalog.add(sentence, auto_comments=[comment])
    for path, text in sources:
        for _, sentence in marked(text, mark):
            if sentence:
                catalog.add(sentence, locations=[(path, 0)] if domain == "staff" else [])
    return catalog


def _sheet_sentences() -> Iterator[tuple[str, str]]:
    for topic in packaged_topics():
        for sentence, where in topic.sentences():
            yield sentence, f"{topic.id}, {where}"
    for picture in packaged_pictures().values():
        yield from picture.sentences()


def _staff_sentences() -> Iterator[tuple[str, str]]:
    for topic in packaged_topics():
        for fact in topic.facts:
            yield fact.label, f"{topic.id}, a number or word that the caseworker types"
        if topic.goal:
            yield topic.goal, f"{topic.id}, what the talk should reach"


def written(catalog: Catalog) -> bytes:
    """A catalog as the bytes of a .po or .pot: no dates, no wrapping, so that changes show."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, omit_header=False, include_lineno=False)
    return b"".join(
        line
        for line in buffer.getvalue().splitlines(keepends=True)
        if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By'))
    )


def brought_up_to_date(po: bytes, template: Catalog) -> bytes:
    """The .po with the sentences of `template`: a changed one turns fuzzy and keeps what it was."""
    catalog = read_po(BytesIO(po), ignore_obsolete=True)
    catalog.update(template, update_header_comment=False)
    catalog.obsolete.clear()
    return written(catalog)
