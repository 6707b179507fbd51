"""The parts of the Slack side joined: what arrives, what works it off, what goes out."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import slack_bolt
from slack_sdk import WebClient

from bot import clock
from bot.arrivals.run import Arrivals
from bot.slack.app import build_app
from bot.slack.channel import SlackChannel
from bot.slack.connection import introduce
from bot.slack.counter import Counter, Later
from bot.slack.door import Door
from bot.slack.front import Front
from bot.slack.handler import Handler
from bot.slack.making import Making
from bot.slack.nudges import card_of
from bot.slack.store_away import StoreAway
from bot.slack.surfaces import forms_over
from bot.slack.uploads import Uploads
from bot.slack.visitors import Visitors
from bot.slack.worker import Rush, Worker
from bot.stores.inbox import Inbox
from scheduler.clock import Ticking
from scheduler.errors import PostFailed, StoreFailed
from scheduler.sending import Report, Stopwatch

if TYPE_CHECKING:
    from bot.app import App

logger = logging.getLogger(__name__)

KEPT_DAYS = 30
"""How long a handled row is remembered: for replays, and for threads to go on in."""

_LOOK_SECONDS = 5.0
_LET_GO_SECONDS = 15.0
_SWITCH_SECONDS = 0.001
_FIRST = "Hvor længe varer en praktik?"
_TICKED_WITHIN = timedelta(minutes=5)


class Service:
    """One process's Slack side. `bolt` takes in; `work_off` handles; `send` lets go out.

    Nothing runs until `start`; the tests drive the three by hand. Raises PostFailed when Slack
    does not accept the token.
    """

    def __init__(
        self,
        app: App,
        client: WebClient,
        *,
        now: Callable[[], datetime] = clock.now,
        watch: Stopwatch | None = None,
        signing_secret: str | None = None,
        later: Later | None = None,
    ) -> None:
        self.ourselves = introduce(client)
        self._app = app
        self._now = now
        self._ticked = now()
        self._sends = True
        self._channel = SlackChannel(client, self.ourselves.bot_user)
        uploads = Uploads(client, app.database, app.config.slack.file_hours)
        visitors = Visitors(app.config.people, client, self.ourselves.team_id, now)
        front = Front(app, self._channel, visitors, uploads, now, self.ourselves.name)
        self._uploads = uploads
        handler = Handler(front)
        self._experts = handler.experts
        self._rush = Rush()
        self.worker = Worker(app.database, handler.handle, handler.apologise, now, self._rush)
        self._working = Ticking(self.worker.work_off, _LOOK_SECONDS)
        self._sending = Ticking(self.send, app.config.hours.tick_seconds)
        sending = self._sending
        watch = watch or Stopwatch(pause=sending.pause, over=lambda: sending.leaving)
        self._arrivals = Arrivals(app, self._channel, partial(card_of, app), watch=watch)
        self._making = Making()
        self._away = StoreAway(app, self._channel, now)
        counter = Counter(front, forms_over(handler.steps), later or self._making.later)
        door = Door(front, Inbox(app.database), counter, self._written, self._away)
        self.bolt: slack_bolt.App = build_app(door, client, signing_secret=signing_secret)

    def _written(self) -> None:
        """An event is on disk: the acknowledgements of others go first, then it is handled."""
        self._rush.came()
        self._working.wake()

    def send(self) -> Report:
        """One tick: what is due is queued, and what is ready goes out. Raises StoreFailed."""
        try:
            report = self._sent()
        except StoreFailed as failed:
            self._away.failed(failed)
            raise
        self._away.well()
        return report

    def _sent(self) -> Report:
        now = self._now()
        before = now - timedelta(days=KEPT_DAYS)
        Inbox(self._app.database).forget(round(before.timestamp() * 1000))
        self._experts.raise_waiting(now)
        report = self._arrivals.tick(now)
        if report.halted:
            words = self._app.words(self._app.config.language)
            logger.error("%s", words.problem(report.halted))
            return report
        self._ticked = now
        try:
            self._uploads.take_back(now)
        except PostFailed as failed:
            logger.warning("a file was not taken back: %s", failed)
        return report

    def well(self) -> dict[str, bool]:
        """Each part, and whether it is well: the store answers, what is due goes out."""
        try:
            Inbox(self._app.database).waiting()
        except StoreFailed:
            return {"store": False, "sender": False}
        late = self._sends and self._now() - self._ticked >= _TICKED_WITHIN
        return {"store": True, "sender": not late}

    @property
    def alive(self) -> dict[str, Callable[[], bool]]:
        """The threads that `start` began, and whether each still runs."""
        sender = {"sender": lambda: self._sending.alive} if self._sends else {}
        return {"worker": lambda: self._working.alive, **sender}

    def start(self, *, sends: bool = True) -> None:
        """Work and send from now on, each in a thread of its own.

        Not `sends`: what is to go out waits in the store for another process.
        """
        self._app.answers.ask(_FIRST)  # word lists are read at the first question
        # A thread that reckons an answer gives way sooner to those that acknowledge.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._sends = sends
        if sends:
            self._app.database.wake = self._sending.wake
            self._sending.start()
        self._working.start()

    def stop(self) -> None:
        """Finish what is under way, within seconds, and stop; what is left stands in the store."""
        end = time.monotonic() + _LET_GO_SECONDS
        for part in (self._making, self._working, self._sending):
            part.leave()
        for part in (self._making, self._working, self._sending):
            part.stop(end - time.monotonic())
        self._app.database.wake = None
