"""Refusals of the outer shell."""

from __future__ import annotations

from messages.errors import Problem


class BotError(Problem):
    """The base of every refusal in `bot`: configuration, files, roles, the doors."""


class Refused(BotError):
    """An action said no to this actor or this request; nothing was changed."""
