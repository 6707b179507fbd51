"""The municipality's own files, read from the folders that config.toml names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.errors import BotError

_LARGEST = 5_000_000


def overlay_texts(folder: Path | None, suffix: str) -> Mapping[str, str]:
    """The text of each file below `folder` that ends in `suffix`, by its path from there, in order.

    Raises BotError naming a file that cannot be read, is not UTF-8, or is larger than 5 MB.
    """
    if folder is None:
        return {}
    return {
        str(path.relative_to(folder)): _text(path)
        for path in sorted(folder.rglob(f"*{suffix}"))
        if path.is_file()
    }


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise BotError("{file} er større end 5 MB. Del den i flere filer.", file=path)
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BotError("{file} er ikke gemt som UTF-8. Gem den som UTF-8.", file=path) from None
    except OSError as error:
        raise BotError(
            "{file} kan ikke læses: {reason}.", file=path, reason=error.strerror
        ) from None
