"""Files written whole or not at all: to a neighbour first, then moved into place."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.errors import BotError
from bot.os_reasons import reason


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Put `content` at `path`, over what is there; on a failure nothing is left or changed.

    Not `durable`, a power cut just after may lose it: for whoever can tell and make it again.

    Raises BotError naming the folder when it is missing, full or not to be written in.
    """
    if path.is_dir():
        raise BotError("{file} er en mappe. Skriv et filnavn, f.eks. loenseddel.pdf.", file=path)
    temporary = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        if durable:  # its name too must outlast a power cut
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise BotError(
            "{file} kan ikke skrives: {reason}. Vælg en mappe, der findes, og som du må skrive i.",
            file=path,
            reason=reason(error),
        ) from None
