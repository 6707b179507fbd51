"""Translations written by several processes at once, and by one that is killed in between."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.catalog_home import BEGUN, CatalogHome

ROOT = Path(__file__).parents[2]
COUNTER = """
import sys
from pathlib import Path
from bot.catalog_home import CatalogHome
home = CatalogHome(Path(sys.argv[1]), own=True)
for _ in range(15):
    with home.alone():
        count = int(home.text("count") or 0) + 1
        home.write_all({"count": str(count).encode(), "ar/count": str(count).encode()})
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.catalog_home import CatalogHome
write, left = CatalogHome.write, [int(sys.argv[2])]
def killed(self, path, content):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return write(self, path, content)
CatalogHome.write = killed
home = CatalogHome(Path(sys.argv[1]), own=True)
with home.alone():
    home.write_all({"ar/a": "nye ord æøå".encode(), "ar/b": b"b"})
"""


def run(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT)


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    both = [run(COUNTER, str(tmp_path)) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert CatalogHome(tmp_path, own=True).text("ar/count") == "30"


def test_a_process_killed_between_two_files_leaves_both_or_none(tmp_path: Path) -> None:
    home = CatalogHome(tmp_path, own=True)
    for number, there in ((0, ("", "")), (1, ("nye ord æøå", "b")), (2, ("nye ord æøå", "b"))):
        for path in ("ar/a", "ar/b"):
            home.write(path, b"")
        assert run(KILLED, str(tmp_path), str(number)).wait(60) == -9
        with home.alone():
            assert (home.text("ar/a"), home.text("ar/b")) == there
        assert not (tmp_path / BEGUN).exists()
