"""One engine at work in a process of its own: `python bench/handout_engines.py ENGINE COUNT`.

Prints JSON: the milliseconds of each sheet (the first apart), the bytes of the last, and the most
memory that the process ever held, in MiB. `ours-…` starts from the facts; the other engines are
handed our finished HTML of the same sheet, so composing it costs them nothing.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import logging
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from messages.compose import compose
from messages.formats import render
from messages.library import Library, load_library

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
LANGUAGES = ("da", "ar")
DAY = date(2026, 11, 22)
Make = Callable[[Library, int], bytes]


def sheet(library: Library, number: int, suffix: str) -> bytes:
    """The payslip sheet with figures of its own, in Danish and Arabic by turns."""
    facts = {"gross": str(20_000 + 37 * number)}
    language = LANGUAGES[number % len(LANGUAGES)]
    return render(compose("loenseddel", language, facts, library, DAY), library, suffix)


def ours(suffix: str) -> Make:
    return lambda library, number: sheet(library, number, suffix)


def weasyprint(page: bytes) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=page.decode()).write_pdf(pdf_variant="pdf/ua-1"))


def xhtml2pdf(page: bytes) -> bytes:
    """xhtml2pdf cannot read our style sheet nor drawings in a page: it sets the bare text."""
    from xhtml2pdf import pisa

    out = io.BytesIO()
    pisa.CreatePDF(re.sub(r"<style>.*?</style>", "", page.decode(), flags=re.DOTALL), dest=out)
    return out.getvalue()


@contextmanager
def chromium() -> Iterator[Callable[[bytes], bytes]]:
    """A browser that stays open, told over its debugging socket on loopback to print pages."""
    from websocket import create_connection

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = ["--remote-debugging-port=0", "--remote-allow-origins=*"]
        command = [CHROMIUM, *QUIET, *options, f"--user-data-dir={folder}", "about:blank"]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port, path = _waited_for(Path(folder) / "DevToolsActivePort").split()
            socket = create_connection(f"ws://127.0.0.1:{port}{path}", timeout=60)
            numbers = itertools.count(1)

            def call(method: str, session: str = "", **params: Any) -> dict[str, Any]:
                number = next(numbers)
                asked = {"id": number, "method": method, "params": params}
                socket.send(json.dumps(asked | ({"sessionId": session} if session else {})))
                while True:
                    answer = json.loads(socket.recv())
                    if answer.get("id") == number:
                        return dict(answer["result"])

            target = call("Target.createTarget", url="about:blank")["targetId"]
            tab = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            frame = call("Page.getFrameTree", tab)["frameTree"]["frame"]["id"]

            def printed(page: bytes) -> bytes:
                call("Page.setDocumentContent", tab, frameId=frame, html=page.decode())
                made = call("Page.printToPDF", tab, generateTaggedPDF=True, printBackground=True)
                return base64.b64decode(made["data"])

            yield printed
            socket.close()
        finally:
            browser.terminate()
            browser.wait(10)


def _waited_for(file: Path) -> str:
    for _ in range(200):
        if file.exists() and file.read_text().count("\n"):
            return file.read_text()
        time.sleep(0.05)
    raise SystemExit("Chromium did not start")


def timed(make: Make, library: Library, count: int) -> dict[str, Any]:
    took: list[float] = []
    size = 0
    for number in range(count + 1):
        before = time.perf_counter()
        size = len(make(library, number))
        took.append((time.perf_counter() - before) * 1000)
    return {"first": took[0], "ms": took[1:], "bytes": size}


def from_html(printer: Callable[[bytes], bytes], count: int) -> dict[str, Any]:
    library = load_library()
    pages = [sheet(library, number, ".html") for number in range(count + 1)]
    return timed(lambda _, number: printer(pages[number]), library, count)


def main(engine: str, count: int) -> None:
    logging.disable()
    if engine.startswith("ours"):
        result = timed(ours(engine.removeprefix("ours")), load_library(), count)
    elif engine == "chromium":
        with chromium() as printer:
            result = from_html(printer, count)
    else:
        result = from_html({"weasyprint": weasyprint, "xhtml2pdf": xhtml2pdf}[engine], count)
    who = resource.RUSAGE_CHILDREN if engine == "chromium" else resource.RUSAGE_SELF
    result["mib"] = resource.getrusage(who).ru_maxrss / 1024
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
