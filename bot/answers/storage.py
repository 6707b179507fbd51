"""Documents as rows of the index and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import date

from bot.answers.corpus import Entry
from bot.answers.documents import Block, BlockKind, Document, Facts, read_facts
from bot.answers.passages import Passage

_FACTS = [field.name for field in fields(Facts)]


def document_row(origin: str, document: Document) -> dict[str, object]:
    """A document as a row of the table `documents`."""
    return {
        "origin": origin,
        "name": document.name,
        "sha": document.sha,
        "facts": json.dumps(_facts_row(document.facts), ensure_ascii=False),
        "raw": document.raw,
        "blocks": json.dumps([astuple(block) for block in document.blocks], ensure_ascii=False),
        "scanned": int(document.scanned),
        "restored": document.restored,
    }


def stored_document(row: Sequence[object]) -> Document:
    """The document in (name, facts, raw, blocks, scanned, restored, sha)."""
    name, facts, raw, blocks, scanned, restored, sha = row
    return Document(
        str(name),
        facts_of(str(facts)),
        str(raw),
        tuple(Block(BlockKind(kind), *rest) for kind, *rest in json.loads(str(blocks))),
        bool(scanned),
        float(str(restored)),
        str(sha),
    )


def facts_of(text: str) -> Facts:
    """The facts in the JSON that `document_row` wrote."""
    return read_facts(json.loads(text), "")


def _facts_row(facts: Facts) -> dict[str, str]:
    row = {}
    for name in _FACTS:
        value = getattr(facts, name)
        row[name] = value.isoformat() if isinstance(value, date) else str(value or "")
    return row


def passage_row(entry: Entry) -> list[object]:
    """An entry's passage, and what it is about, as the list that the index keeps as JSON."""
    passage = entry.passage
    return [
        passage.ordinal,
        passage.text,
        passage.path,
        passage.page,
        passage.start,
        passage.end,
        passage.raw_start,
        passage.raw_end,
        entry.about,
    ]


def entry_row(document: int, passage: str, weights: str, heading: str, length: float) -> Entry:
    """The entry in the columns of the table `passages`."""
    ordinal, text, path, page, start, end, raw_start, raw_end, about = json.loads(passage)
    return Entry(
        Passage(document, ordinal, text, tuple(path), page, start, end, raw_start, raw_end),
        json.loads(weights),
        frozenset(json.loads(heading)),
        length,
        about,
    )
