"""The ways in: a session after sign-in, a header of the own proxy, and the demo's open door."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from ipaddress import ip_address

from starlette.requests import Request

from bot.desk.sessions import Sessions
from bot.desk.settings import Network
from bot.desk.visit import Visitor
from bot.people import Actor, People, acting


class OpenDoor:
    """Lets everybody in as one person: for the demo on this machine, never for real cases."""

    sign_in = ""

    def __init__(self, actor: Actor) -> None:
        self._visitor = Visitor(actor, secrets.token_urlsafe(24))

    def visitor(self, request: Request) -> Visitor:  # noqa: ARG002 - the shape of an entrance
        return self._visitor


class SessionDoor:
    """Lets in who has signed in here before, and is still among the people of config.toml."""

    sign_in = "/log-ind"

    def __init__(
        self, sessions: Sessions, people: People, cookie: str, now: Callable[[], datetime]
    ) -> None:
        self.sessions = sessions
        self.cookie = cookie
        self._people = people
        self._now = now

    def visitor(self, request: Request) -> Visitor | None:
        session = self.sessions.find(request.cookies.get(self.cookie, ""), self._now())
        person = self._people.get(session.person) if session else None
        if session is None or person is None:
            return None
        return Visitor(acting(person), session.token, leaves=True)


class HeaderDoor:
    """Believes a header that names the visitor, from the municipality's own proxies alone.

    The proxy must remove the header from what browsers send; a header sent twice is not believed.
    `key` signs the forms, and is the same in every process that serves the desk.
    """

    sign_in = ""

    def __init__(self, header: str, proxies: Sequence[Network], people: People, key: bytes) -> None:
        self._header = header.lower()
        self._proxies = tuple(proxies)
        self._people = people
        self._key = key

    def visitor(self, request: Request) -> Visitor | None:
        named = request.headers.getlist(self._header)
        if len(named) != 1 or not comes_from(
            request.client.host if request.client else "", self._proxies
        ):
            return None
        person = self._people.by_login(named[0].strip())
        if person is None:
            return None
        token = hmac.new(self._key, person.id.encode(), hashlib.sha256).hexdigest()
        return Visitor(acting(person), token)


def comes_from(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks."""
    try:
        sender = ip_address(address)
    except ValueError:
        return False
    return any(sender in network for network in networks)
