"""What every Slack surface is handed, and how a private word reaches the one it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.clock import COPENHAGEN
from bot.people import Actor
from bot.slack.cards.blocks import Card
from bot.slack.channel import SlackChannel
from bot.slack.uploads import Uploads
from bot.slack.visitors import Visitors
from bot.words import Words
from scheduler.errors import PostFailed

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Front:
    """The product, the way to Slack, who knocks, and the time."""

    app: App
    channel: SlackChannel
    visitors: Visitors
    uploads: Uploads
    now: Callable[[], datetime]
    bot: str = "Brobygger"
    """The bot's own name, by which it is invited into a channel."""

    @property
    def today(self) -> date:
        """The date in Denmark."""
        return self.now().astimezone(COPENHAGEN).date()

    @property
    def words(self) -> Words:
        """The municipality's own language."""
        return self.app.words(self.app.config.language)

    def actor(self, user: str) -> Actor:
        """Who the Slack user is; raises Refused for those who must stay outside."""
        return self.visitors.actor(user, self.app.config.language)

    def whisper(self, channel: str, user: str, card: Card, thread: str | None = None) -> None:
        """Show `card` to `user` alone: where they stand, else in their direct messages.

        The bot may be no member of the channel: then a private word cannot be shown there.
        Raises PostFailed when neither way works.
        """
        if channel and not channel.startswith("D"):
            try:
                self.channel.whisper(channel, user, card, thread)
            except PostFailed as failed:
                if not failed.permanent:
                    raise
            else:
                return
        self.channel.tell(user, card)
