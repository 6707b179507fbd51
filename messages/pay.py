"""One period's pay as it is known beforehand, and what makes it impossible."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

from messages.amounts import LARGEST
from messages.atp import Period
from messages.errors import MessagesError
from messages.formatting import danish_number
from messages.rounding import Rounding

ZERO = Decimal(0)


class Card(StrEnum):
    """Hovedkort, bikort, frikort, or no card at all."""

    MAIN = "main"
    SECONDARY = "secondary"
    EXEMPT = "exempt"
    NONE = "none"


@dataclass(frozen=True)
class Pay:
    """One period's pay as it is known beforehand; kroner, hours and percent (8 is eight percent).

    `days` is the number of calendar days, weekends included, that the work lasted in a period that
    it did not fill: the deduction is then given day by day, by the card's own `day_deduction` where
    that is typed. Part-time work through the whole period keeps the whole deduction.
    `municipality` estimates a main card that was not typed.
    """

    gross: Decimal
    hours: Decimal | None = None
    period: Period = Period.MONTH
    benefits: Decimal = ZERO
    atp: Decimal | None = None
    pension: Decimal | None = None
    pension_percent: Decimal | None = None
    card: Card = Card.MAIN
    deduction: Decimal | None = None
    percent: Decimal | None = None
    municipality: str | None = None
    tax_free: Decimal = ZERO
    after_tax: Decimal = ZERO
    rounding: Rounding = Rounding.PAYROLL
    days: int | None = None
    day_deduction: Decimal | None = None
    church: bool = False

    def checked(self) -> Pay:
        """The pay itself; raises MessagesError naming the first thing that cannot be."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Decimal) and not (value.is_finite() and 0 <= value <= LARGEST):
                raise MessagesError(
                    "{name} skal være fra 0 til {most}. Skriv f.eks. 24500.",
                    name=field.name,
                    most=danish_number(LARGEST, 2),
                )
        self._check_size()
        self._check_card()
        return self

    def _check_size(self) -> None:
        if self.gross == 0:
            raise MessagesError("Bruttolønnen skal være over nul. Skriv den f.eks. som 24500.")
        if self.hours is not None and self.hours > self.period.most_hours:
            raise MessagesError(
                "{hours} timer er flere, end der er i lønperioden ({most}). Skriv f.eks. 160,33.",
                hours=danish_number(self.hours, 2),
                most=self.period.most_hours,
            )
        if self.days is not None and not 0 < self.days <= self.period.most_days:
            raise MessagesError(
                "days skal være fra 1 til {most} kalenderdage i lønperioden, ikke {days}. "
                "Skriv f.eks. 5.",
                days=self.days,
                most=self.period.most_days,
            )
        if self.pension is not None and self.pension_percent is not None:
            raise MessagesError(
                "Skriv egen pension enten i kroner eller i procent, ikke begge dele."
            )
        for name in ("pension_percent", "percent"):
            value = getattr(self, name)
            if value is not None and value > 100:
                raise MessagesError(
                    "{name} kan ikke være over 100. Skriv den som 38.",
                    name=name,
                )

    def _check_card(self) -> None:
        """What a kind of card must have, and what it cannot have."""
        given = (self.percent is not None, self.deduction is not None)
        if self.card is Card.MAIN and not all(given) and (any(given) or not self.municipality):
            raise MessagesError(
                "Et hovedkort skal have både trækprocent og fradrag fra skattekortet, eller en "
                "kommune at anslå dem efter. Skriv f.eks. percent 38 og deduction 5000, eller "
                "municipality Vejle.",
                terminal="--municipality Vejle",
            )
        if self.card is Card.SECONDARY and self.percent is None:
            raise MessagesError(
                "Et bikort skal have trækprocenten fra skattekortet. Skriv f.eks. percent 38.",
                terminal="--percent 38",
            )
        if self.card is not Card.MAIN and self.deduction:
            raise MessagesError(
                "Kun et hovedkort har fradrag. Udelad deduction, eller vælg card main."
            )
        if self.card in {Card.EXEMPT, Card.NONE} and self.percent is not None:
            raise MessagesError(
                "Et frikort og et manglende skattekort har ingen trækprocent at skrive. Udelad "
                "percent, eller vælg card main eller secondary."
            )
