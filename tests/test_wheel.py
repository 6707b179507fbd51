"""What a municipality installs is the whole product: the wheel holds all data files, and runs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("locales", "messages", "scheduler", "bot")
LARGEST = 3_000_000  # bytes; it was 2.1 MB in November 2026, two fifths of it fonts
CLEAN = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=CLEAN | {"HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
        folder=folder,
    )
    return next(folder.glob("brobygger-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and its dependencies.

    The dependencies are lent by path from this environment, whose editable install of the checkout
    is not among them: a `.pth` line adds a folder, it does not run that folder's own `.pth` files.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False, symlinks=True)
    own = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "lent.pth").write_text("\n".join(sorted(lent)), encoding="utf-8")
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, folder=folder)
    return folder / "bin"


def test_every_data_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    in_the_tree = {
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    kinds = {Path(name).suffix for name in in_the_tree}
    assert {".toml", ".md", ".svg", ".j2", ".typ", ".ttf", ".woff2", ".po", ".txt"} <= kinds
    assert {".js", ".css"} <= kinds
    assert in_the_tree - inside == set()
    assert "bot/slack/manifest.json" in inside


def test_the_wheel_stays_small_enough_for_a_slow_line(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST


def test_the_installed_product_runs_its_demo_outside_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    where = run(installed / "python", "-c", "import bot; print(bot.__file__)", folder=tmp_path)
    assert where.startswith(str(installed.parent)), where

    told = run(installed / "brobygger", "demo", "--once", folder=tmp_path)

    made = {file.suffix for file in (tmp_path / "out").iterdir()}
    assert {".pdf", ".html"} <= made
    assert "virksomhedspraktik" in told


def test_the_installed_product_ships_its_slack_manifest(installed: Path, tmp_path: Path) -> None:
    code = (
        "import json; from importlib.resources import files;"
        "manifest = json.loads((files('bot') / 'slack/manifest.json').read_text());"
        "print(manifest['display_information'])"
    )
    assert "Brobygger" in run(installed / "python", "-c", code, folder=tmp_path)
