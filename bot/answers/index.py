"""The search index: one local SQLite file, brought up to date when the guidelines change."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from sqlite3 import DatabaseError
from typing import cast

from sqlite_utils import Database

from bot.answers.corpus import Entry, entry_of, surfaces_of
from bot.answers.documents import Document
from bot.answers.engine import Card
from bot.answers.passages import passages_of, scope_of
from bot.answers.storage import document_row, entry_row, facts_of, passage_row, stored_document
from bot.errors import BotError

FORMAT = "2"

_SCHEMA = files("bot.answers").joinpath("index.sql").read_text("utf-8")


@dataclass(frozen=True)
class Source:
    """A document in the index: where it came from, its name, and the hash of its bytes."""

    id: int
    origin: str
    name: str
    sha: str


class IndexFile:
    """The SQLite file. Each thread has a connection of its own."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._local = threading.local()
        self._shared = Database(memory=True) if path == ":memory:" else None
        try:
            self.db.executescript(_SCHEMA)
            self._renew()
        except DatabaseError as error:
            raise BotError(
                "Søgeindekset {file} kan ikke bruges: {reason}. Slet filen, så bliver den lavet "
                "igen, og tilføj de retningslinjer, der var lagt ind med guidelines add.",
                file=path,
                reason=str(error),
            ) from None

    @property
    def db(self) -> Database:
        """This thread's connection."""
        if self._shared is not None:
            return self._shared
        if not hasattr(self._local, "db"):
            self._local.db = Database(str(self.path))
        return cast("Database", self._local.db)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that no other process writes beside."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def _renew(self) -> None:
        """Weigh the passages again when the index was written by another version.

        Files that are at hand are read again too: the opening finds their hash changed.
        """
        row = self.db.execute("SELECT value FROM about WHERE key = 'format'").fetchone()
        if row and row[0] == FORMAT:
            return
        with self.writing():
            documents = [(one.id, self.document(one.id)) for one in self.sources()]
            for number, document in documents:
                self._weigh(number, document)
            self._count()
            self.db.execute("UPDATE documents SET sha = '' WHERE origin <> 'added'")
            self.db.execute("INSERT OR REPLACE INTO about VALUES ('format', ?)", [FORMAT])

    def sources(self) -> list[Source]:
        """Every document in the index, in the order in which it came."""
        rows = self.db.execute("SELECT id, origin, name, sha FROM documents ORDER BY id")
        return [Source(*row) for row in rows.fetchall()]

    def document(self, number: int) -> Document:
        """A document as it was read in; its blocks are kept, so its file is not needed again."""
        row = self.db.execute(
            "SELECT name, facts, raw, blocks, scanned, restored, sha FROM documents WHERE id = ?",
            [number],
        ).fetchone()
        return stored_document(row)

    def put(self, documents: Iterable[tuple[str, Document]], gone: Iterable[int] = ()) -> None:
        """Store (origin, document) pairs, each in place of its namesake, and drop those gone."""
        with self.writing():
            for number in gone:
                self._drop(number)
            for origin, document in documents:
                self._store(origin, document)
            self._count()

    def cards(self) -> dict[int, Card]:
        """What replies say of each document."""
        rows = self.db.execute(
            "SELECT id, name, facts, scanned, CASE WHEN scanned THEN raw ELSE '' END FROM documents"
        )
        return {
            number: Card(name, facts_of(facts), bool(scanned), raw)
            for number, name, facts, scanned, raw in rows.fetchall()
        }

    def size(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def mean_length(self) -> float:
        return float(self.db.execute("SELECT ifnull(avg(length), 0) FROM passages").fetchone()[0])

    def entries(self) -> list[Entry]:
        """Every passage, weighed, in order of documents and of their text."""
        return [entry for _, entry in self._entries("ORDER BY document, id", [])]

    def vocabulary(self) -> dict[str, str]:
        return dict(self.db.execute("SELECT surface, key FROM vocabulary").fetchall())

    def holders(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT key, count FROM holders").fetchall())

    def matching(self, keys: Iterable[str], most: int) -> list[tuple[int, Entry]]:
        """The passages that FTS5 ranks highest for any of these keys."""
        terms = " OR ".join('"' + key.replace('"', '""') + '"' for key in keys)
        return self._entries(
            "JOIN (SELECT rowid FROM passage_keys WHERE passage_keys MATCH ? ORDER BY rank "
            "LIMIT ?) AS found ON found.rowid = passages.id",
            [terms, most],
        )

    def entry(self, number: int) -> Entry | None:
        found = self._entries("WHERE id = ?", [number])
        return found[0][1] if found else None

    def _entries(self, where: str, values: list[object]) -> list[tuple[int, Entry]]:
        rows = self.db.execute(
            f"SELECT id, document, passage, weights, heading, length FROM passages {where}",  # noqa: S608 - `where` is one of ours
            values,
        )
        return [(number, entry_row(document, *rest)) for number, document, *rest in rows.fetchall()]

    def _store(self, origin: str, document: Document) -> None:
        same = self.db.execute(
            "SELECT id FROM documents WHERE origin = ? AND name = ?", [origin, document.name]
        ).fetchone()
        if same:
            self._drop(same[0])
        row = document_row(origin, document)
        table = self.db.table("documents")
        number = cast("int", table.insert(row, pk="id").last_pk)
        self._weigh(number, document)

    def _weigh(self, number: int, document: Document) -> None:
        self._drop_passages(number)
        passages = passages_of(document, number)
        for passage in passages:
            entry = entry_of(passage, document.title, scope_of(passages))
            found = surfaces_of(" ".join((passage.text, *passage.path, document.title)))
            cursor = self.db.execute(
                "INSERT INTO passages (document, passage, weights, heading, length, surfaces) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    number,
                    json.dumps(passage_row(entry), ensure_ascii=False),
                    json.dumps(dict(entry.weights), ensure_ascii=False),
                    json.dumps(sorted(entry.heading), ensure_ascii=False),
                    entry.length,
                    json.dumps(found, ensure_ascii=False),
                ],
            )
            self.db.execute(
                "INSERT INTO passage_keys (rowid, keys) VALUES (?, ?)",
                [cursor.lastrowid, " ".join(entry.weights)],
            )

    def _drop(self, number: int) -> None:
        self._drop_passages(number)
        self.db.execute("DELETE FROM documents WHERE id = ?", [number])

    def _drop_passages(self, number: int) -> None:
        self.db.execute(
            "DELETE FROM passage_keys WHERE rowid IN (SELECT id FROM passages WHERE document = ?)",
            [number],
        )
        self.db.execute("DELETE FROM passages WHERE document = ?", [number])

    def _count(self) -> None:
        """Count again who holds which key: after every change, in the same transaction."""
        self.db.execute("DELETE FROM holders")
        self.db.execute(
            "INSERT INTO holders SELECT each.key, count(*) FROM passages, "
            "json_each(passages.weights) AS each GROUP BY each.key"
        )
        self.db.execute("DELETE FROM vocabulary")
        self.db.execute(
            "INSERT OR IGNORE INTO vocabulary SELECT each.key, each.value FROM passages, "
            "json_each(passages.surfaces) AS each"
        )
