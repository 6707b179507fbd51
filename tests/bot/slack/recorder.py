"""A stand-in for Slack's Web API on loopback: keeps what it is sent, answers as Slack does."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

BOT_USER = "U0BOT"
TEAM = "T0TEAM"
OURSELVES = {
    "user_id": BOT_USER,
    "bot_id": "B0BOT",
    "team_id": TEAM,
    "team": "Kommunen",
    "user": "brobygger",
    "url": "https://kommunen.slack.com/",
}


@dataclass(frozen=True)
class Call:
    """One call as it came in: the method, its arguments, and the bytes on the wire."""

    method: str
    arguments: dict[str, Any]
    raw: bytes
    token: str


@dataclass(frozen=True)
class Answer:
    """What to say instead of the usual. `keep`: whether Slack took the message all the same."""

    status: int = 200
    body: str = '{"ok": true}'
    headers: dict[str, str] = field(default_factory=dict)
    keep: bool = False
    hang_up: bool = False
    wait: float = 0.0


def refusal(error: str) -> Answer:
    return Answer(body=json.dumps({"ok": False, "error": error}))


class Recorder:
    """`calls` is everything asked; `messages` is what stands in Slack; `next` is the exceptions,
    a list of answers a method, used up first."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.port = 0
        self.calls: list[Call] = []
        self.messages: list[dict[str, Any]] = []
        self.next: dict[str, list[Answer]] = {}
        self.socket_url = ""
        self.users: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.given: dict[str, dict[str, Any]] = {}
        self._changed = threading.Condition()

    def of(self, method: str) -> list[dict[str, Any]]:
        return [call.arguments for call in self.calls if call.method == method]

    def heard(self, method: str, seconds: float) -> bool:
        """Wait until that method is called; False when it is not within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self.of(method)), seconds)

    @property
    def posts(self) -> list[dict[str, Any]]:
        return self.of("chat.postMessage")

    @property
    def whispers(self) -> list[dict[str, Any]]:
        return self.of("chat.postEphemeral")

    @property
    def said(self) -> bytes:
        """All bytes that left us."""
        return b"\n".join(call.raw for call in self.calls)

    def answer(self, call: Call) -> Answer:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
            queue = self.next.get(call.method, [])
            special = queue.pop(0) if queue else None
            usual = self._usual(call) if special is None or special.keep else None
        if special is not None:
            return special
        return Answer(body=json.dumps({"ok": True} | (usual or {})))

    def _usual(self, call: Call) -> dict[str, Any]:
        method, asked = call.method, call.arguments
        if method == "chat.delete":
            self.messages = [one for one in self.messages if one["ts"] != asked["ts"]]
        usual: dict[str, Callable[[], dict[str, Any]]] = {
            "auth.test": lambda: OURSELVES,
            "apps.connections.open": lambda: {"url": self.socket_url},
            "conversations.open": lambda: {"channel": {"id": _direct(asked["users"])}},
            "chat.postMessage": lambda: self._post(asked),
            "conversations.history": lambda: {"messages": self._standing(asked)},
            "conversations.replies": lambda: {"messages": self._standing(asked)},
            "chat.update": lambda: {"channel": asked["channel"], "ts": asked["ts"]},
            "users.info": lambda: self._person(asked.get("user", "")),
            "files.info": lambda: {"file": self._given(asked["file"])},
            "files.getUploadURLExternal": lambda: self._upload_place(asked),
            "files.completeUploadExternal": lambda: {"files": asked["files"]},
        }
        return usual.get(method, dict)()

    def _post(self, asked: dict[str, Any]) -> dict[str, Any]:
        ts = f"1764000000.{len(self.messages) + 1:06d}"
        channel = _direct(asked["channel"])
        kept = {"ts": ts, "user": BOT_USER, "channel": channel, "text": asked.get("text", ""),
                "metadata": asked.get("metadata"), "thread_ts": asked.get("thread_ts")}  # fmt: skip
        self.messages.append(kept)
        return {"channel": channel, "ts": ts, "message": kept}

    def give(self, name: str, content: bytes, user: str, **more: Any) -> str:
        """A file that `user` uploads in a form; its id."""
        file = f"F0GIVEN{len(self.given) + 1}"
        address = f"{self.address}given/{file}"
        usual = {"id": file, "name": name, "user": user, "size": len(content)}
        self.given[file] = usual | {"url_private_download": address, "content": content} | more
        return file

    def _given(self, file: str) -> dict[str, Any]:
        return {key: value for key, value in self.given[file].items() if key != "content"}

    def _person(self, user: str) -> dict[str, Any]:
        if not user:
            return {"ok": False, "error": "user_not_found"}
        return {"user": self.users.get(user, {"team_id": TEAM})}

    def _upload_place(self, asked: dict[str, Any]) -> dict[str, Any]:
        file = f"F{len(self.files) + 1:05d}"
        self.files[file] = b""
        return {"file_id": file, "upload_url": f"{self.address}upload/{file}"}

    def _standing(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        here = [one for one in self.messages if one["channel"] == asked["channel"]]
        if "ts" in asked:
            return [one for one in here if asked["ts"] in (one["ts"], one["thread_ts"])]
        return list(reversed([one for one in here if not one["thread_ts"]]))


def _direct(to: str) -> str:
    return f"D{to[1:]}" if to.startswith("U") else to


@contextmanager
def recording(
    port: int = 0, address: str = "", tls: ssl.SSLContext | None = None
) -> Iterator[Recorder]:
    """A running recorder; `address` is what SLACK_API_URL is set to."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    recorder = Recorder(address or f"http://127.0.0.1:{server.server_port}/api/")
    recorder.port = server.server_port
    server.recorder = recorder  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """A file that somebody gave, for whoever has the token."""
        recorder: Recorder = self.server.recorder  # type: ignore[attr-defined]
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        usual = recorder.answer(Call("given", {"path": self.path}, b"", token))
        content = usual.body.encode()
        if usual.status == 200 and not usual.headers:
            content = recorder.given[self.path.rpartition("/")[2]]["content"]
        self.send_response(usual.status)
        for name, value in {"Content-Type": "application/octet-stream", **usual.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        recorder: Recorder = self.server.recorder  # type: ignore[attr-defined]
        if self.path.startswith("/api/upload/"):
            recorder.files[self.path.rpartition("/")[2]] = raw
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"OK")
            return
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        method = self.path.removeprefix("/api/")
        answer = recorder.answer(Call(method, self._arguments(raw), raw, token))
        time.sleep(answer.wait)
        if answer.hang_up:
            self.close_connection = True
            self.connection.close()
            return
        # send_response would put a date of its own first.
        (self.send_response_only if "Date" in answer.headers else self.send_response)(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body.encode())))
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def _arguments(self, raw: bytes) -> dict[str, Any]:
        if "json" in self.headers.get("Content-Type", ""):
            asked: dict[str, Any] = json.loads(raw or b"{}")
            return asked
        asked = dict(parse_qsl(raw.decode()))
        for name in ("blocks", "metadata", "view", "files", "prompts"):
            if name in asked:
                asked[name] = json.loads(asked[name])
        return asked

    def log_message(self, *args: object) -> None:
        """Say nothing on the terminal."""
