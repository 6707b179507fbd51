"""Fixtures that every part of the test suite may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the real guideline note and the owner's questions; not part of the project.

    BROBYGGER_SHARED names it; else a folder called "shared" beside the checkout is used.
    """
    named = os.environ.get("BROBYGGER_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real note is not here: point BROBYGGER_SHARED at the folder that holds it")
    return folder
