"""How fast events are acknowledged, with each on disk first; beside bare Bolt, in one run.

    python -m bench.slack_load [--rate 300] [--connections 200] [--seconds 60] [--kill]

The client sends on a fixed timetable over keep-alive connections, and measures from when an event
was to leave, so that a server that stalls is not spared. Each side has a process of its own. With
--kill the product is killed with signal 9 in the middle and started again: every acknowledged
event must be found in its store.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SECRET = "0123456789abcdef" * 2
QUESTION = "Hvor lang tid varer et praktikforløb i gennemsnit?"
READY = b"ready"


@dataclass
class Measured:
    """Seconds from when an event was to leave until it was acknowledged, and what went wrong."""

    taken: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0
    cut: int = 0

    def told(self, name: str) -> str:
        taken = sorted(self.taken) or [float("nan")]

        def at(part: float) -> float:
            return taken[min(len(taken) - 1, int(part * len(taken)))] * 1000

        return (
            f"{name}: {len(self.acknowledged)} acknowledged, {self.refused} refused,"
            f" {self.cut} cut; p50 {at(0.5):.0f} ms, p95 {at(0.95):.0f} ms,"
            f" p99 {at(0.99):.0f} ms, most {taken[-1] * 1000:.0f} ms"
        )


def event(number: int) -> tuple[str, bytes]:
    """A signed mention in one of many channels, as it goes over the wire; and its id."""
    event_id = f"Ev{number:010d}"
    inner = {
        "type": "app_mention",
        "user": "U0ANE",
        "text": f"<@U0BOT> {QUESTION}",
        "ts": f"{1_764_000_000 + number}.000100",
        "channel": f"C{number % 500:05d}",
        "team": "T0TEAM",
        "event_ts": f"{number}.1",
    }
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": "T0TEAM",
            "api_app_id": "A0APP",
            "event": inner,
            "event_id": event_id,
            "event_time": number,
            "authorizations": [{"team_id": "T0TEAM", "user_id": "U0BOT", "is_bot": True}],
        }
    ).encode()
    headers = {"Host": "localhost", "Content-Length": str(len(body))} | signed_headers(body)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return event_id, f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body


def signed_headers(body: bytes) -> dict[str, str]:
    """What Slack puts over a body of its own."""
    stamp = str(int(time.time()))
    signed = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signed.hexdigest()}",
    }


async def load(port: int, first: int, options: argparse.Namespace, measured: Measured) -> None:
    """Every connection sends in its turn until the time is over."""
    begin = time.monotonic() + 0.5
    every = options.connections / options.rate

    async def one(place: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for turn in range(int(options.seconds / every)):
            leaves = begin + turn * every + place / options.rate
            await asyncio.sleep(max(0.0, leaves - time.monotonic()))
            event_id, raw = event(first + turn * options.connections + place)
            try:
                writer.write(raw)
                status = await answered(reader)
            except (OSError, asyncio.IncompleteReadError):
                measured.cut += 1
                reader, writer = await reopened(port)
                continue
            measured.taken.append(time.monotonic() - leaves)
            if status == 200:
                measured.acknowledged.append(event_id)
            else:
                measured.refused += 1
        writer.close()

    await asyncio.gather(*(one(place) for place in range(options.connections)))


async def reopened(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)


async def answered(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
    return int(head.split(b" ")[1])


class SlackStub(BaseHTTPRequestHandler):
    """Slack's Web API, which always agrees."""

    protocol_version = "HTTP/1.1"

    def took(self, raw: bytes) -> None:
        """A call came in."""

    def do_POST(self) -> None:
        self.took(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        body = {"ok": True, "user_id": "U0BOT", "team_id": "T0TEAM", "ts": f"{time.time():.6f}"}
        body |= {"channel": "C1", "user": "brobygger", "team": "Kommunen", "messages": []}
        raw = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def slack() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlackStub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()


def serve(kind: str, store: str, port: int) -> None:
    """The process under load: the product, or Bolt with a listener that does nothing."""
    from bot.app import App
    from bot.config import Config, Store
    from bot.people import People, Person, Role
    from bot.slack.connection import Access, build_client
    from bot.slack.http_mode import Health, build_site, serving
    from bot.slack.service import Service

    client = build_client(Access("xoxb-bench", address=os.environ["SLACK_API_URL"]))
    if kind == "bare":
        import slack_bolt

        bolt = slack_bolt.App(client=client, signing_secret=SECRET)
        bolt.event("app_mention")(lambda: None)
    else:
        ane = Person("ane", "Ane", frozenset({Role.CASEWORKER}), "U0ANE")
        folder = Path(store)
        kept = Store(str(folder / "load.db"), folder / "index.db")
        app = App(Config(people=People({"ane": ane}), store=kept))
        service = Service(app, client, signing_secret=SECRET)
        service.start()
        bolt = service.bolt
    with serving(build_site(bolt, SECRET, lambda: Health(True, {})), "127.0.0.1", port):
        print("ready", flush=True)
        signal.pause()


@contextmanager
def served(kind: str, store: str, port: int, address: str) -> Iterator[subprocess.Popen[bytes]]:
    process = started(kind, store, port, address)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def started(kind: str, store: str, port: int, address: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.slack_load", "--serve", kind, "--store", store,
         "--port", str(port)],
        env=os.environ | {"SLACK_API_URL": address},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == READY
    return process


def on_disk(store: str) -> set[str]:
    with sqlite3.connect(Path(store) / "load.db") as database:
        return {row[0] for row in database.execute("SELECT id FROM inbox")}


def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(dir=options.folder) as store, slack() as address:
        bare, ours = Measured(), Measured()
        with served("bare", store, 18_931, address):
            asyncio.run(load(18_931, 0, options, bare))
        print(bare.told("bare Bolt, nothing written"), flush=True)
        process = started("ours", store, 18_932, address)
        again: list[subprocess.Popen[bytes]] = []
        if options.kill:

            def kill() -> None:
                time.sleep(options.seconds / 2)
                process.kill()
                process.wait()
                again.append(started("ours", store, 18_932, address))

            threading.Thread(target=kill, daemon=True).start()
        asyncio.run(load(18_932, 10_000_000, options, ours))
        kept = on_disk(store)
        for one in (process, *again):
            one.kill()
            one.wait()
        print(ours.told("Brobygger, each event on disk first"))
        lost = [one for one in ours.acknowledged if one not in kept]
        print(f"on disk: {len(kept)}; acknowledged and lost: {len(lost)}")
        return 1 if lost else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--folder", default=None, help="where the store lies: a real disk")
    parser.add_argument("--serve", choices=("bare", "ours"))
    parser.add_argument("--store", default="")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, options.store, options.port)
        return 0
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
