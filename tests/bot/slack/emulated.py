"""`emulate` 0.12.2, an independent stand-in for Slack's Web API that knows scopes; in Node.

BROBYGGER_EMULATE names the folder whose `node_modules` holds it, BROBYGGER_NODE the Node to run
it (22.15 or newer; else `node`). docs/developer.md says how to get both.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VERSION = "0.12.2"
ALL, NOBODY = "xoxb-" + "with-all-scopes", "xoxb-" + "with-none"
_ENTRY = Path("node_modules/emulate")
_HOOKS = "process.exit(require('node:module').registerHooks ? 0 : 1)"


@dataclass(frozen=True)
class Emulated:
    """Where it listens; `token` gives a bot's token with just those scopes."""

    address: str
    scopes: tuple[str, ...]

    def token(self, without: str = "") -> str:
        return f"xoxb-without-{without}".replace(":", "-") if without else ALL


def missing() -> str:
    """Why it cannot run here; empty when it can."""
    node = os.environ.get("BROBYGGER_NODE") or shutil.which("node")
    named = os.environ.get("BROBYGGER_EMULATE")
    if not named or not (Path(named) / _ENTRY).is_dir():
        return "emulate is not here: point BROBYGGER_EMULATE at it (docs/developer.md)"
    found = json.loads((Path(named) / _ENTRY / "package.json").read_text(encoding="utf-8"))
    if found["version"] != VERSION:
        return f"emulate is {found['version']}, wanted {VERSION}"
    if not node or subprocess.run([node, "-e", _HOOKS], check=False).returncode:
        return "Node is too old for emulate: point BROBYGGER_NODE at 22.15 or newer"
    return ""


@contextmanager
def emulating(scopes: Sequence[str], ane: str) -> Iterator[Emulated]:
    """A workspace with Ane, a channel and our app, in which every scope counts."""
    # It names its own upload address so, and we follow no other host than the one we were given.
    emulated = Emulated(f"http://localhost:{_free_port()}/api/", tuple(scopes))
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.json"
        seed.write_text(json.dumps(_workspace(emulated, ane)), encoding="utf-8")
        process = subprocess.Popen(
            [
                os.environ.get("BROBYGGER_NODE") or "node",
                Path(os.environ["BROBYGGER_EMULATE"]) / _ENTRY / "dist/index.js",
                *("start", "--service", "slack", "--seed", seed),
                *("--port", emulated.address.split(":")[2].split("/")[0]),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert any("Ready." in line for line in process.stdout), "emulate did not start"
            yield emulated
        finally:
            process.kill()
            process.communicate()


def asked(emulated: Emulated, method: str, **arguments: object) -> dict[str, object]:
    """A look from outside our own code, with a token that may see everything."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        emulated.address + method,
        json.dumps(arguments).encode(),
        {"Authorization": "Bearer xoxb-looker", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        found: dict[str, object] = json.load(answer)
    return found


def _workspace(emulated: Emulated, ane: str) -> dict[str, object]:
    scopes = emulated.scopes
    tokens = {ALL: scopes} | {
        emulated.token(one): [other for other in scopes if other != one] for one in scopes
    }
    bots = [{"token": token, "scopes": list(held)} for token, held in tokens.items()]
    looker = {"token": "xoxb-looker", "scopes": [*scopes, "files:read", "channels:read"]}
    return {
        "slack": {
            "team": {"name": "Kommunen", "domain": "kommunen"},
            "users": [{"name": ane, "real_name": "Ane"}],
            "channels": [{"name": "praktik"}],
            "bots": [{"name": "brobygger"}],
            "oauth_apps": [
                {
                    "app_id": "A0APP",
                    "client_id": "1.2",
                    "client_secret": "x",
                    "name": "Brobygger",
                    "redirect_uris": ["http://localhost/"],
                    "scopes": list(scopes),
                    "bot_name": "brobygger",
                }
            ],
            "tokens": [one | {"type": "bot", "user": "brobygger"} for one in (*bots, looker)],
            "strict_scopes": True,
        }
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
