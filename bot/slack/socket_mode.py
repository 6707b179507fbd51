"""Socket Mode: Slack's events over a connection that we open, so that no port stands open here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import slack_bolt
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from bot.slack.failures import LOOKED_FOR, failure

PING_SECONDS = 3
"""A cut line is noticed after a few pings: measured 3 s here, 57 s with Bolt's own client."""


@contextmanager
def connect(bolt: slack_bolt.App, app_token: str) -> Iterator[Callable[[], bool]]:
    """Hold the connection, opened anew whenever it is lost; what is given says whether it stands.

    Raises PostFailed when Slack refuses the app token or cannot be reached. A proxy named by
    HTTPS_PROXY is used, as it is for the calls.
    """
    handler = SocketModeHandler(bolt, app_token, ping_interval=PING_SECONDS)
    try:
        try:
            handler.connect()  # type: ignore[no-untyped-call]
        except LOOKED_FOR as error:
            raise failure(error, "apps.connections.open") from None
        yield lambda: bool(handler.client.is_connected())
    finally:
        handler.close()  # type: ignore[no-untyped-call]
