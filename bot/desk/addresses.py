"""Addresses that a visitor sends back to us: ours, or not followed."""

from __future__ import annotations


def is_ours(address: str) -> bool:
    """Whether an address is a path on this desk, and nothing that a browser reads as a host."""
    return (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and address.isascii()
        and address.isprintable()
    )
