"""Telling systemd how we are: ready, still alive, stopping. Without systemd nothing is said."""

from __future__ import annotations

import logging
import socket
from collections.abc import Mapping

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
log = logging.getLogger(__name__)


def notify(state: str, environment: Mapping[str, str]) -> None:
    """Send one state to the socket that `NOTIFY_SOCKET` names (sd_notify(3)); never raises."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # a name without a file
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(address)
            line.send(state.encode())
    except OSError as error:
        log.warning("systemd was not told %s: %s", state, error.strerror)
