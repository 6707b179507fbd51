"""Socket Mode: Slack's events over a connection that we open, so that no port stands open here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import slack_bolt
import websocket
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocketException

from bot.slack.connection import POST_SECONDS, Access
from bot.slack.failures import LOOKED_FOR, failure, no_line, on_the_way
from bot.slack.network import Network
from bot.slack.seldom import SELDOM

PING_SECONDS, PONG_SECONDS = 4.0, 1.9
"""A silent line is noticed in 8 s (with Bolt's own client: 57 s). The second is less than half of
the first: websocket-client looks that often, and each ping makes it forget the one before."""

AGAIN_SECONDS = 2.0
"""Between tries while Slack is away; Slack allows fifty a minute."""

OPENING_SECONDS = 15.0
_GOODBYE_SECONDS = 1.0


@contextmanager
def connect(bolt: slack_bolt.App, access: Access) -> Iterator[Callable[[], bool]]:
    """Hold the connection, opened anew whenever it is lost; what is given says whether it stands.

    Raises PostFailed when Slack refuses the app token, cannot be reached, or when the network
    lets the calls through but not the line.
    """
    # A server that takes the call and then says nothing would otherwise be waited for for ever.
    websocket.setdefaulttimeout(POST_SECONDS)
    handler = _Handler(bolt, access)
    logging.getLogger("websocket").setLevel(logging.CRITICAL)  # the SDK says the same once more
    line = handler.client
    try:
        try:
            handler.connect()  # type: ignore[no-untyped-call]
        except LOOKED_FOR as error:
            raise failure(error, "apps.connections.open") from None
        line.decided.wait(OPENING_SECONDS)
        if not line.opened:
            raise no_line(line.fault)
        yield line.stands
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def knock(url: str, network: Network) -> None:
    """Open the line at `url` and close it again at once. Raises PostFailed."""
    try:
        websocket.create_connection(url, timeout=POST_SECONDS, **network.line).shutdown()  # type: ignore[no-untyped-call]
    except (*LOOKED_FOR, WebSocketException) as error:
        raise no_line(error) from None


class _Line(SocketModeClient):
    """The SDK's client, which knows neither certificates of our own nor a server gone silent."""

    def __init__(self, access: Access, bolt: slack_bolt.App) -> None:
        self.decided = threading.Event()
        self.opened = False
        self.fault: Exception | None = None
        self._network = access.network
        self._ran: object = None
        self._ended = threading.Event()
        super().__init__(
            app_token=access.app_token,
            logger=bolt.logger,
            web_client=bolt.client,
            ping_interval=AGAIN_SECONDS,
            on_open_listeners=[self._opened],
            on_error_listeners=[self._failed],
        )

    def stands(self) -> bool:
        """Whether the line is open, not only being opened."""
        sock = self.current_session.sock if self.current_session else None
        return bool(sock and sock.connected)

    def close(self) -> None:
        """Say goodbye and close; the SDK would wait seconds for a message that does not come."""
        self.closed, self.auto_reconnect_enabled = True, False
        self.message_queue.put(None)
        session = self.current_session
        sock = session.sock if session else None
        if session and sock:
            session.on_error = None  # the goodbye that comes back is none
            with suppress(WebSocketException, OSError):
                sock.send_close()
            self._ended.wait(_GOODBYE_SECONDS)
            sock.shutdown()  # type: ignore[no-untyped-call]
        super().close()

    def _opened(self, _: object) -> None:
        if self.opened:
            self.logger.warning("the line to Slack stands again")
        SELDOM.forget()
        self.opened = True
        self.decided.set()

    def _failed(self, _: object, error: Exception) -> None:
        self.fault = error
        if on_the_way(error):  # no later try can do better
            self.decided.set()

    def _run_current_session(self) -> None:
        """Hold the present session until it ends. Its address is good for once: after that, only
        a new one from Slack is tried."""
        session = self.current_session
        if session is None or session is self._ran:
            return
        self._ran = session
        self._ended.clear()
        session.run_forever(
            ping_interval=PING_SECONDS, ping_timeout=PONG_SECONDS, **self._network.line
        )
        self._ended.set()


class _Handler(SocketModeHandler):
    client: _Line

    def __init__(self, bolt: slack_bolt.App, access: Access) -> None:
        self.app = bolt
        self.app_token = access.app_token
        self.client = _Line(access, bolt)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
