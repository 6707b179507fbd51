"""Everything to install on a machine without a package index, in one file: `make bundle`.

A folder with the project's wheel, the wheels that it needs, a requirements file that names each
with its hash, and SHA256SUMS over it all; packed so that the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BESIDE = ("config.toml", "manifest.json", "LICENSE", "deploy/brobygger.service")
LONG_AGO = 1_577_836_800  # 2020-01-01: when a file was packed says nothing about what is in it
INSTALL = """\
Brobygger on a machine without a package index
==============================================

Made for {platform}: the machine needs the same system and the same Python, and nothing else.

    sha256sum --check SHA256SUMS
    python3 -m venv /opt/{name}
    /opt/{name}/bin/pip install --no-index --find-links wheels --require-hashes \\
        -r requirements.txt
    /opt/{name}/bin/brobygger demo --once
    ln -sfn {name} /opt/brobygger

SHA256SUMS tells a damaged copy. That the copy is ours, only its own sum tells: compare the one of
the packed file with the one you were given by another way.

Then docs/administrator.md: config.toml, the service, the first start.
"""


@dataclass(frozen=True)
class Needed:
    """One distribution as pip would install it."""

    name: str
    version: str
    file: str
    sha256: str

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


def pip(*arguments: str | Path) -> str:
    """What pip says. Raises CalledProcessError when it refuses."""
    command = [sys.executable, "-m", "pip", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def build_wheel(folder: Path) -> None:
    """The project's wheel, by the pinned build backend; nothing is fetched."""
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)


def fetch(folder: Path) -> None:
    """The pinned wheels of all that runs, each held to its hash."""
    pins = ROOT / "requirements" / "run.txt"
    wheels = ("--only-binary", ":all:", "--require-hashes")
    pip("download", "--quiet", *wheels, "--dest", folder, "--requirement", pins)


def needed(wheels: Path, name: str) -> list[Needed]:
    """What `name` needs to run here, itself included, of the wheels in a folder; by name."""
    offline = ("--no-index", "--find-links", wheels, "--ignore-installed")
    told = pip("install", "--quiet", "--dry-run", "--report", "-", *offline, name)
    found = []
    for one in json.loads(told)["install"]:
        source, about = one["download_info"], one["metadata"]
        file = source["url"].rpartition("/")[2]
        digest = hashlib.sha256((wheels / file).read_bytes()).hexdigest()
        found.append(Needed(about["name"], about["version"], file, digest))
    return sorted(found, key=lambda one: one.name.lower())


def assemble(wheels: Path, what: Iterable[Needed], beside: Iterable[Path], folder: Path) -> None:
    """Fill `folder`: the wheels, what pip shall hold them to, the other files, and all sums."""
    (folder / "wheels").mkdir(parents=True)
    pins = []
    for one in what:
        shutil.copyfile(wheels / one.file, folder / "wheels" / one.file)
        pins.append(one.requirement)
    for file in beside:
        shutil.copyfile(file, folder / file.name)
    (folder / "requirements.txt").write_text("\n".join([*pins, ""]), encoding="utf-8")
    platform = f"{sys.platform}, Python {sys.version_info.major}.{sys.version_info.minor}"
    text = INSTALL.format(platform=platform, name=folder.name.removesuffix("-bundle"))
    (folder / "INSTALL.txt").write_text(text, encoding="utf-8")
    sums = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]
    (folder / "SHA256SUMS").write_text("\n".join([*sums, ""]), encoding="utf-8")


def pack(folder: Path, target: Path) -> str:
    """Write `folder` as a tar file; gives its sum. The same files give the same bytes."""
    with tarfile.open(target, "w") as archive:
        for file in sorted(folder.rglob("*")):
            entry = archive.gettarinfo(file, f"{folder.name}/{file.relative_to(folder)}")
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = LONG_AGO, 0, 0, "", ""
            entry.mode = 0o755 if entry.isdir() else 0o644
            if entry.isdir():
                archive.addfile(entry)
                continue
            with file.open("rb") as content:
                archive.addfile(entry, content)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main() -> None:
    """Make dist/brobygger-<version>-bundle.tar and say its sum."""
    dist = ROOT / "dist"
    dist.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="brobygger-") as temporary:
        wheels = Path(temporary) / "all"
        wheels.mkdir()
        build_wheel(wheels)
        fetch(wheels)
        what = needed(wheels, "brobygger")
        version = next(one.version for one in what if one.name == "brobygger")
        folder = Path(temporary) / f"brobygger-{version}-bundle"
        assemble(wheels, what, (ROOT / name for name in BESIDE), folder)
        target = dist / f"{folder.name}.tar"
        digest = pack(folder, target)
    for one in what:
        sys.stdout.write(f"{one.name} {one.version}\n")
    sys.stdout.write(f"{digest}  {target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
