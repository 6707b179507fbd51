"""Who is signed in: kept in this process alone, found by a secret that only the browser holds."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=10)
MOST = 5_000


@dataclass(frozen=True)
class Session:
    """One browser's visit. `token` comes back in every form that changes something."""

    person: str
    token: str
    began: datetime
    seen: datetime


class Sessions:
    """The sessions of one process; a restart signs everybody out.

    The browser's secret is never kept, only its hash. A session ends after an hour unused, after
    ten hours in any case, and when its person signs out.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._sessions: dict[str, Session] = {}

    def begin(self, person: str, now: datetime) -> str:
        """A new session; gives the secret for the cookie."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._drop_old(now)
            session = Session(person, secrets.token_urlsafe(24), now, now)
            self._sessions[_name(secret)] = session
        return secret

    def find(self, secret: str, now: datetime) -> Session | None:
        """The session behind a cookie, now seen; None when there is none or its time is up."""
        name = _name(secret)
        with self._lock:
            session = self._sessions.get(name)
            if session is None or _is_over(session, now):
                self._sessions.pop(name, None)
                return None
            self._sessions[name] = replace(session, seen=now)
            return session

    def end(self, secret: str) -> None:
        with self._lock:
            self._sessions.pop(_name(secret), None)

    def _drop_old(self, now: datetime) -> None:
        for name, session in list(self._sessions.items()):
            if _is_over(session, now):
                del self._sessions[name]
        while len(self._sessions) >= MOST:
            del self._sessions[min(self._sessions, key=lambda name: self._sessions[name].seen)]


class Attempts:
    """How often an address has tried to sign in: more than `most` in `within` is too often."""

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
            tried = self._tried.setdefault(address, deque())
            while tried and now - tried[0] > self._within:
                tried.popleft()
            tried.append(now)
            return len(tried) <= self._most


def _name(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _is_over(session: Session, now: datetime) -> bool:
    return now - session.seen > IDLE or now - session.began > LONGEST
