"""The desk on a socket: https where there is a certificate, and no waiting for the last part."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import BotError
from bot.web import address_of, configured, listen
from tests.bot.desk.certificate import a_certificate


def a_site() -> Starlette:
    return Starlette(routes=[Route("/", lambda _: PlainTextResponse("hej"))])


@contextmanager
def running(listening: socket.socket, config: uvicorn.Config) -> Iterator[None]:
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield
    server.should_exit = True
    thread.join(10)


def test_a_certificate_makes_the_desk_speak_https_only(tmp_path: Path) -> None:
    certificate, key = a_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with (
        listen("127.0.0.1", 0) as listening,
        running(listening, configured(a_site(), certificate, key)),
    ):
        port = listening.getsockname()[1]
        with urlopen(f"https://localhost:{port}/", context=trusting) as page:
            assert page.read() == b"hej"
        with pytest.raises(OSError, match=r".+"):
            urlopen(f"http://localhost:{port}/", timeout=5)


def test_a_connection_does_not_wait_for_the_browsers_nod() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_address_is_one_that_a_browser_understands() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert address_of(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}/"
    with listen("::1", 0) as listening:
        assert address_of(listening) == f"http://[::1]:{listening.getsockname()[1]}/"


@pytest.mark.parametrize("host", ["192.0.2.7", "findes.ikke.invalid"])
def test_an_address_that_is_not_this_machines_is_one_clear_sentence(host: str) -> None:
    with pytest.raises(BotError, match=r"127\.0\.0\.1"):
        listen(host, 0)
