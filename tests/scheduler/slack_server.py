"""A Slack of our own for the chaos test: one socket, seeded faults, and a history that lags.

One JSON line in, one out. It says itself when it was asked, so a test can count the truth.
"""

from __future__ import annotations

import json
import random
import socket
import socketserver
import threading
import time
from collections import Counter
from pathlib import Path

from scheduler.errors import PostFailed
from scheduler.outbox import Outgoing, Posted

PATIENCE = 0.4  # seconds that a client waits for its answer


class SlackServer(socketserver.ThreadingUnixStreamServer):
    """Keeps posts in memory. Of the answers to posts, `lost` are cut off and `slow` come too late;
    429 and 500 come besides."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, path: Path, seed: int, lag: float, lost: float = 0.15) -> None:
        self.dice = random.Random(seed)
        self.lag = lag
        self.lost = lost
        self.guard = threading.Lock()
        self.posts: list[tuple[str, str, float]] = []
        self.answers: Counter[str] = Counter()
        super().__init__(str(path), _Talk)

    def decide(self) -> str:
        with self.guard:
            kinds = ("ok", "lost", "slow", "429", "500")
            weights = (1 - self.lost - 0.08, self.lost - 0.02, 0.02, 0.05, 0.03)
            kind = self.dice.choices(kinds, weights)[0]
            self.answers[kind] += 1
            return kind

    def keep(self, key: str) -> str:
        with self.guard:
            ts = f"{len(self.posts) + 1:06d}"
            self.posts.append((key, ts, time.monotonic()))
            return ts

    def find(self, key: str, besides: str | None) -> str | None:
        with self.guard:
            shown = time.monotonic() - self.lag
            return next(
                (ts for k, ts, at in self.posts if k == key and at <= shown and ts != besides), None
            )

    def drop(self, ts: str) -> None:
        with self.guard:
            self.posts = [post for post in self.posts if post[1] != ts]

    def seen(self) -> Counter[str]:
        with self.guard:
            return Counter(key for key, _, _ in self.posts)


class _Talk(socketserver.StreamRequestHandler):
    server: SlackServer

    def handle(self) -> None:
        line = self.rfile.readline()
        if not line:
            return
        request = json.loads(line)
        match request["do"]:
            case "find":
                self._say({"ts": self.server.find(request["key"], request["besides"])})
            case "remove":
                self.server.drop(request["ts"])
                self._say({})
            case _:
                self._post(request["key"])

    def _post(self, key: str) -> None:
        kind = self.server.decide()
        if kind == "429":
            self._say({"error": "429"})
            return
        if kind == "500":
            # A 500 may have posted all the same: here, every second one did.
            if self.server.dice.random() < 0.5:
                self.server.keep(key)
            self._say({"error": "500"})
            return
        ts = self.server.keep(key)
        if kind == "slow":
            time.sleep(PATIENCE * 1.5)
        if kind != "lost":
            self._say({"ts": ts})

    def _say(self, answer: dict[str, str | None]) -> None:
        try:
            self.wfile.write(json.dumps(answer).encode() + b"\n")
        except OSError:
            return  # the other side gave up, or was killed


class SocketChannel:
    """The channel of a worker process, over the server's socket."""

    def __init__(self, path: str) -> None:
        self._path = path

    def post(self, outgoing: Outgoing) -> Posted:
        answer = self._ask({"do": "post", "key": outgoing.key})
        if answer.get("error") == "429":
            raise PostFailed("429", retry_after=0.2)
        if answer.get("error"):
            raise PostFailed("500", unsure=True)
        return Posted("C", answer["ts"])

    def find(self, outgoing: Outgoing, besides: Posted | None = None) -> Posted | None:
        skip = besides.ts if besides else None
        answer = self._ask({"do": "find", "key": outgoing.key, "besides": skip})
        return Posted("C", answer["ts"]) if answer["ts"] else None

    def remove(self, posted: Posted) -> None:
        self._ask({"do": "remove", "ts": posted.ts})

    def _ask(self, request: dict[str, str | None]) -> dict[str, str]:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(PATIENCE)
                line.connect(self._path)
                line.sendall(json.dumps(request).encode() + b"\n")
                said = line.makefile().readline()
        except OSError as error:
            raise PostFailed("intet svar", unsure=True) from error
        if not said:
            raise PostFailed("intet svar", unsure=True)
        answer: dict[str, str] = json.loads(said)
        return answer
