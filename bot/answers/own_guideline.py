"""A colleague's answer as a guideline: Markdown with author and date, in the overlay folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.reply import Kind
from bot.answers.terms import fold, words

_LONGEST_TITLE = 120
_LONGEST_NAME = 50
_REVIEWED_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class OwnGuideline:
    """What is to be kept: the title is the question unless the author gave a better one."""

    title: str
    text: str
    author: str
    written: date
    kind: Kind = Kind.LOCAL_RULE


def file_name(question: str, question_id: str) -> str:
    """A readable name that is the same for the same question: a second try overwrites the first."""
    plain = "-".join(fold(word) for word in words(question))
    bare = re.sub(r"[^a-z0-9-]", "", plain)[:_LONGEST_NAME].strip("-")
    return f"svar-{bare}-{question_id}.md" if bare else f"svar-{question_id}.md"


def markdown(guideline: OwnGuideline) -> str:
    """The file's text: facts first, then the title and the answer as it was written."""
    title = " ".join(guideline.title.split())[:_LONGEST_TITLE]
    author = " ".join(guideline.author.split())[:_LONGEST_TITLE]
    facts = {
        "title": title,
        "kind": guideline.kind.value,
        "owner": author,
        "author": author,
        "date": guideline.written.isoformat(),
        "valid_from": guideline.written.isoformat(),
        "review_by": (guideline.written + _REVIEWED_AFTER).isoformat(),
    }
    front = "\n".join(f"{key}: {value}" for key, value in facts.items())
    return f"---\n{front}\n---\n\n# {title}\n\n{guideline.text.strip()}\n"
