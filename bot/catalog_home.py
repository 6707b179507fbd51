"""Where translations are written: the municipality's own folder, or the catalogs of a checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.config import Config
from bot.errors import BotError
from bot.whole_file import write_whole


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

    def text(self, path: str) -> str:
        """What the file holds, "" where there is none."""
        file = self.folder / path
        return file.read_text(encoding="utf-8") if file.is_file() else ""


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
