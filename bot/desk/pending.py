"""Sign-ins on their way: what must come back from the issuer, bound to the browser that left."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from starlette.requests import Request

MOST = 1_000


@dataclass(frozen=True)
class Begun:
    """One sign-in under way: the cookie's secret, what Authlib keeps, and where to go after."""

    secret: str
    back: str
    session: dict[str, Any] = field(default_factory=dict)


class Pending:
    """The sign-ins that have left for the issuer; each comes back once. The oldest give way."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun: dict[str, Begun] = {}

    @contextmanager
    def begun(self, request: Request, back: str) -> Iterator[Begun]:
        """A new one, kept when the block ends well; its session stands in the request's scope."""
        one = Begun(secrets.token_urlsafe(32), back)
        request.scope["session"] = one.session
        yield one
        with self._lock:
            while len(self._begun) >= MOST:
                del self._begun[next(iter(self._begun))]
            self._begun[one.secret] = one

    def take(self, secret: str) -> Begun | None:
        with self._lock:
            return self._begun.pop(secret, None)
