"""What no other file lets go: rows of a door that is shut, and of questions that are gone."""

from __future__ import annotations

from scheduler.dialect import Tx


def forget_events(tx: Tx, before_ms: int, most: int) -> int:
    """Delete the events that arrived before then, also those that nobody handled because Slack was
    switched off; how many rows, at most `most`."""
    return tx.run(
        "DELETE FROM inbox WHERE id IN"
        " (SELECT id FROM inbox WHERE received < ? ORDER BY received LIMIT ? {skip})",
        before_ms,
        most,
    )


def forget_sent_to_experts(tx: Tx, most: int) -> int:
    """Delete what was remembered of questions that are there no more; how many rows."""
    return tx.run(
        "DELETE FROM expert_questions WHERE id IN (SELECT id FROM expert_questions"
        " WHERE NOT EXISTS (SELECT 1 FROM questions WHERE questions.id = expert_questions.id)"
        " LIMIT ? {skip})",
        most,
    )


def end_visits(tx: Tx, seen_before: int, began_before: int, left_before: int) -> int:
    """Delete the desk's sessions not seen, or begun, before then, and sign-ins left before then."""
    gone = tx.run("DELETE FROM sessions WHERE seen < ? OR began < ?", seen_before, began_before)
    return gone + tx.run("DELETE FROM sign_ins WHERE at < ?", left_before)
