"""How long a question waits for its answer: from the event on the wire to the post that leaves us.

    python -m bench.slack_answers [--questions 300] [--every 0.25] [--folder DIR]

The product runs as a process of its own in HTTP mode, over a store on a real disk; Slack is a
stand-in that notes when `chat.postMessage` arrives. Both ends are timed by this process: signing,
the event's row, the search, the reply's row and the outbox are all inside, Slack itself is not.
Questions are those of tests/questions, each in a channel of its own (Slack's pace of one message a
second a channel would be measured otherwise).
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

from bench.slack_load import SlackStub, served, signed_headers

PORT = 18_933
PATIENCE = 30.0
QUESTIONS = Path(__file__).parents[1] / "tests/questions/handbook.jsonl"


class Slack(SlackStub):
    """Notes when each answer came, by its channel: a post, or the private word on a CPR number."""

    def took(self, raw: bytes) -> None:
        if not self.path.endswith(("chat.postMessage", "chat.postEphemeral")):
            return
        now = time.monotonic()
        text = raw.decode()
        asked = json.loads(text) if text.startswith("{") else dict(parse_qsl(text))
        server = self.server
        with server.came:  # type: ignore[attr-defined]
            server.answers[asked["channel"]] = now  # type: ignore[attr-defined]
            server.came.notify_all()  # type: ignore[attr-defined]


@contextmanager
def slack() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slack)
    server.came, server.answers = threading.Condition(), {}  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def mention(number: int, question: str) -> tuple[str, bytes]:
    """A mention in a channel of its own: the channel, and the body."""
    channel, ts = f"C{number:05d}", f"{1_764_000_000 + number}.000100"
    inner = {
        "type": "app_mention",
        "user": "U0ANE",
        "text": f"<@U0BOT> {question}",
        "ts": ts,
        "channel": channel,
        "team": "T0TEAM",
        "event_ts": ts,
    }
    body = {
        "type": "event_callback",
        "team_id": "T0TEAM",
        "api_app_id": "A0APP",
        "event": inner,
        "event_id": f"Ev{number:010d}",
        "event_time": number,
        "authorizations": [{"team_id": "T0TEAM", "user_id": "U0BOT", "is_bot": True}],
    }
    return channel, json.dumps(body).encode()


def ask(line: http.client.HTTPConnection, body: bytes) -> float:
    """Send it; when it left, by the clock that notes the answers."""
    headers = signed_headers(body)
    left = time.monotonic()
    line.request("POST", "/slack/events", body, headers)
    answer = line.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    return left


def run(options: argparse.Namespace) -> int:
    read = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    questions = itertools.islice(itertools.cycle(read), options.questions)
    with tempfile.TemporaryDirectory(dir=options.folder) as store, slack() as server:
        address = f"http://127.0.0.1:{server.server_port}/api/"
        with served("ours", store, PORT, address):
            line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
            left: dict[str, float] = {}
            said: dict[str, str] = {}
            begin = time.monotonic()
            for number, question in enumerate(questions):
                time.sleep(max(0.0, begin + number * options.every - time.monotonic()))
                channel, body = mention(number, question)
                left[channel] = ask(line, body)
                said[channel] = question
            answers: dict[str, float] = server.answers  # type: ignore[attr-defined]
            with server.came:  # type: ignore[attr-defined]
                server.came.wait_for(lambda: len(answers) >= len(left), PATIENCE)  # type: ignore[attr-defined]
            line.close()
    taken = sorted(answers[one] - left[one] for one in left if one in answers)
    for channel in set(left) - set(answers):
        print("without an answer:", said[channel])
    print(told(taken, len(left), len(set(read))))
    return 0 if len(taken) == len(left) else 1


def told(taken: list[float], asked: int, different: int) -> str:
    def at(part: float) -> str:
        return f"{taken[min(len(taken) - 1, int(part * len(taken)))] * 1000:.0f}"

    return (
        f"{asked} questions ({different} different), {asked - len(taken)} without an answer; ms: "
        f"p50 {at(0.5)}, p90 {at(0.9)}, p95 {at(0.95)}, p99 {at(0.99)}, most {at(1)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--every", type=float, default=0.25, help="seconds between two")
    parser.add_argument("--folder", default=None, help="where the store lies: a real disk")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
