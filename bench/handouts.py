"""How fast handouts are made: `make bench`, or `python bench/handouts.py [--rows N] [--count N]`.

Every engine makes the same payslip sheet in the same run, each in a process of its own, one after
the other: warm, cold, and its memory. Then a batch of rows through `brobygger handouts`. The table
is written to docs/bench-handouts.md. Chromium is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from handout_engines import CHROMIUM, LANGUAGES, QUIET

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "bench-handouts.md"
FORMATS = (".html", ".txt", ".json", ".pdf", ".png", ".phone.png")
OTHERS = ("weasyprint", "xhtml2pdf", "chromium")
COLD_RUNS = 7
CODE = {
    "weasyprint": "import sys, weasyprint; "
    "weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')",
    "xhtml2pdf": "import re, sys; from xhtml2pdf import pisa; "
    "text = re.sub(r'<style>.*?</style>', '', open(sys.argv[1]).read(), flags=re.S); "
    "pisa.CreatePDF(text, dest=open(sys.argv[2], 'wb'))",
}


@dataclass(frozen=True)
class Warm:
    """Milliseconds a sheet once the process is warm, by language, and its most memory in MiB."""

    engine: str
    medians: dict[str, float]
    p95: float
    first: float
    mib: float


def warm(engine: str, count: int) -> Warm:
    command = [sys.executable, str(HERE / "handout_engines.py"), engine, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result = json.loads(done.stdout.splitlines()[-1])
    took: list[float] = result["ms"]
    # The first sheet was Danish: those that follow begin with the second language.
    turns = [LANGUAGES[(number + 1) % len(LANGUAGES)] for number in range(len(took))]
    by_language = {
        code: median(ms for ms, turn in zip(took, turns, strict=True) if turn == code)
        for code in LANGUAGES
    }
    return Warm(engine, by_language, quantiles(took, n=20)[-1], result["first"], result["mib"])


def cold(command: Sequence[str]) -> float:
    """Milliseconds from nothing to a file: the median of several processes."""
    took = []
    for _ in range(COLD_RUNS):
        before = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append((time.perf_counter() - before) * 1000)
    return median(took)


def cold_commands(folder: Path) -> Iterator[tuple[str, list[str]]]:
    page, out = folder / "page.html", str(folder / "page.pdf")
    ours = [str(Path(sys.executable).parent / "brobygger"), "handout", "loenseddel", "--lang", "ar"]
    subprocess.run([*ours, "-o", str(page)], check=True, capture_output=True)
    for suffix in (".pdf", ".html", ".txt"):
        yield f"ours{suffix}", [*ours, "-o", str(folder / f"sheet{suffix}")]
    for engine, code in CODE.items():
        yield engine, [sys.executable, "-c", code, str(page), out]
    if Path(CHROMIUM).exists():
        yield "chromium", [CHROMIUM, *QUIET, f"--print-to-pdf={out}", page.as_uri()]


def bulk(rows: int, workers: int, suffix: str) -> tuple[float, int]:
    """Seconds for a batch of `rows` sheets at `workers` processes, and how many were made."""
    with tempfile.TemporaryDirectory() as folder:
        batch, out = Path(folder) / "rows.csv", Path(folder) / "out"
        lines = [f"loenseddel,{LANGUAGES[n % 2]},{suffix},{20_000 + n}" for n in range(rows)]
        batch.write_text("\n".join(["topic,lang,format,gross", *lines]) + "\n")
        command = [str(Path(sys.executable).parent / "brobygger"), "handouts"]
        command += ["--batch", str(batch), "--out", str(out), "--workers", str(workers)]
        before = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took = time.perf_counter() - before
        return took, sum(1 for file in out.iterdir() if file.name != "manifest.jsonl")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def warm_table(found: dict[str, Warm]) -> str:
    ours = found["ours.pdf"]
    rows = []
    for name, one in found.items():
        is_pdf = name == "ours.pdf" or not name.startswith("ours")
        ratios = [one.medians[code] / ours.medians[code] for code in LANGUAGES]
        shown = " / ".join(f"{ratio:.1f}" for ratio in ratios) if is_pdf else "–"
        times = [f"{one.medians[code]:.1f}" for code in LANGUAGES]
        rows.append([name, *times, f"{one.p95:.1f}", shown, f"{one.first:.0f}", f"{one.mib:.0f}"])
    heads = [f"{code}, median ms" for code in LANGUAGES]
    return table(["engine", *heads, "p95", "× ours, da / ar", "first ms", "MiB"], rows)


def report(arguments: argparse.Namespace) -> str:
    others = [name for name in OTHERS if name != "chromium" or Path(CHROMIUM).exists()]
    found = {}
    for engine in [*(f"ours{suffix}" for suffix in FORMATS), *others]:
        found[engine] = warm(engine, arguments.count if engine.startswith("ours") else 20)
        print(engine, found[engine].medians, file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        starts = {name: cold(command) for name, command in cold_commands(Path(folder))}
    base = starts["ours.pdf"]
    cold_rows = [[name, f"{ms:.0f}", f"{ms / base:.1f}"] for name, ms in starts.items()]
    bulk_rows = []
    for suffix, rows in (("html", arguments.rows), ("pdf", arguments.rows // 10)):
        for workers in (1, 2):
            seconds, made = bulk(rows, workers, suffix)
            each = [f"{made}", f"{seconds:.1f}", f"{made / seconds:.0f}"]
            bulk_rows.append([f"{suffix}, {workers} workers", *each])
            print(bulk_rows[-1], file=sys.stderr)
    when = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    load = f"load {os.getloadavg()[0]:.1f} at the end"
    names = [version_of(name) for name in ("typst", "weasyprint", "xhtml2pdf")]
    command = f"python bench/handouts.py --rows {arguments.rows} --count {arguments.count}"
    return "\n".join(
        [
            TOP.format(
                when=when,
                machine=f"{machine}, Python {platform.python_version()}, {load}",
                names=", ".join(names),
                command=command,
            ),
            "## Warm\n",
            warm_table(found),
            "## Cold: a new process for one Arabic sheet\n",
            table(["engine", "median ms", "× ours"], cold_rows),
            "## In bulk: `brobygger handouts`, start-up and writing included\n",
            table(["run", "sheets", "seconds", "sheets a second"], bulk_rows),
        ]
    )


def version_of(name: str) -> str:
    return f"{name} {version(name)}"


TOP = """# How fast handouts are made

Written by `bench/handouts.py` (`make bench`). The payslip sheet with its picture steps, money bar
and figures, in Danish and in Arabic beside Danish; each engine in a process of its own, one after
the other. Ours starts from the facts: sums, words and page are in the time. The others are handed
our finished HTML of the same sheet. WeasyPrint makes PDF/UA-1 as we do; Chromium stays open and is
told over its socket; xhtml2pdf cannot read our style sheet or drawings, so it sets the bare text.

{when}, {machine}; {names}.

```
{command}
```
"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--count", type=int, default=60)
    if shutil.which("brobygger", path=str(Path(sys.executable).parent)) is None:
        raise SystemExit("install Brobygger in this environment first: make bench")
    PAGE.write_text(report(parser.parse_args()), encoding="utf-8")
    print(PAGE)
