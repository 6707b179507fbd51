"""`brobygger serve` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PLAIN = "from bot.cli.main import run; run()"


@contextmanager
def serving(
    config: Path, environment: Mapping[str, str], program: str = PLAIN
) -> Iterator[subprocess.Popen[str]]:
    """The process, started in the folder of `config`; it is killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, "--config", str(config), "serve"],
        cwd=config.parent,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def in_time(found: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it comes true; each look is a call over the network, which takes its time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found():
            return True
    return False
