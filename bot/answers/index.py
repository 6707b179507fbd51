"""The search index: one local SQLite file, rebuilt document by document when sources change."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import cast

from sqlite_utils import Database

from bot.answers.confidence import Weights, packaged_weights
from bot.answers.corpus import Entry, MemoryCorpus, Spelling, entry_of, rarity, surfaces_of
from bot.answers.documents import Block, BlockKind, Document, Facts
from bot.answers.engine import Answers, Card
from bot.answers.passages import Passage, passages_of
from bot.answers.reading import read_document
from bot.answers.reply import Kind
from bot.answers.thesaurus import Thesaurus, packaged_thesaurus, read_thesaurus
from bot.config import Config
from bot.errors import BotError
from bot.overlays import overlay_texts

SUFFIXES = {".md", ".markdown", ".txt", ".pdf", ".docx"}


def answers_from(paths: Sequence[Path], config: Config | None = None) -> Answers:
    """Answers from just these files, indexed in memory; raises BotError for one it cannot read."""
    documents = [read_document(path) for path in paths]
    return answers_over(documents, read_words(config))


def answers_over(
    documents: Iterable[Document], thesaurus: Thesaurus, weights: Weights | None = None
) -> Answers:
    """Answers from documents already read, in memory."""
    entries: list[Entry] = []
    surfaces: dict[str, str] = {}
    cards: dict[int, Card] = {}
    for number, document in enumerate(documents):
        cards[number] = Card(document.name, document.facts, document.scanned, document.raw)
        for passage in passages_of(document, number):
            entries.append(entry_of(passage, document.title))
            surfaces |= surfaces_of(" ".join((passage.text, *passage.path, document.title)))
    return Answers(cards, MemoryCorpus(entries, surfaces), thesaurus, weights or packaged_weights())


def read_words(config: Config | None) -> Thesaurus:
    """The thesaurus that ships, with the municipality's own added."""
    own = overlay_texts(config.folders.thesaurus, ".toml") if config else {}
    return read_thesaurus([packaged_thesaurus(), *((text, file) for file, text in own.items())])


def handbook() -> list[Document]:
    """The chapters that ship with the product."""
    folder = files("bot.guidelines")
    found = []
    for chapter in sorted(folder.iterdir(), key=lambda one: one.name):
        if chapter.name.endswith(".md"):
            with as_file(chapter) as path:
                found.append(read_document(path))
    return found


def open_answers(config: Config) -> Answers:
    """Answers from the handbook, the folders in config.toml and what `guidelines add` stored."""
    documents = handbook()
    for folder in config.folders.guidelines:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in SUFFIXES:
                documents.append(read_document(path))
    return answers_over(documents, read_words(config))
