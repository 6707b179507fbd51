"""The thesaurus kept in the index as it was read: a new process need not stem 5,000 heads again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from sqlite3 import OperationalError

from bot.answers.index import FORMAT, IndexFile
from bot.answers.phrases import Phrase
from bot.answers.thesaurus import Thesaurus, read_thesaurus

Heads = Mapping[Phrase, Mapping[str, float]]


def words_in(index: IndexFile, texts: Sequence[tuple[str, str]]) -> Thesaurus:
    """The thesaurus in (TOML text, file name) pairs, from the index while they are the same.

    Raises MessagesError with every mistake of a file.
    """
    digest = hashlib.sha256(repr((FORMAT, version("simplemma"), *texts)).encode()).hexdigest()
    row = index.db.execute("SELECT value FROM about WHERE key = 'thesaurus'").fetchone()
    kept, _, text = row[0].partition("\n") if row else ("", "", "")
    if kept == digest:
        return _thesaurus(text)
    thesaurus = read_thesaurus(texts)
    try:
        with index.writing():
            index.db.execute(
                "INSERT OR REPLACE INTO about VALUES ('thesaurus', ?)",
                [f"{digest}\n{_text(thesaurus)}"],
            )
    except OperationalError:
        pass  # another process holds it, or nobody may write: the next one keeps it
    return thesaurus


def _text(thesaurus: Thesaurus) -> str:
    row = [_rows(thesaurus.danish), _rows(thesaurus.english), thesaurus.surfaces]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _rows(heads: Heads) -> list[tuple[Phrase, Mapping[str, float]]]:
    return list(heads.items())


def _thesaurus(text: str) -> Thesaurus:
    danish, english, surfaces = json.loads(text)
    return Thesaurus(
        {tuple(phrase): meanings for phrase, meanings in danish},
        {tuple(phrase): meanings for phrase, meanings in english},
        surfaces,
    )
