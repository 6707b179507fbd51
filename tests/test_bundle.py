"""The bundle for a network without a package index: what is in it, and that pip keeps to it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.bundle import BESIDE, ROOT, assemble, needed, pack, pip

WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def a_wheel(folder: Path, name: str, version: str, requires: str = "") -> Path:
    """The smallest wheel that pip takes."""
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    if requires:
        about += f"Requires-Dist: {requires}\n"
    info = f"{name}-{version}.dist-info"
    file = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}.py", f"HERE = '{name}'\n")
        archive.writestr(f"{info}/METADATA", about)
        archive.writestr(f"{info}/WHEEL", WHEEL)
        archive.writestr(f"{info}/RECORD", "")
    return file


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A product that needs one other, and one that nobody needs."""
    folder = tmp_path / "all"
    folder.mkdir()
    a_wheel(folder, "brotest", "1.0", "brodep>=2")
    a_wheel(folder, "brodep", "2.5")
    a_wheel(folder, "brobuild", "9.0")
    return folder


@pytest.fixture
def bundle(wheels: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "brotest-1.0-bundle"
    assemble(wheels, needed(wheels, "brotest"), (ROOT / name for name in BESIDE), folder)
    return folder


def install(bundle: Path, target: Path) -> None:
    """As INSTALL.txt says it, into a folder."""
    wheels = ("--no-index", "--find-links", bundle / "wheels", "--require-hashes")
    pip("install", "--quiet", *wheels, "-r", bundle / "requirements.txt", "--target", target)


def test_the_bundle_holds_what_is_needed_and_no_more(bundle: Path) -> None:
    held = sorted(file.name for file in (bundle / "wheels").iterdir())
    assert held == ["brodep-2.5-py3-none-any.whl", "brotest-1.0-py3-none-any.whl"]
    assert {Path(name).name for name in BESIDE} <= {file.name for file in bundle.iterdir()}


def test_every_file_stands_in_the_sums_and_no_machine_in_any_text(bundle: Path) -> None:
    lines = (bundle / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    files = {file for file in bundle.rglob("*") if file.is_file()} - {bundle / "SHA256SUMS"}
    assert set(sums) == {file.relative_to(bundle).as_posix() for file in files}
    for name, digest in sums.items():
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest
    for file in bundle.glob("*.txt"):
        assert "/tmp" not in file.read_text("utf-8")


def test_pip_installs_it_without_an_index(bundle: Path, tmp_path: Path) -> None:
    install(bundle, tmp_path / "there")
    assert {"brotest.py", "brodep.py"} <= {file.name for file in (tmp_path / "there").iterdir()}


def test_a_wheel_that_was_exchanged_is_refused(bundle: Path, tmp_path: Path) -> None:
    a_wheel(bundle / "wheels", "brodep", "2.5", "brotest")
    with pytest.raises(subprocess.CalledProcessError):
        install(bundle, tmp_path / "there")


def test_the_same_files_make_the_same_bundle(bundle: Path, tmp_path: Path) -> None:
    copy = tmp_path / "again" / bundle.name
    shutil.copytree(bundle, copy)
    first = pack(bundle, tmp_path / "first.tar")
    assert pack(copy, tmp_path / "second.tar") == first
    (copy / "config.toml").write_text("", "utf-8")
    assert pack(copy, tmp_path / "third.tar") != first


def test_what_is_not_there_is_not_made_up(wheels: Path) -> None:
    (wheels / "brodep-2.5-py3-none-any.whl").unlink()
    with pytest.raises(subprocess.CalledProcessError):
        needed(wheels, "brotest")


def test_the_installation_text_names_the_python_that_it_was_made_for(bundle: Path) -> None:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    text = (bundle / "INSTALL.txt").read_text("utf-8")
    assert version in text
    assert "--require-hashes" in text
