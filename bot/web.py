"""A web server on an address: a port taken or refused clearly, then served alone or beside others.

The desk, Slack's HTTP mode and `/health` all stand on this.
"""

from __future__ import annotations

import errno
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from bot.errors import BotError
from bot.patient import PatientProtocol

PORT = 8765
Alive = Callable[[], bool]
"""Whether a part of this process still runs."""

_LET_GO_SECONDS = 10


def listen(host: str, port: int, choice: str = "--port {}") -> socket.socket:
    """A socket on that address. Raises BotError with a remedy when it cannot be had.

    `choice`: how another port is chosen where this one was.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BotError(
                "Port {port} er optaget. Vælg en anden, f.eks. {choice}.",
                port=port,
                choice=choice.format(port + 1 if port < 65_535 else PORT),
            ) from None
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise BotError(
                "Port {port} må ikke bruges af dig. Vælg en over 1024, f.eks. {choice}.",
                port=port,
                choice=choice.format(PORT),
            ) from None
        raise BotError(
            "{host} er ikke en adresse på denne maskine. Skriv f.eks. 127.0.0.1.", host=host
        ) from None
    # Inherited by each connection: without it a page's last part waits 40 ms for the browser's nod.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def listen_somewhere(host: str) -> socket.socket:
    """A socket on the usual port, or on any that is free. Raises BotError for a wrong host."""
    try:
        return listen(host, PORT)
    except BotError:
        return listen(host, 0)


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def configured(
    site: ASGIApp, certificate: Path | None = None, key: Path | None = None, idle_seconds: int = 5
) -> uvicorn.Config:
    """How a server runs: it logs nobody's visit and believes no forwarded address.

    `idle_seconds`: how long an unused connection is kept. Raises BotError for a certificate that
    is none.
    """
    config = uvicorn.Config(
        site,
        http=PatientProtocol,
        access_log=False,
        log_level="warning",
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=idle_seconds,
        timeout_graceful_shutdown=5,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except (ssl.SSLError, OSError) as error:
        raise BotError(
            "{file} og dens nøgle kan ikke bruges: {reason}. Peg på to PEM-filer, der passer.",
            file=certificate,
            reason=str(error),
        ) from None
    return config


def serve(config: uvicorn.Config, listening: socket.socket) -> None:
    """Serve until Ctrl+C or a signal to end."""
    # The server raises again the signal that stopped it: leave by way of every `finally`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def beside(config: uvicorn.Config, listening: socket.socket) -> Iterator[Alive]:
    """Serve in a thread of its own until the block ends; what is given says whether it still does.

    What visitors have begun is finished first.
    """
    server = _Quiet(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="http", daemon=True)
    thread.start()
    try:
        yield thread.is_alive
    finally:
        server.should_exit = True
        thread.join(_LET_GO_SECONDS)
        listening.close()


class _Quiet(uvicorn.Server):
    """A server that leaves the process's signals alone: whoever started it handles those."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
