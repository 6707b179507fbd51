"""The rates that ship, and kroner as a test writes them."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files

from messages.rates import Rates, read_rates


def kr(text: str | int) -> Decimal:
    return Decimal(text)


def packaged(year: int) -> Rates:
    """The rates of a year as they ship."""
    file = files("messages") / "rates" / f"{year}.toml"
    return read_rates(file.read_text("utf-8"), file.name)
