"""A browser that opens a line and dawdles is let go; one that speaks at its own pace is not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot import patient
from bot.patient import PatientProtocol
from bot.web import configured, listen

SHORT = 0.4
LET_GO = b""


class Hurried(PatientProtocol):
    """The same with less patience, so that a test need not wait ten seconds."""

    seconds = dict.fromkeys(patient.SECONDS, SHORT)
    most_lines = 5


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse((await request.body()).decode())


@pytest.fixture
def port() -> Iterator[int]:
    """A server with the desk's own configuration, hurried."""
    config = configured(Starlette(routes=[Route("/", echo, methods=["GET", "POST"])]))
    config.http_protocol_class = Hurried
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


def said(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back for `parts`, sent one after the other; empty for a line that is cut."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        try:
            for part in parts:
                line.sendall(part)
                time.sleep(pause)
            return line.recv(100)
        except (ConnectionResetError, BrokenPipeError):
            return LET_GO


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"
WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def test_the_desk_is_served_with_patience_that_ends() -> None:
    assert configured(Starlette()).http_protocol_class is PatientProtocol


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"G",),
        (HEAD,),
        (HEAD, *(b"X-%d: y\r\n" % number for number in range(20))),
        (HEAD + b"Content-Length: 100\r\n\r\n", b"a"),
        (HEAD + b"Content-Length: 100\r\n\r\n", *[b"a"] * 20),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\na\r\n"] * 20),
    ],
)
def test_who_never_comes_to_the_end_is_let_go(port: int, parts: tuple[bytes, ...]) -> None:
    began = time.monotonic()
    assert said(port, *parts, pause=0.1) == LET_GO
    assert time.monotonic() - began < 5


def test_a_second_request_on_the_line_has_no_more_time_than_the_first(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(WHOLE)
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET / HT")
        with suppress(ConnectionResetError):
            assert line.recv(100) == LET_GO


def test_what_comes_in_time_is_answered(port: int) -> None:
    assert said(port, HEAD, b"Content-Length: 2\r\n\r\n", b"ja").startswith(b"HTTP/1.1 200")


def test_more_lines_than_there_is_room_for_are_turned_away_and_the_rest_served(port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(12)]
    answers = []
    for line in lines:
        try:
            line.sendall(WHOLE)
            answers.append(line.recv(100)[:15])
        except OSError:
            answers.append(LET_GO)
    for line in lines:
        line.close()
    assert answers.count(b"HTTP/1.1 200 OK") == Hurried.most_lines
    assert said(port, WHOLE).startswith(b"HTTP/1.1 200")
