"""What the doors' own tables hold about a case, erased with it."""

from __future__ import annotations

from scheduler.dialect import Tx


def erase_mentions(tx: Tx, reference: str) -> int:
    """Delete open questions, and the text of events, in which the reference was written; how many.

    A reference inside a longer one (INT-104 in INT-1042) is taken for a mention: better one
    question too many than one that should be gone.
    """
    escaped = reference.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped.lower()}%"
    gone = tx.run("DELETE FROM questions WHERE lower(question) LIKE ? ESCAPE '\\'", like)
    return gone + tx.run(
        "UPDATE inbox SET text = '' WHERE text <> '' AND lower(text) LIKE ? ESCAPE '\\'", like
    )
