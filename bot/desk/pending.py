"""Sign-ins on their way: what must come back from the issuer, bound to the browser that left."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.desk.sessions import hashed
from bot.stores import sessions as store
from scheduler.dialect import Database
from scheduler.store import to_ms

MOST = 1_000
LONGEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Begun:
    """One sign-in under way: what Authlib keeps, and where to go after."""

    back: str
    session: dict[str, Any] = field(default_factory=dict)


class Pending:
    """The sign-ins that have left for the issuer, in the store: they may come back to another
    process. Each comes back once, within ten minutes; the oldest give way."""

    def __init__(self, database: Database, now: Callable[[], datetime], most: int = MOST) -> None:
        self._database = database
        self._now = now
        self._most = most

    def keep(self, begun: Begun) -> str:
        """Keep it until it comes back; gives the secret for the cookie. Raises StoreFailed."""
        secret = secrets.token_urlsafe(32)
        text = json.dumps([begun.back, begun.session])
        now = self._now()
        with self._database.write() as tx:
            before = to_ms(now - LONGEST)
            store.leave(tx, hashed(secret), text, to_ms(now), before_ms=before, most=self._most)
        return secret

    def take(self, secret: str) -> Begun | None:
        """What left with this secret; None for a second time. Raises StoreFailed."""
        if not secret:
            return None
        with self._database.write() as tx:
            text = store.come_back(tx, hashed(secret), to_ms(self._now() - LONGEST))
        return Begun(*json.loads(text)) if text else None
