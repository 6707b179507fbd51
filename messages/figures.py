"""One figure of Danish law: its value, where it was read, and how far it may be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from messages.errors import MessagesError


class Confidence(StrEnum):
    """How far a figure may be trusted; only `UNVERIFIED` bars it from every sum and sheet."""

    VERIFIED = "verified"  # read on a page of the authority, or in the law
    SECONDARY = "secondary"  # read on another page that quotes the authority
    DERIVED = "derived"  # computed from figures that were read
    CARRIED = "carried"  # last known, still in force as far as is known; printed with its year
    UNVERIFIED = "unverified"  # used in no sum, printed nowhere


@dataclass(frozen=True)
class Figure:
    """A figure with its origin.

    `value` is in `unit` (kroner, percent as 8 for eight percent, hours, kroner a year …).
    `since` is the day it came into force; `checked` the day someone last read the source.
    `carried_year` is the last year a carried figure was read for; None for all others.
    `lasts` marks a figure that holds until a law changes it, not one that is set for each year.
    """

    key: str
    value: Decimal
    unit: str
    since: date
    source: str
    checked: date
    confidence: Confidence
    carried_year: int | None = None
    lasts: bool = False

    def usable(self) -> Figure:
        """The figure itself; raises MessagesError when it is unverified: it may be used nowhere."""
        if self.confidence is Confidence.UNVERIFIED:
            raise MessagesError(
                "Tallet {key} er ikke kontrolleret hos myndigheden og må ikke bruges. "
                'Kontrollér det, og skriv f.eks. confidence = "verified" i satsfilen.',
                key=self.key,
            )
        return self


@dataclass(frozen=True)
class Municipality:
    """A municipality's tax (kommuneskat) and church tax (kirkeskat), in percent."""

    name: str
    municipal: Figure
    church: Figure
