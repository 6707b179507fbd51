"""Answers over the invented local guidelines, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.local_guidelines import local_guidelines
from bot.answers.engine import Answers
from bot.answers.opening import answers_over, read_words
from bot.answers.reading import read_document


@pytest.fixture(scope="session")
def local_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return local_guidelines(tmp_path_factory.mktemp("guidelines"))


@pytest.fixture(scope="session")
def local(local_files: list[Path]) -> Answers:
    return answers_over([read_document(path) for path in local_files], read_words())


@pytest.fixture(scope="session")
def note(shared_dir: Path) -> Path:
    return next((shared_dir / "guidelines").glob("000_*.txt"))


@pytest.fixture(scope="session")
def scan(shared_dir: Path) -> Path:
    return next((shared_dir / "guidelines").glob("001_*.txt"))
