"""Works off the inbox: each row is handled, its posts go to the outbox, its text is erased."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from datetime import datetime

from bot.slack.failures import place_of
from bot.stores.inbox import Inbox, Incoming
from scheduler.dialect import Database
from scheduler.errors import PostFailed, StoreFailed
from scheduler.outbox import Outbox, Outgoing
from scheduler.sending import Stopwatch

logger = logging.getLogger(__name__)

Handle = Callable[[Incoming], tuple[Outgoing, ...]]

_TRIES = 3
_CALM_SECONDS, _MOST_PATIENCE, _NAP = 0.03, 0.5, 0.01
_AGAIN_SECONDS = 5.0


class Rush:
    """Knows whether events are streaming in. They must be acknowledged in time, and answers share
    the processor with that: so in a rush the answers wait a little. One event alone is no rush,
    nor is Slack's own cap of eight a second.
    """

    def __init__(self, watch: Stopwatch | None = None) -> None:
        watch = watch or Stopwatch()
        self._elapsed, self._pause = watch.elapsed, watch.pause
        self._before = self._last = -math.inf

    def came(self) -> None:
        """An event came in just now."""
        self._before, self._last = self._last, self._elapsed()

    def wait(self) -> None:
        """Return at once when nothing is streaming in, else when nothing came for a moment, or
        after half a second at the latest."""
        end = self._elapsed() + _MOST_PATIENCE
        while (now := self._elapsed()) < end and self._streams(now):
            self._pause(_NAP)

    def _streams(self, now: float) -> bool:
        return self._last - self._before < _CALM_SECONDS and now - self._last < _CALM_SECONDS


class Worker:
    """Handles what arrived. `handle` gives the posts that a row causes; `apologise` those for a
    row that cannot be handled, so that nobody is left without a word.

    The posts and the mark that the row is handled are one transaction: after a kill the row is
    either handled with its posts in the outbox, or free again when its lease ends.
    """

    def __init__(
        self,
        database: Database,
        handle: Handle,
        apologise: Handle,
        now: Callable[[], datetime],
        rush: Rush | None = None,
    ) -> None:
        self._database = database
        self._inbox = Inbox(database)
        self._outbox = Outbox()
        self._handle = handle
        self._apologise = apologise
        self._now = now
        self._rush = rush

    def work_off(self) -> int:
        """Handle all that is free now, oldest first; how many rows that were. Raises StoreFailed:
        what is left then is free again when its lease ends.
        """
        handled = 0
        while rows := self._inbox.claim(self._now_ms()):
            for incoming in rows:
                if self._rush:
                    self._rush.wait()
                self._try(incoming)
            handled += len(rows)
        return handled

    def _try(self, incoming: Incoming) -> None:
        try:
            self._finish(incoming, self._handle(incoming))
        except StoreFailed:
            raise
        except PostFailed as failed:
            self._not_shown(incoming, failed)
        except Exception as error:  # noqa: BLE001 - one row must not stop the others
            self._went_wrong(incoming, error)

    def _finish(self, incoming: Incoming, posts: tuple[Outgoing, ...]) -> None:
        with self._database.write() as tx:
            if self._inbox.finish(tx, incoming):
                for outgoing in posts:
                    self._outbox.put(tx, outgoing)

    def _not_shown(self, incoming: Incoming, failed: PostFailed) -> None:
        """A private word or a changed card did not reach Slack; both may be shown again."""
        if failed.permanent or incoming.attempt >= _TRIES:
            logger.warning("Gave up on %s: %s", incoming.kind, failed)
            self._finish(incoming, ())
            return
        self._again(incoming, failed.retry_after or _AGAIN_SECONDS)

    def _went_wrong(self, incoming: Incoming, error: Exception) -> None:
        logger.error("%s failed at %s", incoming.kind, place_of(error))
        if incoming.attempt < _TRIES:
            self._again(incoming, _AGAIN_SECONDS)
        else:
            self._finish(incoming, self._apologise(incoming))

    def _again(self, incoming: Incoming, seconds: float) -> None:
        self._inbox.release(incoming, self._now_ms(), round(seconds * 1000))

    def _now_ms(self) -> int:
        return round(self._now().timestamp() * 1000)
