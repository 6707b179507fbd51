"""The store copied to a file, and brought back from one, while it is in use."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.actions.privacy import erased_ids
from bot.errors import BotError, Refused
from bot.people import Actor, Role
from bot.stores.erasure import erase_mentions
from scheduler import store_copy
from scheduler.audit import record
from scheduler.store import to_ms
from scheduler.store_copy import Restored

if TYPE_CHECKING:
    from bot.app import App

_SQLITE = b"SQLite format 3"


def back_up(actor: Actor, file: Path, app: App, now: datetime) -> int:
    """Write a copy of the store to a new file; its size in bytes. Readable by its owner alone."""
    _must_administer(actor)
    if not file.parent.is_dir():
        raise BotError("Mappen {folder} findes ikke. Lav den først.", folder=file.parent)
    with app.database.write() as tx:
        record(tx, actor.id, "store.backup", "store", to_ms(now))
    store_copy.back_up(app.database, file, app.stores)
    return file.stat().st_size


def restore(actor: Actor, file: Path, app: App, now: datetime) -> Restored:
    """Put the copy's rows in the place of the store's. Erased cases are erased again, and what was
    posted since the copy is not posted twice. The copy itself is left as it is."""
    _must_administer(actor)
    if not file.is_file():
        raise BotError("Kopien {file} findes ikke. Peg på en fil fra brobygger backup.", file=file)
    with file.open("rb") as opened:
        if opened.read(len(_SQLITE)) != _SQLITE:
            raise BotError("{file} er ikke en kopi fra brobygger backup. Peg på en.", file=file)
    with tempfile.TemporaryDirectory(prefix="brobygger-") as folder:
        working = Path(folder) / "copy.db"
        shutil.copyfile(file, working)
        copy = store_copy.open_copy(working, app.stores)
        try:
            return store_copy.restore(
                app.database,
                copy,
                erased_ids(app),
                actor.id,
                to_ms(now),
                mentions=erase_mentions,
            )
        finally:
            copy.close()


def _must_administer(actor: Actor) -> None:
    if not actor.may(Role.ADMINISTRATOR):
        raise Refused("Kun en administrator kan kopiere eller hente databasen.")
