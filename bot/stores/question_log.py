"""The questions that no guideline answered: their text, already masked, and whom to tell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from scheduler.dialect import Row, Tx
from scheduler.store import from_ms


@dataclass(frozen=True)
class OpenQuestion:
    """A question that no guideline answered. `same` is equal for the same words asked again.

    words: those that no guideline and no thesaurus knows. passage: the closest there was.
    asker: the Slack id to tell, or empty. times: how often it stands open.
    """

    id: str
    question: str
    same: str
    language: str
    state: str
    asked: datetime
    words: tuple[str, ...] = ()
    document: str = ""
    section: str = ""
    passage: str = ""
    asker: str = ""
    taken_by: str = ""
    times: int = 1


@dataclass(frozen=True)
class Told:
    """Somebody who is waiting for an answer, and the language in which they asked."""

    asker: str
    language: str


def keep_question(tx: Tx, question: OpenQuestion, at_ms: int) -> bool:
    """Keep an open question; False when it is there already."""
    return (
        tx.run(
            "INSERT INTO questions (id, at, question, same, language, state, words, document,"
            " section, passage, asker) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            question.id,
            at_ms,
            question.question,
            question.same,
            question.language,
            question.state,
            json.dumps(question.words, ensure_ascii=False),
            question.document,
            question.section,
            question.passage,
            question.asker,
        )
        == 1
    )


def open_questions(tx: Tx, since_ms: int = 0) -> tuple[OpenQuestion, ...]:
    """The open questions, one for those of the same words, oldest first."""
    rows = tx.rows(
        "SELECT * FROM questions WHERE answered IS NULL AND at >= ? ORDER BY at, id", since_ms
    )
    first: dict[str, Row] = {}
    times: dict[str, int] = {}
    for row in rows:
        first.setdefault(row["same"], row)
        times[row["same"]] = times.get(row["same"], 0) + 1
    return tuple(_question(row, times[same]) for same, row in first.items())


def question_of(tx: Tx, question_id: str) -> OpenQuestion | None:
    """The question while it is open, else None."""
    row = tx.one("SELECT * FROM questions WHERE id = ? AND answered IS NULL", question_id)
    return _question(row, 1) if row else None


def answered_by(tx: Tx, question_id: str) -> str | None:
    """Who answered it; None when it is open or unknown."""
    row = tx.one("SELECT answered_by FROM questions WHERE id = ?", question_id)
    return row["answered_by"] if row else None


def take(tx: Tx, question_id: str, person: str) -> bool:
    """Say that `person` works on it; False when it is answered, or somebody does already."""
    return (
        tx.run(
            "UPDATE questions SET taken_by = ? WHERE id = ? AND taken_by IS NULL"
            " AND answered IS NULL",
            person,
            question_id,
        )
        == 1
    )


def settle(tx: Tx, question: OpenQuestion, person: str, now_ms: int) -> tuple[Told, ...] | None:
    """Mark it answered, and all of the same words; who is to be told, or None when another was
    first. Their ids are erased: whoever is told stands in the outbox from now on."""
    rows = tx.rows(
        "SELECT id, asker, language FROM questions WHERE same = ? AND answered IS NULL ORDER BY at",
        question.same,
    )
    changed = tx.run(
        "UPDATE questions SET answered = ?, answered_by = ?, asker = ''"
        " WHERE same = ? AND answered IS NULL",
        now_ms,
        person,
        question.same,
    )
    if not changed:
        return None
    told = {row["asker"]: Told(row["asker"], row["language"]) for row in rows if row["asker"]}
    return tuple(told.values())


def forget_questions(tx: Tx, before_ms: int, most: int = 200) -> int:
    """Delete what was asked before then; how many rows, at most `most`."""
    return tx.run(
        "DELETE FROM questions WHERE id IN"
        " (SELECT id FROM questions WHERE at < ? ORDER BY at LIMIT ? {skip})",
        before_ms,
        most,
    )


def _question(row: Row, times: int) -> OpenQuestion:
    return OpenQuestion(
        id=row["id"],
        question=row["question"],
        same=row["same"],
        language=row["language"],
        state=row["state"],
        asked=from_ms(row["at"]),
        words=tuple(json.loads(row["words"])),
        document=row["document"],
        section=row["section"],
        passage=row["passage"],
        asker=row["asker"],
        taken_by=row["taken_by"] or "",
        times=times,
    )
