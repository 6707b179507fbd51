"""Guidelines changed while the bot runs: seen within seconds, opened anew beside the old ones."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from bot.answers.engine import Answers
from bot.answers.index import IndexFile
from bot.answers.index_generation import generation
from bot.answers.opening import SUFFIXES, Opened, opened
from bot.config import Config
from bot.errors import BotError
from messages.errors import Problem
from messages.tables import N_

LOOK_SECONDS = 3.0
_TRY_AGAIN_AFTER = 20
"""Looks, about a minute: what failed for another reason than a change may be well again."""

log = logging.getLogger(__name__)

Mark = tuple[int, int, int]
"""A file as it lies there: when it was written, its size, which file it is."""


class Renewal:
    """Looks whether the guidelines or the thesaurus changed, and opens the answers anew.

    `take` is handed the new answers when they are whole: until then, and whenever they cannot be
    opened, questions are answered from the old. `tell` hears each trouble once.
    """

    def __init__(
        self, config: Config, take: Callable[[Answers], None], tell: Callable[[Problem], None]
    ) -> None:
        self._config = config
        self._take = take
        self._tell = tell
        self._files: dict[Path, Mark] = {}
        self._index: Mark | None = None
        self._generation = 0
        self._failed = 0
        self._told: set[str] = set()

    def open(self) -> None:
        """Open for the first time. Raises BotError and MessagesError: there is no older one."""
        files = dict(self._marks())
        index = _mark(self._config.store.index)
        self._use(opened(self._config), files, index)

    def look(self) -> bool:
        """Open anew if something changed; whether it was."""
        files, index = dict(self._marks()), _mark(self._config.store.index)
        if files == self._files and not self._index_changed(index) and not self._is_time_again():
            return False
        try:
            found = opened(self._config, again=True)
        except (Problem, OSError, sqlite3.Error) as error:
            if not _is_busy(error):
                self._files, self._index, self._failed = files, index, _TRY_AGAIN_AFTER
                self._tell_once(_worded(error))
            return False
        self._use(found, files, index)
        return True

    def _is_time_again(self) -> bool:
        """Whether the last try failed, long enough ago."""
        self._failed = max(0, self._failed - 1)
        return self._failed == 1

    def _use(self, found: Opened, files: dict[Path, Mark], index: Mark | None) -> None:
        # The marks are from before: what changed while we read is seen at the next look.
        self._files, self._index = files, index
        self._generation, self._failed = found.generation, 0
        self._told &= {str(problem) for problem in found.left_out}
        for problem in found.left_out:
            self._tell_once(problem)
        self._take(found.answers)

    def _index_changed(self, mark: Mark | None) -> bool:
        """Whether guidelines were added or removed; the file is also written for other reasons."""
        if mark == self._index:
            return False
        try:
            changed = generation(IndexFile(self._config.store.index)) != self._generation
        except (BotError, sqlite3.Error):
            return True
        if not changed:
            self._index = mark
        return changed

    def _tell_once(self, problem: Problem) -> None:
        if str(problem) not in self._told:
            self._told.add(str(problem))
            self._tell(problem)

    def _marks(self) -> Iterator[tuple[Path, Mark]]:
        """Every file that answers come from besides the index."""
        folders = self._config.folders
        for folder, suffixes in (
            *((one, SUFFIXES) for one in folders.guidelines),
            *(((folders.thesaurus, {".toml"}),) if folders.thesaurus else ()),
        ):
            yield folder, (0, 0, int(folder.is_dir()))
            for path in folder.rglob("*"):
                mark = _mark(path) if path.suffix.lower() in suffixes else None
                if mark:
                    yield path, mark


def _mark(path: Path) -> Mark | None:
    with suppress(OSError):
        seen = path.stat()
        return seen.st_mtime_ns, seen.st_size, seen.st_ino
    return None


def _is_busy(error: BaseException | None) -> bool:
    """Whether another process holds the index: it will be free at one of the next looks."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorname == "SQLITE_BUSY"
    return error is not None and _is_busy(error.__context__)


def _worded(error: Problem | OSError | sqlite3.Error) -> Problem:
    if isinstance(error, Problem):
        return error
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(N_("Retningslinjerne kan ikke læses: {reason}."), reason=reason)
