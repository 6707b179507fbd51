"""A hundred visitors at the demo's desk at once: how long they wait, and whether anything fails.

`python bench/desk_load.py [--visitors 100] [--rounds 10]`. Each visitor, in each round, reads the
front page, asks, makes a sheet with own numbers and reads the follow-ups.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode, urlsplit

ROUND = (
    ("front page", "GET", "/", {}),
    ("ask", "POST", "/spoerg", {"question": "Hvor længe varer en praktik i gennemsnit?"}),
    ("sheet", "POST", "/ark/loenseddel/vis", {"f.gross": "26.300", "lang": "ar"}),
    ("follow-ups", "GET", "/opfoelgning", {}),
)


def visit(place: str, rounds: int, times: dict[str, list[float]], failed: list[str]) -> None:
    connection = http.client.HTTPConnection(place, timeout=60)
    for _ in range(rounds):
        for name, method, path, form in ROUND:
            body = urlencode(form) if form else None
            kind = {"content-type": "application/x-www-form-urlencoded"} if form else {}
            began = time.perf_counter()
            try:
                connection.request(method, path, body, kind)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    failed.append(f"{name}: {answer.status}")
            except OSError as error:
                failed.append(f"{name}: {error}")
                connection.close()
            times[name].append((time.perf_counter() - began) * 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=10)
    asked = parser.parse_args()
    command = [sys.executable, "-c", "from bot.cli.main import run; run()"]
    server = subprocess.Popen(
        [*command, "desk", "--demo", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(part or "." for part in sys.path)},
    )
    assert server.stdout
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    place = urlsplit(found[0]).netloc
    times: dict[str, list[float]] = {name: [] for name, *_ in ROUND}
    failed: list[str] = []
    began = time.perf_counter()
    visitors = [
        threading.Thread(target=visit, args=(place, asked.rounds, times, failed))
        for _ in range(asked.visitors)
    ]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    seconds = time.perf_counter() - began
    server.terminate()
    server.wait(20)
    count = sum(len(each) for each in times.values())
    print(f"{asked.visitors} visitors, {count} pages, {count / seconds:.0f} a second")
    print(f"{len(failed)} failed")
    for name, each in times.items():
        cuts = statistics.quantiles(each, n=100)
        print(f"{name:12} p50 {cuts[49]:7.1f} ms   p95 {cuts[94]:7.1f} ms   p99 {cuts[98]:7.1f} ms")
    for one in sorted(set(failed)):
        print(one)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
