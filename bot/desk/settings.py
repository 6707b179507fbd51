"""`[desk]` of config.toml: where the desk is reached, and how people sign in. Holds no secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from messages.tables import Table

Network = IPv4Network | IPv6Network
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SECRET = "BROBYGGER_DESK_SECRET"  # noqa: S105 - the name of the variable, not what it holds


class SignIn(StrEnum):
    """How people are known: by an OpenID Connect issuer, or by a header of the own proxy."""

    NONE = ""
    OPENID = "openid"
    HEADER = "header"


@dataclass(frozen=True)
class DeskSettings:
    """address: how browsers reach the desk, e.g. https://brobygger.kommune.example. host, port:
    where it listens; beyond this machine it needs the certificate. certificate
    and key: PEM files, needed to listen beyond this machine. claim: which claim of the issuer
    stands as `login` under [people]. proxies: the networks whose `header` is believed.
    """

    address: str = ""
    host: str = "127.0.0.1"
    port: int = 8765
    certificate: Path | None = None
    key: Path | None = None
    sign_in: SignIn = SignIn.NONE
    issuer: str = ""
    client_id: str = ""
    claim: str = "email"
    header: str = ""
    proxies: tuple[Network, ...] = ()

    @property
    def name(self) -> str:
        """The name in the address, as the Host header says it."""
        name = urlsplit(self.address).hostname or ""
        return f"[{name}]" if ":" in name else name

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that the desk answers to."""
        return LOOPBACK if self.name in LOOPBACK else (self.name,)

    @property
    def tls(self) -> bool:
        """Whether browsers come by https."""
        return self.address.startswith("https://")


def read_desk(table: Table, folder: Path) -> DeskSettings:
    """The settings in `[desk]`; paths are relative to `folder`. Mistakes are told to the table."""
    settings = DeskSettings(
        address=table.text("address", "").rstrip("/"),
        host=table.text("host", DeskSettings.host).strip("[]"),
        port=table.whole("port", DeskSettings.port, low=0, high=65_535),
        certificate=_path(table, "certificate", folder),
        key=_path(table, "key", folder),
        sign_in=SignIn(_known(table.choice("sign_in", list(SignIn), ""))),
        issuer=table.text("issuer", "").rstrip("/"),
        client_id=table.text("client_id", ""),
        claim=table.text("claim", "email"),
        header=table.text("header", ""),
        proxies=tuple(_networks(table)),
    )
    _check_addresses(table, settings)
    _check_sign_in(table, settings)
    table.close()
    return settings


def _known(text: str) -> str:
    return text if text in set(SignIn) else ""


def _path(table: Table, name: str, folder: Path) -> Path | None:
    text = table.text(name, "")
    if text and not (folder / text).is_file():
        table.wrong(name, "filen {path} findes ikke", path=text)
    return folder / text if text else None


def _networks(table: Table) -> list[Network]:
    networks = []
    for text in table.texts("proxies", ()):
        try:
            networks.append(ip_network(text))
        except ValueError:
            table.wrong(
                "proxies", "“{text}” er ikke en adresse; skriv f.eks. 10.0.0.5", text=text[:40]
            )
    return networks


def _check_addresses(table: Table, settings: DeskSettings) -> None:
    for name, text in (("address", settings.address), ("issuer", settings.issuer)):
        parts = urlsplit(text)
        safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))
        if text and not (safe and parts.hostname):
            table.wrong(name, "skal begynde med https://, f.eks. https://brobygger.kommune.example")
    if urlsplit(settings.address).path:
        table.wrong("address", "er kun navnet, uden sti, f.eks. https://brobygger.kommune.example")
    if bool(settings.certificate) != bool(settings.key):
        table.wrong("certificate", "og key hører sammen; skriv begge filer")


def _is_loopback(name: str | None) -> bool:
    return name in {"127.0.0.1", "::1", "localhost"}


def _check_sign_in(table: Table, settings: DeskSettings) -> None:
    needs: dict[SignIn, tuple[str, ...]] = {
        SignIn.OPENID: ("address", "issuer", "client_id"),
        SignIn.HEADER: ("address", "header", "proxies"),
    }
    for name in needs.get(settings.sign_in, ()):
        if not getattr(settings, name):
            table.wrong(name, "mangler, når sign_in er {way}", way=settings.sign_in.value)
    if any(net.prefixlen < (16 if net.version == 4 else 64) for net in settings.proxies):
        table.wrong("proxies", "er for stort et net; skriv proxyens egen adresse, f.eks. 10.0.0.5")
