"""How often the guidelines in the index were changed: a number that only grows."""

from __future__ import annotations

from bot.answers.index import IndexFile


def generation(index: IndexFile) -> int:
    """0 before the first change. The file itself also changes when only word lists are kept."""
    row = index.db.execute("SELECT value FROM about WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0
