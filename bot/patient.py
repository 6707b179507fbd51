"""How long a browser may take: who opens a line and says nothing, or half a thing, is let go."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS, BODY_SECONDS = 10.0, 120.0
"""From the first moment until the whole head has come; from then until the whole body has."""

MOST_LINES = 800
"""Connections at a time. Beyond them whoever comes is turned away, so that the process keeps the
files that the store and Slack need."""

SECONDS = {h11.IDLE: HEAD_SECONDS, h11.SEND_BODY: BODY_SECONDS}


class PatientProtocol(H11Protocol):
    """uvicorn's own, which waits for a head and a body as long as the other side likes."""

    seconds = SECONDS
    most_lines = MOST_LINES
    _deadline: asyncio.TimerHandle | None = None
    _waits_for: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most_lines:
            transport.abort()
            return
        self._follow()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE:  # from here uvicorn counts the idle seconds itself
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _follow(self) -> None:
        """Count from the first sign of a head or a body; what trickles in wins no more time."""
        state = self.conn.their_state
        if state not in self.seconds:
            self._stop()
        elif state is not self._waits_for:
            self._stop()
            self._waits_for = state
            self._deadline = self.loop.call_later(self.seconds[state], self.transport.abort)

    def _stop(self) -> None:
        self._waits_for = None
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
