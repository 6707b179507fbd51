"""A log line that comes again and again is written once in ten minutes: Slack away is one fact."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

AGAIN_SECONDS = 600.0
_CHANGES = re.compile(r"0x[0-9a-f]+|\d+")


class Seldom(logging.Filter):
    """Lets a line through that was not written lately, whatever its numbers; debugging is whole."""

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._elapsed = elapsed
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        line = _CHANGES.sub("0", f"{record.name}:{record.getMessage()}")[:300]
        now = self._elapsed()
        if now - self._said.get(line, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return False
        if len(self._said) > 100:
            self._said.clear()
        self._said[line] = now
        return True

    def forget(self) -> None:
        """All is well again: the next trouble is a new one."""
        self._said.clear()


SELDOM = Seldom()
"""The one of this process, for what the SDK says of the way to Slack."""
