"""The whole desk as a person of any role reaches it."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Actor, Role
from tests.bot.desk.conftest import ADDRESS, MONDAY

PUBLIC = {"/static/desk.css", "/sprog"}
FILLED = {
    "{number:int}": "1",
    "{topic}": "atp",
    "{name}": "desk.css",
    "{code}": "ar",
    "{part}": "atp",
    "{reference}": "INT-1042",
    "{id}": "findes-ikke",
}


def site_for(app: App, *roles: Role) -> tuple[Starlette, OpenDoor]:
    door = OpenDoor(Actor("nogen", "Nogen", frozenset(roles)))
    return build_desk(Desk(app, door, now=lambda: MONDAY), LOOPBACK), door


def addresses(site: Starlette, method: str) -> Iterator[str]:
    for route in site.routes:
        assert isinstance(route, Route)
        if method in (route.methods or ()):
            path = route.path
            for hole, word in FILLED.items():
                path = path.replace(hole, word)
            yield path.replace("/billede/desk.css", "/billede/payslip")


def token_of(door: OpenDoor) -> str:
    return door.visitor(None).token  # type: ignore[arg-type] - it looks at nobody


def browser_of(site: Starlette) -> TestClient:
    return TestClient(site, base_url=ADDRESS, follow_redirects=False)
