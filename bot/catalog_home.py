"""Where translations are written: the municipality's own folder, or the catalogs of a checkout."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.config import Config
from bot.errors import BotError
from bot.whole_file import write_whole

BEGUN = ".brobygger-begun"
"""What several files are to hold, until they do."""

_LOCK = ".brobygger-lock"


@dataclass(frozen=True)
class CatalogHome:
    """A folder of catalogs. `own`: it lies over the packaged ones and holds only what differs."""

    folder: Path
    own: bool

    def write(self, path: str, content: bytes) -> Path:
        """Put the file at `path` below the folder, whole or not at all."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
        return file

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes here until the block ends, in this process or another; what a killed
        one had begun is finished first. The lock dies with its process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with _locked(self.folder):
            begun = self.text(BEGUN)
            if begun:
                self._finish(json.loads(begun))
            yield

    def write_all(self, contents: Mapping[str, bytes]) -> None:
        """Put several files below the folder, all or none of them: call it inside `alone`."""
        texts = {path: content.decode("utf-8") for path, content in contents.items()}
        self.write(BEGUN, json.dumps(texts, ensure_ascii=False).encode())
        self._finish(texts)

    def _finish(self, texts: Mapping[str, str]) -> None:
        for path, text in texts.items():
            self.write(path, text.encode())
        (self.folder / BEGUN).unlink(missing_ok=True)

    def text(self, path: str) -> str:
        """What the file holds, "" where there is none."""
        file = self.folder / path
        return file.read_text(encoding="utf-8") if file.is_file() else ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder's own lock, which leaves nothing behind; a file's where a network drive has none
    for folders."""
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError:
            os.close(held)
            held = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def catalog_home(config: Config, packaged: Path | None = None) -> CatalogHome:
    """`[folders] catalogs` where the configuration names one, else locales/ of a checkout.

    `packaged` is the folder of the catalogs that ship, where it is not the installed one. Raises
    BotError where there is neither: an installed package is never written in.
    """
    if config.folders.catalogs is not None:
        return CatalogHome(config.folders.catalogs, own=True)
    locales = packaged or Path(str(files("locales")))
    checkout = (locales.parent / "pyproject.toml").is_file()
    if checkout and os.access(locales, os.W_OK):
        return CatalogHome(locales, own=False)
    raise BotError(
        "Oversættelser gemmes i kommunens egen mappe, og config.toml nævner ingen. "
        "Lav en mappe, og skriv den under [folders], f.eks. catalogs = “egne/catalogs”."
    )
