"""Publishing the site: every page written whole, those of an earlier run that are gone removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Refused
from bot.people import Actor
from bot.whole_file import write_whole
from messages.site import Page

OWN = ".brobygger-site"  # the paths that we wrote: nothing else in the folder is ours to remove


@dataclass(frozen=True)
class Published:
    """How many pages the site has, how many of them changed, and how many old ones were removed."""

    pages: int
    changed: int
    removed: int


def publish(
    actor: Actor,  # noqa: ARG001 - whoever may run it on the server may publish
    pages: Iterable[Page],
    out: Path,
) -> Published:
    """Make the folder `out` hold just these pages, besides what others laid there.

    A reader meets only whole pages, of the old site or the new. Raises Refused for a folder with a
    front page that is not ours, and BotError when a file cannot be written.
    """
    new = {page.path: page.content for page in pages}
    if out.exists() and not out.is_dir():
        raise Refused("{file} er en fil. Skriv en mappe, f.eks. --out site.", file=out)
    if (out / "index.html").exists() and not (out / OWN).exists():
        raise Refused(
            "{file} har en index.html, som Brobygger ikke har lavet. Vælg en tom mappe, "
            "f.eks. --out site.",
            file=out,
        )
    out.mkdir(parents=True, exist_ok=True)
    old = _listed(out)
    write_whole(out / OWN, _list(old | new.keys()))
    changed = sum(_put(out / path, content) for path, content in new.items())
    removed = sum(_remove(out, path) for path in old - new.keys())
    write_whole(out / OWN, _list(new.keys()))
    return Published(len(new), changed, removed)


def _put(path: Path, content: bytes) -> bool:
    """Write the page unless it is there already; whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return True


def _remove(out: Path, path: str) -> bool:
    file = out / path
    if not file.resolve().is_relative_to(out.resolve()) or not file.is_file():
        return False
    file.unlink()
    if file.parent != out and not any(file.parent.iterdir()):
        file.parent.rmdir()
    return True


def _listed(out: Path) -> set[str]:
    own = out / OWN
    return set(own.read_text("utf-8").splitlines()) if own.is_file() else set()


def _list(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()
