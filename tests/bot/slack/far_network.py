"""A municipality's network on loopback: a proxy that everything must go through, and a
certificate authority of its own that signs for Slack."""

from __future__ import annotations

import base64
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_FROM, _TO = dt.datetime(2020, 1, 1), dt.datetime(2090, 1, 1)  # noqa: DTZ001 - X.509


def authority(folder: Path, *names: str) -> tuple[Path, ssl.SSLContext]:
    """A new authority: its certificate in a file, and a server that it signed for as `names`."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _signed("Kommunens rod", root_key.public_key(), "Kommunens rod", root_key, ())
    leaf = _signed("Slack", key.public_key(), "Kommunens rod", root_key, names)
    file, chain = folder / "root.pem", folder / "server.pem"
    file.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + leaf.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain)
    return file, server


def _signed(
    subject: str,
    key: ec.EllipticCurvePublicKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    names: tuple[str, ...],
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
    )
    if names:
        said = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(said, critical=False).add_extension(use, critical=False)
    return builder.sign(by, hashes.SHA256())


@dataclass
class Proxy:
    """Lets CONNECT through to the ports that `leads` gives each name; `asked` is what came by."""

    address: str
    leads: dict[str, int] = field(default_factory=dict)
    login: str = ""
    asked: list[str] = field(default_factory=list)

    def hold(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                part = line.recv(1)
                if not part:
                    return
                head += part
            name = head.split(b" ")[1].decode()
            self.asked.append(name)
            wanted = b"Basic " + base64.b64encode(self.login.encode())
            if self.login and wanted not in head:
                line.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                return
            if name not in self.leads:
                line.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self.leads[name])) as there:
                line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_carry, args=(there, line), daemon=True)
                back.start()
                _carry(line, there)
                back.join()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while part := one.recv(65_536):
            other.sendall(part)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxying() -> Iterator[Proxy]:
    listening = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(f"http://127.0.0.1:{listening.getsockname()[1]}")

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                threading.Thread(target=proxy.hold, args=(line,), daemon=True).start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield proxy
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
