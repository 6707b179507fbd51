"""Whether the figures are of today: years that are missing, sources not read for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from messages.checks.finding import Finding, warning
from messages.rates import Confidence, Rates, missing_rates
from messages.tables import N_

STALE = timedelta(days=400)  # a year and the weeks in which authorities publish the next


def rates_findings(rates: Mapping[int, Rates], today: date) -> Iterator[Finding]:
    """This year's figures missing, next year's from 1 November, and figures last read long ago."""
    for year in missing_rates(rates, today):
        said = N_(
            "mangler; læg filen i mappen med egne satser. Indtil da følger kun de satser med, der "
            "gælder, til en lov ændrer dem"
        )
        yield warning(f"rates/{year}.toml", "", said)
    current = rates.get(today.year)
    if current is None:
        return
    old = [figure for figure in current.figures.values() if figure.checked < today - STALE]
    if old:
        said = N_("{count} satser er ikke kontrolleret siden {day}; læs kilden, og ret checked")
        oldest = min(old, key=lambda figure: figure.checked)
        file = f"rates/{current.year}.toml"
        yield warning(file, oldest.key, said, count=len(old), day=oldest.checked)
    unverified = [
        figure.key
        for figure in current.figures.values()
        if figure.confidence is Confidence.UNVERIFIED
    ]
    if unverified:
        said = N_("ikke kontrolleret hos myndigheden og derfor ikke i brug; læs kilden")
        yield warning(f"rates/{current.year}.toml", ", ".join(unverified), said)
