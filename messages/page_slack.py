"""Document → Slack blocks, as data: whoever posts them decides where, and whether.

Every text is `plain_text`: what a person typed can neither be formatted nor call anybody. Limits
of Block Kit (docs.slack.dev, "Blocks"): header 150 characters, section 3,000, 50 blocks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypedDict

from messages.document import Document, Said, Step
from messages.page_text import isolated

_HEADER, _SECTION = 150, 3_000


class PlainText(TypedDict):
    type: str
    text: str
    emoji: bool


class SheetBlock(TypedDict):
    type: str
    text: PlainText


def slack_blocks(document: Document) -> tuple[SheetBlock, ...]:
    """A header, a section for each step with its payslip lines, whom to ask, and the notices."""
    return tuple(_blocks(document))


def slack_json(document: Document) -> bytes:
    """The blocks as indented JSON in UTF-8, as Block Kit Builder takes them."""
    made = {"blocks": slack_blocks(document)}
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _blocks(document: Document) -> Iterator[SheetBlock]:
    yield _block("header", _own(document, document.title), _HEADER)
    if document.beside is not None or document.lead is not None:
        under = [document.title] if document.beside is not None else []
        lines = [_danish(said) for said in under] + [
            line for said in (document.lead,) if said for line in _both(document, said)
        ]
        yield _block("section", "\n".join(line for line in lines if line))
    if document.marks.example:
        yield _block("section", "\n".join(_both(document, dict(document.furniture)["example"])))
    for step in document.steps:
        yield _block("section", "\n".join(_step(document, step)))
    asked = [line for said in (document.do, document.ask) if said for line in _both(document, said)]
    yield _block("section", "\n".join(asked))
    notices = [line for notice in document.notices for line in _both(document, notice)]
    if document.code is not None:
        notices.append(document.code.url)
    if notices:
        yield _block("section", "\n".join(notices))


def _step(document: Document, step: Step) -> Iterator[str]:
    own, *danish = _both(document, step.said)
    yield f"{step.number}. {own}"
    yield from danish
    for line in step.lines:
        yield f"{line.term}: {isolated(line.amount, 'ltr')}"


def _both(document: Document, said: Said) -> list[str]:
    return [line for line in (_own(document, said), _danish(said)) if line]


def _own(document: Document, said: Said) -> str:
    return isolated(said.text, document.language.direction)


def _danish(said: Said) -> str:
    return isolated(said.beside, "ltr") if said.beside is not None else ""


def _block(kind: str, text: str, longest: int = _SECTION) -> SheetBlock:
    return {"type": kind, "text": {"type": "plain_text", "text": text[:longest], "emoji": False}}
