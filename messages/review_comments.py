"""What reviewers say of a translation: comments.toml, each bound to the words it is about.

No name is kept: who spoke is of no use to the translator, and it would be personal data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from messages.tables import Table

LONGEST = 500


@dataclass(frozen=True)
class Comment:
    """One remark. `seal` binds it to a sentence and its translation: when either changes, it has
    been heard, and falls away."""

    seal: str
    on: date
    text: str


def read_comments(text: str, file: str) -> tuple[Comment, ...]:
    """The `[[comment]]` rows of a comments.toml; raises MessagesError with every mistake."""
    table, mistakes = Table.parse(text, file)
    found = []
    for row in table.tables("comment"):
        seal, on, said = row.text("seal"), row.day("on"), row.text("text")
        row.close()
        if on is not None:
            found.append(Comment(seal, on, said))
    table.close()
    mistakes.settle()
    return tuple(found)


def with_comments(
    old: Iterable[Comment], new: Iterable[Comment], valid: frozenset[str]
) -> tuple[Comment, ...]:
    """The comments that are still about today's words, each said once."""
    return tuple(dict.fromkeys(one for one in (*old, *new) if one.seal in valid))


def comments_toml(rows: Iterable[Comment]) -> bytes:
    """The file as the desk writes it."""
    lines = ["# What reviewers say of the translation. Written by the desk; read by translators."]
    for row in rows:
        # A JSON string is a TOML basic string but for DEL, which no comment holds.
        text = json.dumps(row.text, ensure_ascii=False)
        lines += ["", "[[comment]]", f'seal = "{row.seal}"', f"on = {row.on.isoformat()}"]
        lines += [f"text = {text}"]
    return ("\n".join(lines) + "\n").encode()
