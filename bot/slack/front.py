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
from bot.stores import preferences
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
        return self.visitors.actor(user, self._language(user))

    def words_of(self, actor: Actor) -> Words:
        """The language that the bot speaks to `actor`: her own choice, else the municipality's."""
        return self.app.words(self._language(actor.slack))

    def words_to(self, user: str) -> Words:
        """The same for a Slack user, whoever it is."""
        return self.app.words(self._language(user))

    def _language(self, user: str) -> str:
        person = self.app.config.people.by_slack(user)
        if person is None:
            return self.app.config.language
        with self.app.database.read() as tx:
            return preferences.read(tx, person.id).language or self.app.config.language

    def whisper(self, channel: str, user: str, card: Card, thread: str | None = None) -> None:
        """Show `card` to `user` alone: where they stand, else in their direct messages.

        The bot may be no member of the channel: then a private word cannot be shown there.
        Raises PostFailed when neither way works.
        """
        if channel:
            try:
                self.channel.whisper(channel, user, card, thread)
            except PostFailed as failed:
                if not failed.permanent:
                    raise
            else:
                return
        self.channel.tell(user, card)
