"""The ways in: the demo's, where everybody is the same imagined caseworker."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from bot.desk.visit import Visitor
from bot.people import Actor


class OpenDoor:
    """Lets everybody in as one person: for the demo on this machine, never for real cases."""

    def __init__(self, actor: Actor) -> None:
        self._visitor = Visitor(actor, secrets.token_urlsafe(24))

    def visitor(self, request: Request) -> Visitor:  # noqa: ARG002 - the shape of an entrance
        return self._visitor
