"""The desk on an address: a port taken or refused clearly, then served until it is stopped."""

from __future__ import annotations

import errno
import signal
import socket
import ssl
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from bot.errors import BotError

PORT = 8765


def listen(host: str, port: int) -> socket.socket:
    """A socket on that address. Raises BotError with a remedy when it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BotError(
                "Port {port} er optaget. Vælg en anden, f.eks. --port {other}.",
                port=port,
                other=port + 1 if port < 65_535 else PORT,
            ) from None
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise BotError(
                "Port {port} må ikke bruges af dig. Vælg en over 1024, f.eks. --port {other}.",
                port=port,
                other=PORT,
            ) from None
        raise BotError(
            "{host} er ikke en adresse på denne maskine. Skriv f.eks. --host 127.0.0.1.", host=host
        ) from None
    # Inherited by each connection: without it a page's last part waits 40 ms for the browser's nod.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def configured(site: ASGIApp, certificate: Path | None, key: Path | None) -> uvicorn.Config:
    """How the server runs: it logs nobody's visit and believes no forwarded address."""
    return uvicorn.Config(
        site,
        access_log=False,
        log_level="warning",
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=5,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


def serve(
    site: ASGIApp,
    listening: socket.socket,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Serve until Ctrl+C or a signal to end. Raises BotError for a certificate that is none."""
    config = configured(site, certificate, key)
    try:
        config.load()
    except (ssl.SSLError, OSError) as error:
        raise BotError(
            "{file} og dens nøgle kan ikke bruges: {reason}. Peg på to PEM-filer, der passer.",
            file=certificate,
            reason=str(error),
        ) from None
    # The server raises again the signal that stopped it: leave by way of every `finally`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
