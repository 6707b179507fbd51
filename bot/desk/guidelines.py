"""Guidelines on the desk: which there are, one read whole with its passage, and one more added."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.actions import guidelines as actions
from bot.actions.questions import list_open
from bot.answers.documents import Block, BlockKind, Document, read_facts
from bot.answers.opening import ADDED
from bot.answers.reply import Kind
from bot.answers.wording import KINDS
from bot.desk.told import told_by
from bot.desk.visit import Visit, to
from bot.errors import BotError
from bot.people import Role
from messages.errors import Problem
from messages.personal_data import mask_cpr

_KEYS = re.compile(r" \((?:owner|review_by|kind)\)")  # for who edits the file itself
_FACTS = ("title", "source", "kind", "data_years", "owner", "review_by")


@dataclass(frozen=True)
class Piece:
    """A block of a document on the page; `marked` where the passage that was cited lies in it."""

    kind: str
    level: int
    text: str
    marked: bool
    first: bool


def list_page(visit: Visit) -> Response:
    return _list(visit)


def add(visit: Visit) -> Response:
    """Take in a file, and tell what was read and repaired; or say why not."""
    try:
        return _list(visit, added=_added(visit))
    except Problem as problem:
        return _list(visit, problem=visit.refused(problem), status=422)


def remove(visit: Visit) -> Response:
    """Drop a guideline that was added here or at the terminal."""
    actions.remove(visit.actor, int(visit.path["number"]), visit.desk.index)
    visit.app.guidelines_changed()
    return to("/vejledninger", "vejledning-fjernet")


def document_page(visit: Visit) -> Response:
    """A whole guideline; the passage that was cited is marked and scrolled to."""
    number = int(visit.path["number"])
    origin = {one.id: one.origin for one in visit.desk.index.sources()}.get(number)
    if origin is None:
        raise HTTPException(404)
    document = visit.desk.index.document(number)
    start, end = (_offset(visit.query.get(key, "")) for key in ("fra", "til"))
    return visit.page(
        "document",
        title=document.title,
        facts=document.facts,
        kind=visit.words(KINDS[document.facts.kind]) if KINDS[document.facts.kind] else "",
        scanned=document.scanned,
        pieces=_pieces(document, start, end),
        number=number,
        removable=origin == ADDED and visit.actor.may(Role.GUIDELINE_OWNER),
    )


def _added(visit: Visit) -> actions.Added:
    upload = visit.upload
    if upload is None or not upload.content:
        raise BotError("Vælg en fil, f.eks. vejledning.pdf.")
    given = {key: visit.form.get(key) for key in _FACTS}
    facts = read_facts(given, upload.name)
    added = actions.take_in(visit.actor, upload.name, upload.content, facts, visit.desk.index)
    visit.app.guidelines_changed()
    return added


def _list(
    visit: Visit, *, added: actions.Added | None = None, problem: str = "", status: int = 200
) -> Response:
    index = visit.desk.index
    findings: dict[int, list[str]] = {}
    for finding in actions.check(index, visit.today):
        findings.setdefault(finding.id, []).append(_KEYS.sub("", visit.refused(finding.what)))
    return visit.page(
        "guidelines",
        status,
        found=actions.listed(index),
        findings=findings,
        kinds={kind.value: visit.words(KINDS[kind]) if KINDS[kind] else "" for kind in Kind},
        waiting=len(list_open(visit.actor, visit.app, visit.now)) if _owns(visit) else 0,
        may_add=visit.actor.may(Role.GUIDELINE_OWNER),
        added=added,
        repaired=round(added.restored * 100) if added else 0,
        problem=problem,
        told=told_by(visit.query, visit.words),
        typed={key: mask_cpr(visit.form.get(key)) for key in _FACTS},
    )


def _owns(visit: Visit) -> bool:
    return visit.actor.may(Role.GUIDELINE_OWNER, Role.LEADER)


def _offset(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def _pieces(document: Document, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    for block in document.blocks:
        marked = _is_text(block) and block.raw_start < end and block.raw_end > start
        first = marked and not any(piece.marked for piece in pieces)
        pieces.append(Piece(block.kind.value, min(block.level, 4), block.text, marked, first))
    return pieces


def _is_text(block: Block) -> bool:
    return block.kind not in {BlockKind.HEADING, BlockKind.BOX}
