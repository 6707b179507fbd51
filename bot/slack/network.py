"""The way out of the municipality's network: through its proxy, and whose certificates we trust."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.config_slack import is_proxy
from bot.errors import BotError

_VARIABLES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
"""In the order in which Slack's SDK looks for a proxy."""


@dataclass(frozen=True)
class Network:
    """`proxy` is an address like http://proxy.example:3128, or empty; with a login in it, so it
    is left out of every print. `trust`: whose certificates count; None for the machine's own."""

    proxy: str = field(default="", repr=False)
    trust: ssl.SSLContext | None = None

    @property
    def line(self) -> dict[str, Any]:
        """The same for websocket-client, which has each part of the proxy apart."""
        options: dict[str, Any] = {"sslopt": {"context": self.trust} if self.trust else None}
        if not self.proxy:
            return options
        parts = urlsplit(self.proxy)
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        return options | {
            "http_proxy_host": parts.hostname,
            "http_proxy_port": parts.port,
            "http_proxy_auth": login,
            "proxy_type": "http",
        }


def read_network(proxy: str, ca_file: Path | None, environment: Mapping[str, str]) -> Network:
    """What config.toml says, else what the environment does.

    Raises BotError for a proxy that is none and for a file that holds no certificates.
    """
    given = proxy or next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return Network(_checked(given.strip()), _trusting(ca_file) if ca_file else None)


def _checked(address: str) -> str:
    if address and not is_proxy(address):
        raise BotError(  # without repeating it: it may hold a password
            "Adressen på proxyen i HTTPS_PROXY er ikke til at bruge. "
            "Skriv f.eks. http://proxy.kommune.example:3128."
        )
    return address.rstrip("/")


def _trusting(file: Path) -> ssl.SSLContext:
    """The machine's own authorities and those in `file`: Slack's certificates and, where the
    network opens the traffic, the municipality's."""
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=file)
    except OSError as error:  # an SSLError too: no certificate in it
        reason = "PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise BotError(
            "Filen {file} under [slack] ca_file kan ikke bruges ({reason}). Den skal holde "
            "myndighedens certifikat i PEM-format og begynde med -----BEGIN CERTIFICATE-----.",
            file=file,
            reason=reason,
        ) from None
    return context
