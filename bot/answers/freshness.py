"""Whether the index holds the guidelines as they lie there now; changes nothing."""

from __future__ import annotations

import hashlib

from bot.answers.index import IndexFile
from bot.answers.opening import ADDED, sources_of
from bot.config import Config


def not_in_index(config: Config) -> tuple[str, ...]:
    """The names of files that are new, changed or gone since they were read in; none where there
    is no index, because all is then read into memory. Raises BotError for a folder that is gone."""
    if not config.store.index.is_file():
        return ()
    wanted = {
        name: (hashlib.sha256(path.read_bytes()).hexdigest(), origin)
        for name, (origin, path) in sources_of(config).items()
    }
    index = IndexFile(config.store.index)
    stored = {one.name: (one.sha, one.origin) for one in index.sources() if one.origin != ADDED}
    names = sorted(wanted.keys() | stored.keys())
    return tuple(name for name in names if wanted.get(name) != stored.get(name))
