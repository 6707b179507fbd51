"""A loopback server in the place of a language model, which misbehaves as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Act = Callable[[BaseHTTPRequestHandler], None]


class ModelServer:
    """What was asked of it, and what it does next."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.act: Act = said(json.dumps({"answerable": False, "sentences": []}))
        self.requests: list[tuple[dict[str, str], bytes]] = []


@contextmanager
def model_server() -> Iterator[ModelServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.requests.append((dict(self.headers), body))
            server.act(self)

        def log_message(self, *_: object) -> None:
            """Quiet: the tests read the logs of the product."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """The other side hangs up on what is too much: that is what is tested."""

    listening = Server(("127.0.0.1", 0), Handler)
    server = ModelServer(f"http://127.0.0.1:{listening.server_port}/v1")
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def raw(status: int, body: bytes, **headers: str) -> Act:
    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def said(content: object) -> Act:
    """A well-formed answer whose message is `content`."""
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})
    return raw(200, body.encode(), Content_Type="application/json")
