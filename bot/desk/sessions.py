"""Who is signed in: kept in the store, found by a secret that only the browser holds."""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from bot.stores import sessions as store
from scheduler.dialect import Database
from scheduler.store import to_ms

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=10)
MOST = 5_000
_SEEN_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """One browser's visit. `token` comes back in every form that changes something."""

    person: str
    token: str


class Sessions:
    """The sessions of all processes over one store; a restart signs nobody out.

    The browser's secret is never kept, only its hash; the form token follows from the secret. A
    session ends after an hour unused (to the minute), after ten hours in any case, and when its
    person signs out. Every method may raise StoreFailed.
    """

    def __init__(self, database: Database, most: int = MOST) -> None:
        self._database = database
        self._most = most

    def begin(self, person: str, now: datetime) -> str:
        """A new session; gives the secret for the cookie."""
        secret = secrets.token_urlsafe(32)
        with self._database.write() as tx:
            store.end_old(tx, to_ms(now - IDLE), to_ms(now - LONGEST), self._most - 1)
            store.begin(tx, hashed(secret), person, to_ms(now))
        return secret

    def find(self, secret: str, now: datetime) -> Session | None:
        """The session behind a cookie, now seen; None when there is none or its time is up."""
        if not secret:
            return None
        name, at = hashed(secret), to_ms(now)
        with self._database.read() as tx:
            kept = store.find(tx, name)
        if kept is None or kept.seen < to_ms(now - IDLE) or kept.began < to_ms(now - LONGEST):
            return None
        if at - kept.seen > _SEEN_AGAIN / timedelta(milliseconds=1):
            with self._database.write() as tx:
                store.see(tx, name, at)
        return Session(kept.person, hmac.new(secret.encode(), b"form", sha256).hexdigest())

    def end(self, secret: str) -> None:
        with self._database.write() as tx:
            store.end(tx, hashed(secret))


class Attempts:
    """How often an address has tried to sign in: more than `most` in `within` is too often.

    Counted by each process for itself.
    """

    def __init__(self, most: int = 20, within: timedelta = timedelta(minutes=5)) -> None:
        self._most = most
        self._within = within
        self._lock = Lock()
        self._tried: dict[str, deque[datetime]] = {}

    def allow(self, address: str, now: datetime) -> bool:
        """Count one more try; whether it may go on."""
        with self._lock:
            if len(self._tried) > MOST:
                self._tried.clear()
            tried = self._recent(address, now)
            tried.append(now)
            return len(tried) <= self._most

    def spent(self, address: str, now: datetime) -> bool:
        """Whether the address has used up its tries; counts nothing."""
        with self._lock:
            return len(self._recent(address, now)) >= self._most

    def _recent(self, address: str, now: datetime) -> deque[datetime]:
        tried = self._tried.setdefault(address, deque())
        while tried and now - tried[0] > self._within:
            tried.popleft()
        return tried


def hashed(secret: str) -> str:
    """What the store knows a secret by."""
    return sha256(secret.encode()).hexdigest()


def form_key(database: Database) -> bytes:
    """What the forms of people who have no session here are signed with, in every process."""
    with database.write() as tx:
        return store.desk_key(tx, secrets.token_hex(32)).encode()
