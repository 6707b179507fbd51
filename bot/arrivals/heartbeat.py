"""A sign of life outside Slack: when it stops, a cron monitor tells, even if Slack is dead."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import Request, urlopen

log = logging.getLogger(__name__)
SECONDS = 5.0
EVERY_MS = 60_000


class Heartbeat:
    """Asks `[alarm] ping_url` after a good tick, at most once a minute; `/fail` after a bad one.

    The addresses are those of cron monitors such as Healthchecks. A failure is only logged: the
    silence itself is the alarm.
    """

    def __init__(self, ping_url: str, get: Callable[[str], object] | None = None) -> None:
        self._url = ping_url.rstrip("/")
        self._get = get or fetch
        self._last: tuple[int, bool] | None = None

    def beat(self, now_ms: int, *, good: bool) -> None:
        if not self._url:
            return
        if self._last and self._last[1] is good and abs(now_ms - self._last[0]) < EVERY_MS:
            return
        self._last = (now_ms, good)
        try:
            self._get(self._url if good else f"{self._url}/fail")
        except (URLError, OSError, ValueError) as error:
            log.warning("the heartbeat was not heard: %s", type(error).__name__)


def fetch(url: str) -> None:
    """GET an address that config.toml names; nothing of the answer is used."""
    request = Request(url, headers={"User-Agent": "brobygger"})  # noqa: S310 - http(s) is checked in config
    with urlopen(request, timeout=SECONDS):  # noqa: S310
        pass
