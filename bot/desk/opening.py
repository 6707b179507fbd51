"""The desk for real work: who signs in and how, or one clear sentence on why it does not open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from bot import clock
from bot.desk.app import build_desk
from bot.desk.entrance import HeaderDoor, SessionDoor
from bot.desk.pending import Pending
from bot.desk.refusals import Refusals
from bot.desk.sessions import Sessions, form_key
from bot.desk.settings import SECRET, DeskSettings, SignIn
from bot.desk.visit import Desk
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.app import App

_LOCAL = {"127.0.0.1", "::1", "localhost"}


def open_desk(
    app: App,
    settings: DeskSettings,
    environment: Mapping[str, str],
    host: str,
    now: Callable[[], datetime] = clock.now,
) -> Starlette:
    """The desk behind its sign-in, to listen on `host`.

    Raises BotError naming what is missing: a way to sign in, its secret, people with a login, or
    a certificate to listen beyond this machine.
    """
    must_be_ready(app, settings, environment, host)
    if settings.sign_in is SignIn.HEADER:
        key = form_key(app.database)
        door = HeaderDoor(settings.header, settings.proxies, app.config.people, key)
        return build_desk(Desk(app, door, now=now), settings.hosts, tls=settings.tls)
    session_door = SessionDoor(Sessions(app.database), app.config.people, _cookie(settings), now)
    desk = Desk(app, session_door, now=now)
    routes = _openid(desk, session_door, settings, environment[SECRET])
    return build_desk(desk, settings.hosts, tls=settings.tls, sign_in=routes)


def _openid(desk: Desk, door: SessionDoor, settings: DeskSettings, secret: str) -> list[Route]:
    from bot.desk.sign_in import OpenId

    people, pending = desk.app.config.people, Pending(desk.app.database, desk.now)
    refusals = Refusals(desk)
    way = OpenId(settings, secret, people, door, refusals, pending=pending, now=desk.now)
    return way.routes()


def _cookie(settings: DeskSettings) -> str:
    """The prefix binds the cookie to this name, this host and https."""
    return "__Host-brobygger" if settings.tls else "brobygger"


def must_be_ready(
    app: App, settings: DeskSettings, environment: Mapping[str, str], host: str
) -> None:
    """Raise BotError for what the desk lacks to open on `host`."""
    if settings.sign_in is SignIn.NONE:
        raise BotError(
            "Siden åbner ikke uden login. Skriv sign_in under [desk] i config.toml, se "
            "docs/desk.md; eller se eksempler med brobygger desk --demo."
        )
    if settings.sign_in is SignIn.OPENID and not environment.get(SECRET):
        raise BotError(
            "Hemmeligheden fra kommunens login mangler. Læg den i miljøet som {name}.", name=SECRET
        )
    if not any(person.login for person in app.config.people):
        raise BotError(
            "Ingen under [people] har et login, så ingen kan komme ind. Skriv f.eks. "
            'login = "ane@kommune.example".'
        )
    if host not in _LOCAL and settings.certificate is None:
        raise BotError(
            "Siden viser sig ikke ud over denne maskine uden TLS. Skriv certificate og key under "
            "[desk], eller lyt på 127.0.0.1 bag jeres egen proxy."
        )
