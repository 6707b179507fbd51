"""Numbers as Danes write them: `24.500`, `24.500,50`, `24500`, read strictly, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal

from messages.errors import MessagesError

LARGEST = Decimal("99999999.99")
_SPACES = "\u0020\u00a0\u202f"
_DANISH = re.compile(
    r"(?P<sign>-?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d{1,2}))?", re.ASCII
)
_UNIT = re.compile(r"(?:kr\.?|dkk|,-)$", re.IGNORECASE)
_LONGEST = 40  # what is longer is no amount, and no pattern is let loose on it


def parse_amount(text: str, name: str = "beløb", *, negative: bool = False) -> Decimal:
    """The amount in kroner that `text` says, with at most two decimals.

    Points group thousands and a comma starts the øre; a trailing `kr.` and blanks between groups
    are allowed. `1,234.56` and `24.50` are refused: countries read them differently.

    Raises MessagesError naming `name`, the text and a right example.
    """
    whole = text.strip()
    bare = _UNIT.sub("", whole[: _LONGEST + 1]).rstrip()
    grouped = re.sub(rf"(?<=\d)[{_SPACES}](?=\d{{3}}(?!\d))", ".", bare)
    found = _DANISH.fullmatch(grouped) if len(whole) <= _LONGEST else None
    if not found or len(bare) > 20:
        raise MessagesError(
            "“{text}” er ikke et beløb, som {name} kan være. Skriv det som 24500 eller 24.500,50.",
            text=text[:40],
            name=name,
        )
    value = Decimal(f"{found['whole'].replace('.', '')}.{(found['part'] or ''):0<2}")
    if value > LARGEST:
        raise MessagesError(
            "{name} er for stort: {text}. Skriv et beløb som 24500.", name=name, text=text[:40]
        )
    if found["sign"] and value and not negative:
        raise MessagesError(
            "{name} kan ikke være under nul: {text}. Skriv et beløb som 24500.",
            name=name,
            text=text[:40],
        )
    return -value if found["sign"] else value


def parse_percent(text: str, name: str = "procent") -> Decimal:
    """A percentage from 0 to 100, such as `38` or `38,5`; a trailing percent sign is allowed.

    Raises MessagesError naming `name`, the text and a right example.
    """
    bare = text.strip().removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}(,\d{1,3})?", bare, re.ASCII):
        raise MessagesError(
            "“{text}” er ikke en procent, som {name} kan være. Skriv den som 38 eller 38,5.",
            text=text[:40],
            name=name,
        )
    value = Decimal(bare.replace(",", "."))
    if value > 100:
        raise MessagesError(
            "{name} kan ikke være over 100: {text}. Skriv den som 38.", name=name, text=text[:40]
        )
    return value
