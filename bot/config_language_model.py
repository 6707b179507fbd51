"""The `[language_model]` table of config.toml: an endpoint that may phrase answers, or none."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.config import LanguageModel
from messages.tables import Table

_OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


def read_language_model(table: Table) -> LanguageModel:
    """The table's values; every mistake is told through it. Its key belongs in the environment."""
    model = LanguageModel(
        address=table.text("address", "").rstrip("/"),
        model=table.text("model", ""),
        timeout_seconds=table.whole(
            "timeout_seconds", LanguageModel.timeout_seconds, low=1, high=30
        ),
    )
    if model.address and not _is_safe(model.address):
        table.wrong(
            "address",
            "skal begynde med https://, eller med http:// på maskinen selv, f.eks. {example}",
            example="http://127.0.0.1:8080/v1",
        )
    if model.address and not model.model:
        table.wrong("model", "mangler; skriv modellens navn hos adressen")
    table.close()
    return model


def _is_safe(address: str) -> bool:
    """Questions leave only encrypted, or stay on this machine; a key never stands in an address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and host in _OWN_MACHINE
    return bool(host) and (parts.scheme == "https" or plain) and "@" not in parts.netloc
