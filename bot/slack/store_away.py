"""While the store does not answer, nothing can wait in it: what must be said is said at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.people import Role
from bot.slack.cards.notices import notice
from bot.slack.channel import SlackChannel
from bot.stores.inbox import Incoming, Intent
from messages.tables import N_
from scheduler.errors import PostFailed, StoreFailed

if TYPE_CHECKING:
    from bot.app import App

logger = logging.getLogger(__name__)

MESSAGE = N_(
    "Jeg kan ikke gemme noget lige nu, så din besked er ikke skrevet ned. Slack sender den selv "
    "igen et par gange. Får du intet svar inden for ti minutter, så skriv den igen."
)
PRESS = N_("Jeg kan ikke gemme noget lige nu, så der er ikke sket noget. Prøv igen om lidt.")
ALARM = N_(
    "Brobygger kan ikke gemme noget. {problem} Spørgsmål og opfølgninger venter, til det er "
    "rettet; det, der er gemt, er ikke tabt."
)
WELL = N_("Brobygger kan gemme igen. Det, der ventede, går ud nu.")

_QUIET = timedelta(minutes=10)
_PATIENCE = timedelta(minutes=1)
_SAID_BY_A_PERSON = frozenset(
    {Intent.QUESTION, Intent.PERSONAL, Intent.FOREIGN, Intent.FOLLOW_UP, Intent.LOOK_UP}
)


class StoreAway:
    """Tells whoever waits, and the administrators, from memory and config.toml alone. Each person
    at most once in ten minutes, the administrators once a trouble: Slack delivers again and again.
    """

    def __init__(self, app: App, channel: SlackChannel, now: Callable[[], datetime]) -> None:
        self._app, self._channel, self._now = app, channel, now
        self._excused: dict[str, datetime] = {}
        self._since: datetime | None = None
        self._alarmed = False

    def excuse(self, incoming: Incoming) -> None:
        """What `incoming` asked for cannot be kept; nobody is told of what was not said to us."""
        if not incoming.addressed or incoming.kind in {Intent.HOME, Intent.PROMPTS}:
            return
        now, user = self._now(), incoming.sender
        said = MESSAGE if incoming.kind in _SAID_BY_A_PERSON else PRESS
        before = self._excused.get(f"{user}:{said}")
        if before is not None and abs(now - before) < _QUIET:
            return
        self._excused = {who: at for who, at in self._excused.items() if abs(now - at) < _QUIET}
        self._excused[f"{user}:{said}"] = now
        card = notice(said, self._app.words(self._app.config.language))
        try:
            if incoming.channel:
                self._channel.whisper(incoming.channel, user, card, incoming.thread)
            else:
                self._channel.tell(user, card)
        except PostFailed as failed:
            logger.warning("and nobody could be told: %s", failed.message)

    def failed(self, problem: StoreFailed) -> None:
        """A tick could not reach the store. One that fails for a minute is told of."""
        now = self._now()
        self._since = min(self._since or now, now)
        if not self._alarmed and now - self._since >= _PATIENCE:
            self._alarmed = True
            self._tell(ALARM, problem=problem)

    def well(self) -> None:
        """A tick reached it."""
        if self._alarmed:
            self._tell(WELL)
        self._since, self._alarmed = None, False

    def _tell(self, said: str, **values: object) -> None:
        words = self._app.words(self._app.config.language)
        for person in self._app.config.people:
            if Role.ADMINISTRATOR not in person.roles or not person.slack:
                continue
            try:
                self._channel.tell(person.slack, notice(said, words, **values))
            except PostFailed as failed:
                logger.warning("an administrator could not be told: %s", failed.message)
