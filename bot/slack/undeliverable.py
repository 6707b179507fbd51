"""What an administrator presses on a message that could not be delivered: again, or away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.actions.dead_letters import put_away, try_again
from bot.errors import Refused
from bot.people import Actor
from bot.slack.cards.notices import refusal
from bot.slack.front import Front
from bot.slack.home import Home
from bot.stores.inbox import Incoming
from scheduler.outbox import Outgoing

if TYPE_CHECKING:
    from bot.app import App

Act = Callable[[Actor, str, "App", datetime], None]


@dataclass(frozen=True)
class Undeliverable:
    """The two buttons; the App Home then shows what is left."""

    front: Front
    home: Home

    def retry(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._act(incoming, try_again)

    def put_away(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        return self._act(incoming, put_away)

    def _act(self, incoming: Incoming, act: Act) -> tuple[Outgoing, ...]:
        front = self.front
        try:
            act(front.actor(incoming.sender), incoming.value, front.app, front.now())
        except Refused as refused:
            card = refusal(refused, front.words_to(incoming.sender))
            front.whisper(incoming.channel, incoming.sender, card)
        return self.home.home(incoming)
