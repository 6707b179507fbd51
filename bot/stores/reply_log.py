"""What became of questions: a line a reply, without its words and without who asked; feedback."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.dialect import Tx


@dataclass(frozen=True)
class LoggedReply:
    """A reply as it is kept: its state, and the document and section that came first."""

    id: str
    state: str
    document: str = ""
    section: str = ""


@dataclass(frozen=True)
class Counts:
    """What the report counts, most frequent first; (what, how often) each."""

    states: dict[str, int] = field(default_factory=dict)
    sections: tuple[tuple[tuple[str, str], int], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    blamed: tuple[tuple[str, int], ...] = ()
    helpful: int = 0


def keep_reply(tx: Tx, reply: LoggedReply, at_ms: int) -> bool:
    """Keep the reply; False when it is there already."""
    return (
        tx.run(
            "INSERT INTO replies (id, at, state, document, section) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            reply.id,
            at_ms,
            reply.state,
            reply.document,
            reply.section,
        )
        == 1
    )


def keep_feedback(tx: Tx, reply_id: str, actor: str, reason: str | None, now_ms: int) -> bool:
    """Keep what `actor` thought of a reply, instead of an earlier word; False for an unknown reply.

    reason: empty for helpful, None for not helpful without a reason: that takes the place of
    “helpful” alone, for a reason that was given before says more.
    """
    reply = tx.one("SELECT document FROM replies WHERE id = ?", reply_id)
    if reply is None:
        return False
    least = 1 if reason is None else 0
    tx.run(
        "DELETE FROM feedback WHERE reply = ? AND actor = ? AND helpful >= ?",
        reply_id,
        actor,
        least,
    )
    tx.run(
        "INSERT INTO feedback (reply, actor, at, helpful, reason, document)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        reply_id,
        actor,
        now_ms,
        int(reason == ""),
        reason or "",
        reply["document"],
    )
    return True


def counts(tx: Tx, since_ms: int, most: int) -> Counts:
    """What was asked since then, counted; the longest lists have `most` rows."""
    states = tx.rows(
        "SELECT state, count(*) AS n FROM replies WHERE at >= ? GROUP BY state", since_ms
    )
    sections = tx.rows(
        "SELECT document, section, count(*) AS n FROM replies WHERE at >= ? AND state = 'answer'"
        " GROUP BY document, section ORDER BY n DESC, document, section LIMIT ?",
        since_ms,
        most,
    )
    reasons = tx.rows(
        "SELECT reason, count(*) AS n FROM feedback WHERE at >= ? AND helpful = 0"
        " GROUP BY reason ORDER BY n DESC, reason",
        since_ms,
    )
    blamed = tx.rows(
        "SELECT document, count(*) AS n FROM feedback WHERE at >= ? AND helpful = 0"
        " AND document <> '' GROUP BY document ORDER BY n DESC, document LIMIT ?",
        since_ms,
        most,
    )
    helpful = tx.rows("SELECT count(*) AS n FROM feedback WHERE at >= ? AND helpful = 1", since_ms)
    return Counts(
        {row["state"]: row["n"] for row in states},
        tuple(((row["document"], row["section"]), row["n"]) for row in sections),
        tuple((row["reason"], row["n"]) for row in reasons),
        tuple((row["document"], row["n"]) for row in blamed),
        helpful[0]["n"],
    )


def forget_replies(tx: Tx, before_ms: int, most: int = 200) -> int:
    """Delete the replies and the feedback from before then; how many rows, `most` of each."""
    gone = tx.run(
        "DELETE FROM replies WHERE id IN"
        " (SELECT id FROM replies WHERE at < ? ORDER BY at LIMIT ? {skip})",
        before_ms,
        most,
    )
    return gone + tx.run(
        "DELETE FROM feedback WHERE (reply, actor) IN"
        " (SELECT reply, actor FROM feedback WHERE at < ? ORDER BY at LIMIT ? {skip})",
        before_ms,
        most,
    )
