"""How soon the sheet beside the form follows what is typed, on loopback.

`python bench/desk_preview.py [--times 300]`. The demo's desk is asked for the sheet with ever new
numbers in every language, one after the other; then, where Playwright and Chromium are at hand, a
browser types and the page's own marks are read: from asking for the sheet until it is drawn.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from urllib.parse import urlencode, urlsplit

LANGUAGES = ("da", "en", "ar", "uk", "fa_AF", "ti", "so", "ku")
GOAL = 100.0
_MEASURED = """() => {
  const at = name => performance.getEntriesByName(name).at(-1)?.startTime ?? 0;
  return at("sheet-shown") - at("sheet-asked");
}"""


def asked(place: str, times: int) -> list[float]:
    """Milliseconds from sending the form to the last byte of the sheet."""
    connection = http.client.HTTPConnection(place, timeout=60)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    taken = []
    for number in range(times):
        form = {"f.gross": str(20_000 + number), "lang": LANGUAGES[number % len(LANGUAGES)]}
        began = time.perf_counter()
        connection.request("POST", "/ark/loenseddel/vis", urlencode(form), kind)
        answer = connection.getresponse()
        body = answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
        assert len(body) > 1000
    return taken[len(LANGUAGES) :]  # the first of each language reads its catalog


def drawn(address: str, times: int) -> list[float]:
    """Milliseconds from asking for the sheet to its being on the page, in a browser."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}ark/loenseddel?lang=ar")
        for number in range(times):
            amount = f"{20_000 + number}"
            page.evaluate("performance.clearMarks()")
            page.locator("#f-gross").fill(amount)
            while not page.evaluate("performance.getEntriesByName('sheet-shown').length"):
                time.sleep(0.01)
            taken.append(page.evaluate(_MEASURED))
        browser.close()
    return taken


def tell(name: str, taken: list[float]) -> bool:
    cuts = statistics.quantiles(taken, n=100)
    print(f"{name:22} n {len(taken):4}  p50 {cuts[49]:6.1f} ms  p95 {cuts[94]:6.1f} ms")
    return cuts[94] <= GOAL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    times = parser.parse_args().times
    server = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli.main import run; run()", "desk", "--demo",
         "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(part or "." for part in sys.path)},
    )  # fmt: skip
    try:
        assert server.stdout
        found = re.search(r"http://\S+/", server.stdout.readline())
        assert found
        good = tell("the sheet's bytes", asked(urlsplit(found[0]).netloc, times))
        try:
            good &= tell("the sheet on the page", drawn(found[0], times // 3))
        except ImportError:
            print("the sheet on the page  not measured: playwright is not installed")
    finally:
        server.terminate()
        server.wait(20)
    sys.exit(not good)


if __name__ == "__main__":
    main()
