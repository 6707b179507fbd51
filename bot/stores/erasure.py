"""What the doors' own tables hold about a case, erased with it."""

from __future__ import annotations

from scheduler.dialect import Tx
from scheduler.nudges import GATHERED, KIND


def erase_mentions(tx: Tx, reference: str) -> int:
    """Delete open questions, undeliverable posts, and the text of events, in which the reference
    was written; how many.

    A reference inside a longer one (INT-104 in INT-1042) is taken for a mention: better one
    question too many than one that should be gone.
    """
    escaped = reference.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped.lower()}%"
    gone = tx.run("DELETE FROM questions WHERE lower(question) LIKE ? ESCAPE '\\'", like)
    gone += tx.run(
        "DELETE FROM outbox WHERE state = 'dead' AND kind NOT IN (?, ?)"
        " AND (lower(text) LIKE ? ESCAPE '\\' OR lower(blocks) LIKE ? ESCAPE '\\')",
        KIND,  # the posts of steps go with their own case, and only with it
        GATHERED,
        like,
        like,
    )
    return gone + tx.run(
        "UPDATE inbox SET text = '' WHERE text <> '' AND lower(text) LIKE ? ESCAPE '\\'", like
    )
