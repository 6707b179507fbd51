"""A stand-in for Slack's Socket Mode: hands out envelopes over a websocket, collects the answers.

Just enough of RFC 6455 for text, ping and close; the client's frames are masked, ours are not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import queue
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class SocketServer:
    """`deliver` sends an envelope; `answers` is what the client acknowledged, in order."""

    def __init__(self, listening: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        self._listening = listening
        self._tls = tls
        self.port = int(listening.getsockname()[1])
        self._lines: list[socket.socket] = []
        self.url = f"ws://127.0.0.1:{self.port}/"
        self.connected = threading.Semaphore(0)
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()

    def deliver(self, envelope_id: str, payload: dict[str, Any], kind: str = "events_api") -> None:
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
        }
        self.say(json.dumps(envelope))

    def say(self, text: str) -> None:
        """Send that text, whatever it is."""
        _send(self._lines[-1], _TEXT, text.encode())

    def refresh(self) -> None:
        """Ask for a new line, as Slack does every few hours."""
        said = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {}}
        self.say(json.dumps(said))

    def cut(self) -> None:
        """Drop the line without a word, as a network does."""
        line = self._lines[-1]
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listening.accept()
                threading.Thread(target=self._hold, args=(line,), daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for line in self._lines:
            line.close()

    def _hold(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError):
            if self._tls:
                line = self._tls.wrap_socket(line, server_side=True)
            asked = b""
            while not asked.endswith(b"\r\n\r\n"):
                asked += line.recv(1)
            key = asked.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0].decode()
            accept = base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest()).decode()  # noqa: S324
            line.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept.encode() + b"\r\n\r\n"
            )
            _send(line, _TEXT, b'{"type": "hello", "num_connections": 1}')
            self._lines.append(line)
            self.connected.release()
            while True:
                kind, data = _receive(line)
                if kind == _TEXT:
                    self.answers.put(json.loads(data))
                elif kind == _PING:
                    _send(line, _PONG, data)
                elif kind == _CLOSE:
                    _send(line, _CLOSE, data)
                    line.close()
                    return


@contextmanager
def socket_serving(port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[SocketServer]:
    listening = socket.create_server(("127.0.0.1", port))
    server = SocketServer(listening, tls)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def _send(line: socket.socket, kind: int, data: bytes) -> None:
    size = len(data)
    length = bytes([size]) if size < 126 else b"\x7e" + struct.pack("!H", size & 0xFFFF)
    if size > 0xFFFF:
        length = b"\x7f" + struct.pack("!Q", size)
    line.sendall(bytes([0x80 | kind]) + length + data)


def _receive(line: socket.socket) -> tuple[int, bytes]:
    first, second = _exactly(line, 2)
    size = second & 0x7F
    if size == 126:
        [size] = struct.unpack("!H", _exactly(line, 2))
    elif size == 127:
        [size] = struct.unpack("!Q", _exactly(line, 8))
    mask = _exactly(line, 4)
    data = _exactly(line, size)
    return first & 0x0F, bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = line.recv(size - len(data))
        if not part:
            raise ValueError("the line is gone")
        data += part
    return data
