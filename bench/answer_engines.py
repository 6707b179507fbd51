"""The searches that ours is measured against, each over the same passages: build, then rank."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import Stemmer
import tantivy

from bot.answers.documents import Block, BlockKind, Document, Facts
from bot.answers.engine import Answers
from bot.answers.index import IndexFile
from bot.answers.opening import answers_in, read_words
from bot.answers.passages import Passage

FIRST = 10
Ask = Callable[[str], Sequence[str]]
"""A question to texts of passages, best first."""


def with_heading(passage: Passage) -> str:
    """What the others index: the heading path helps them too."""
    return "\n".join((*passage.path, passage.text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def fts5(passages: Sequence[Passage]) -> Ask:
    """SQLite's full-text search as it comes: unicode61, any of the words, bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE passages USING fts5(text)")
    db.executemany(
        "INSERT INTO passages (rowid, text) VALUES (?, ?)",
        [(number, with_heading(one)) for number, one in enumerate(passages)],
    )

    def ask(question: str) -> list[str]:
        terms = " OR ".join(f'"{word}"' for word in _words(question))
        rows = db.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?",
            (terms or '""', FIRST),
        )
        return [passages[number].text for (number,) in rows]

    return ask


def bm25s_of(passages: Sequence[Passage], stemmer: Stemmer.Stemmer | None) -> Ask:
    """bm25s as it comes, or with the Danish Snowball stemmer and no English stop words."""
    texts = [with_heading(one) for one in passages]
    options = {"stopwords": [] if stemmer else "en", "stemmer": stemmer, "show_progress": False}
    found = bm25s.BM25()
    found.index(bm25s.tokenize(texts, **options), show_progress=False)

    def ask(question: str) -> list[str]:
        tokens = bm25s.tokenize([question], **options)
        numbers, scores = found.retrieve(tokens, k=min(FIRST, len(texts)), show_progress=False)
        pairs = zip(numbers[0], scores[0], strict=True)
        return [passages[int(number)].text for number, score in pairs if score > 0]

    return ask


def tantivy_of(passages: Sequence[Passage], *, danish: bool) -> Ask:
    """tantivy as it comes, or with its own Danish stop words and stemmer."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True)
    builder.add_text_field("text", tokenizer_name="da" if danish else "default")
    index = tantivy.Index(builder.build())
    filters = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(
        tantivy.Filter.lowercase()
    )
    if danish:
        filters = filters.filter(tantivy.Filter.stopword("danish"))
        filters = filters.filter(tantivy.Filter.stemmer("danish"))
        index.register_tokenizer("da", filters.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for number, one in enumerate(passages):
        writer.add_document(tantivy.Document(number=number, text=with_heading(one)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> list[str]:
        query = index.parse_query(" ".join(_words(question)), ["text"])
        hits = searcher.search(query, FIRST).hits
        return [passages[searcher.doc(place)["number"][0]].text for _, place in hits]

    return ask


def write_index(documents: Sequence[Document], path: Path) -> None:
    """The index file of a municipality with these guidelines."""
    IndexFile(path).put([("bench", one) for one in documents])


def ours_from_file(path: Path) -> Answers:
    """Opened as `serve` opens it: in memory while it is small, from FTS5 candidates beyond."""
    return answers_in(IndexFile(path), read_words())


def filler_document(number: int, paragraphs: Sequence[str]) -> Document:
    blocks = []
    for place, text in enumerate(paragraphs):
        blocks.append(Block(BlockKind.HEADING, f"{number}.{place} {text.split('.')[0][:60]}", 2))
        blocks.append(Block(BlockKind.TEXT, text))
    name = f"fyld-{number}.txt"
    return Document(name, Facts(title=f"Fyld {number}"), "", tuple(blocks), sha=name)
