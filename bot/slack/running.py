"""The service put on the line: over our own connection, or behind an address that Slack calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from bot.config import Slack
from bot.slack.connection import Access
from bot.slack.http_mode import Health, build_site, serving
from bot.slack.service import Service
from bot.slack.socket_mode import connect
from bot.web import Alive


@contextmanager
def online(
    service: Service, access: Access, slack: Slack, alive: dict[str, Alive] | None = None
) -> Iterator[int | None]:
    """Take events as `slack` says, until the end of the block; the port, where one is open.

    What must go on running is added to `alive`, by name. Raises PostFailed when Slack refuses,
    BotError when the port is taken.
    """
    with ExitStack() as stack:
        by_http = slack.mode == "http"
        connected: Callable[[], bool] | None = None
        if not by_http:
            connected = stack.enter_context(connect(service.bolt, access))

        def health() -> Health:
            parts = service.well() | ({"slack": connected()} if connected else {})
            return Health(all(parts.values()), parts)

        port = None
        if slack.port or by_http:
            bolt = service.bolt if by_http else None
            site = build_site(bolt, access.signing_secret, health)
            port, served = stack.enter_context(serving(site, slack.host, slack.port))
            if alive is not None:
                alive["http"] = served
        yield port
