"""Who is signed in to the desk, and who is on the way: by the hash of what their browser holds."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dialect import Tx
from scheduler.migrations import MigrationSet


@dataclass(frozen=True)
class Kept:
    """A session's person and when it began and was last seen, in UTC milliseconds."""

    person: str
    began: int
    seen: int


def begin(tx: Tx, name: str, person: str, now_ms: int) -> None:
    tx.run(
        "INSERT INTO sessions (name, person, began, seen) VALUES (?, ?, ?, ?)",
        name,
        person,
        now_ms,
        now_ms,
    )


def find(tx: Tx, name: str) -> Kept | None:
    row = tx.one("SELECT person, began, seen FROM sessions WHERE name = ?", name)
    return Kept(**row) if row else None


def see(tx: Tx, name: str, now_ms: int) -> None:
    tx.run("UPDATE sessions SET seen = ? WHERE name = ?", now_ms, name)


def end(tx: Tx, name: str) -> None:
    tx.run("DELETE FROM sessions WHERE name = ?", name)


def end_old(tx: Tx, seen_before: int, began_before: int, most: int) -> None:
    """Drop what has ended, and of the rest all but the `most` seen last."""
    tx.run("DELETE FROM sessions WHERE seen < ? OR began < ?", seen_before, began_before)
    tx.run(
        "DELETE FROM sessions WHERE name NOT IN"
        " (SELECT name FROM sessions ORDER BY seen DESC LIMIT ?)",
        most,
    )


def leave(tx: Tx, name: str, text: str, now_ms: int, *, before_ms: int, most: int) -> None:
    """Somebody leaves for the issuer; `text` must be there when they come back. Those who left
    before `before_ms`, and all but the `most` last, are given up."""
    tx.run("INSERT INTO sign_ins (name, text, at) VALUES (?, ?, ?)", name, text, now_ms)
    tx.run("DELETE FROM sign_ins WHERE at < ?", before_ms)
    tx.run(
        "DELETE FROM sign_ins WHERE name NOT IN"
        " (SELECT name FROM sign_ins ORDER BY at DESC LIMIT ?)",
        most,
    )


def come_back(tx: Tx, name: str, before_ms: int) -> str | None:
    """What was kept for them: once, and None for whoever left before `before_ms` or never."""
    row = tx.one("SELECT text FROM sign_ins WHERE name = ? AND at >= ?", name, before_ms)
    gone = tx.run("DELETE FROM sign_ins WHERE name = ?", name)
    return str(row["text"]) if row and gone else None


def desk_key(tx: Tx, made: str) -> str:
    """The key that all processes of this store sign their forms with: `made` where it has none."""
    tx.run(
        "INSERT INTO desk_keys (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        "forms",
        made,
    )
    row = tx.one("SELECT value FROM desk_keys WHERE name = ?", "forms")
    return str(row["value"]) if row else made


def m001_sessions(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE sessions (name TEXT PRIMARY KEY, person TEXT NOT NULL,"
        " began BIGINT NOT NULL, seen BIGINT NOT NULL)"
    )
    tx.run("CREATE TABLE sign_ins (name TEXT PRIMARY KEY, text TEXT NOT NULL, at BIGINT NOT NULL)")
    tx.run("CREATE TABLE desk_keys (name TEXT PRIMARY KEY, value TEXT NOT NULL)")


SESSIONS = MigrationSet("sessions", (m001_sessions,))
