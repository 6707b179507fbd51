"""Which guidelines there are: the handbook, the folders, what was added; and answers over them."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from sqlite3 import OperationalError

from bot.answers.confidence import Weights, packaged_weights
from bot.answers.corpus import Entry, MemoryCorpus, entry_of, surfaces_of
from bot.answers.documents import Document
from bot.answers.engine import Answers, Card
from bot.answers.file_corpus import FileCorpus
from bot.answers.index import IndexFile
from bot.answers.index_generation import generation
from bot.answers.index_words import words_in
from bot.answers.passages import passages_of, scope_of
from bot.answers.reading import read_document
from bot.answers.thesaurus import Thesaurus, packaged_thesauri, read_thesaurus
from bot.config import Config
from bot.errors import BotError
from bot.overlays import overlay_texts

SUFFIXES = {".md", ".markdown", ".txt", ".pdf", ".docx"}
MOST_IN_MEMORY = 4_000
HANDBOOK, FOLDER, ADDED = "handbook", "folder", "added"

log = logging.getLogger(__name__)


def answers_from(paths: Sequence[Path], config: Config | None = None) -> Answers:
    """Answers from just these files, indexed in memory; raises BotError for one it cannot read."""
    answers = answers_over([read_document(path) for path in paths], read_words(config))
    return _with_model(answers, config or Config())


def answers_over(
    documents: Iterable[Document], thesaurus: Thesaurus, weights: Weights | None = None
) -> Answers:
    """Answers from documents already read, in memory."""
    entries: list[Entry] = []
    surfaces: dict[str, str] = {}
    cards: dict[int, Card] = {}
    for number, document in enumerate(documents):
        cards[number] = Card(document.name, document.facts, document.scanned, document.raw)
        passages = passages_of(document, number)
        for passage in passages:
            entries.append(entry_of(passage, document.title, scope_of(passages)))
            surfaces |= surfaces_of(" ".join((passage.text, *passage.path, document.title)))
    return Answers(cards, MemoryCorpus(entries, surfaces), thesaurus, weights or packaged_weights())


def read_words(config: Config | None = None) -> Thesaurus:
    """The thesaurus that ships, with the municipality's own added."""
    return read_thesaurus(_word_texts(config))


def _word_texts(config: Config | None) -> list[tuple[str, str]]:
    own = overlay_texts(config.folders.thesaurus, ".toml") if config else {}
    return [*packaged_thesauri(), *((text, file) for file, text in own.items())]


def handbook() -> list[Document]:
    """The chapters that ship with the product."""
    return [read_document(path) for path in _chapters()]


def _chapters() -> list[Path]:
    """The files of the handbook; an installed package lies unpacked, so they are real files."""
    found = [chapter for chapter in files("bot.guidelines").iterdir() if isinstance(chapter, Path)]
    return sorted(path for path in found if path.suffix == ".md")


@dataclass(frozen=True)
class Opened:
    """Answers, the generation of the index that they come from, and what could not be read."""

    answers: Answers
    generation: int = 0
    left_out: tuple[BotError, ...] = ()


def open_answers(config: Config) -> Answers:
    """Answers from the handbook, the folders in config.toml and what `guidelines add` stored.

    The index file is brought up to date first; where it cannot be written, all is read into memory.
    """
    return opened(config).answers


def opened(config: Config, *, again: bool = False) -> Opened:
    """The same, with what is to be known to open them anew when the guidelines change.

    `again`: older answers are at hand, so an index that another process holds raises
    OperationalError.
    """
    left_out: list[BotError] = []
    try:
        index = IndexFile(config.store.index)
        _refresh(index, config, left_out)
    except OperationalError as error:
        if again and error.sqlite_errorname == "SQLITE_BUSY":
            raise
        log.warning("the index %s cannot be written (%s)", config.store.index, error)
        left_out.clear()
        documents = _from_files(config, left_out).values()
        answers, number = answers_over(documents, read_words(config)), 0
    else:
        number = generation(index)  # before the passages: a change in between is seen next time
        answers = answers_in(index, words_in(index, _word_texts(config)))
    return Opened(_with_model(answers, config), number, tuple(left_out))


def _with_model(answers: Answers, config: Config) -> Answers:
    """The answers with the language model of config.toml, where it names one."""
    if config.language_model.address:
        from bot.answers.language_model import open_phraser

        phraser = open_phraser(config.language_model, os.environ)
        answers.phrase = phraser.phrase if phraser else None
    return answers


def open_index(config: Config) -> IndexFile:
    """The index file of a municipality, with every change of its sources taken in."""
    index = IndexFile(config.store.index)
    _refresh(index, config, [])
    return index


def answers_in(index: IndexFile, thesaurus: Thesaurus) -> Answers:
    """Answers from an index: in memory while it is small, from the file beyond 4,000 passages."""
    if index.size() > MOST_IN_MEMORY:
        cards = index.cards()
        return Answers(cards, FileCorpus(index, cards), thesaurus, packaged_weights())
    corpus = MemoryCorpus(index.entries(), index.vocabulary())
    return Answers(index.cards(), corpus, thesaurus, packaged_weights())


def sources_of(config: Config) -> dict[str, tuple[str, Path]]:
    """Each source by name, with its origin: a municipality's file takes its namesake's place."""
    found: dict[str, tuple[str, Path]] = {}
    for path in _chapters():
        found[path.name] = (HANDBOOK, path)
    for folder in config.folders.guidelines:
        if not folder.is_dir():
            raise BotError(
                "Mappen {folder} i [folders] guidelines findes ikke. Opret den, eller ret "
                "config.toml.",
                folder=folder,
            )
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in SUFFIXES:
                found[str(path.relative_to(folder))] = (FOLDER, path)
    return found


def _from_files(config: Config, left_out: list[BotError]) -> dict[str, Document]:
    read = {name: _readable(path, left_out) for name, (_, path) in sources_of(config).items()}
    return {name: document for name, document in read.items() if document}


def _refresh(index: IndexFile, config: Config, left_out: list[BotError]) -> None:
    """Read in what is new or changed, and drop what is gone; what was added by hand stays.

    A file that cannot be read is told to `left_out`; what it said before stays.
    """
    wanted = sources_of(config)
    stored = {one.name: one for one in index.sources() if one.origin != ADDED}
    changed = []
    for name, (origin, path) in wanted.items():
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        same = name in stored and (stored[name].sha, stored[name].origin) == (sha, origin)
        document = None if same else _readable(path, left_out)
        if document:
            changed.append((origin, replace(document, name=name)))
    names = {document.name for _, document in changed}
    gone = [one.id for name, one in stored.items() if name not in wanted or name in names]
    if changed or gone:
        index.put(changed, gone)


def _readable(path: Path, left_out: list[BotError]) -> Document | None:
    """A document, or None with a warning: one broken file must not silence all the others."""
    try:
        return read_document(path)
    except BotError as problem:
        log.warning("left out: %s", problem)
        left_out.append(problem)
        return None
