"""The figures of a year, read from `rates/<year>.toml`, and which year's figures a day may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from messages.errors import MessagesError
from messages.figures import Confidence, Figure, Municipality
from messages.rates_file import read_content
from messages.tables import did_you_mean

__all__ = [
    "Confidence",
    "Figure",
    "Municipality",
    "Rates",
    "missing_rates",
    "rates_for",
    "read_rates",
]

NOVEMBER = 11


@dataclass(frozen=True)
class Rates:
    """All figures of one year, by key (`tax.personal_allowance`), and its municipalities.

    Where the year's own file is missing, only figures that last are carried into it; each says
    from which year (`carried_year`).
    """

    year: int
    figures: Mapping[str, Figure]
    municipalities: Mapping[str, Municipality]

    def __contains__(self, key: object) -> bool:
        return key in self.figures

    def figure(self, key: str) -> Figure:
        """The figure under `key`; raises MessagesError when it is missing or unverified."""
        if key not in self.figures:
            raise MessagesError(
                "Satsen {key} for {year} kendes ikke. Læg filen rates/{year}.toml i mappen med "
                "egne satser, eller skriv tallene fra skattekortet og lønsedlen.",
                key=key,
                year=self.year,
            )
        return self.figures[key].usable()

    def value(self, key: str) -> Decimal:
        """The value under `key`, in the figure's unit; raises as `figure` does."""
        return self.figure(key).value

    def municipality(self, name: str) -> Municipality:
        """The municipality that `name` means (case and `Kommune` do not matter).

        Raises MessagesError with the nearest known name, or when the year has no table.
        """
        if not self.municipalities:
            raise MessagesError(
                "Kommunernes skat for {year} kendes ikke. Skriv trækprocent og fradrag fra "
                "skattekortet, f.eks. percent 38 og deduction 5000.",
                year=self.year,
                terminal="--percent 38 --deduction 5000",
            )
        wanted = _bare(name)
        for known, municipality in self.municipalities.items():
            if _bare(known) == wanted:
                municipality.municipal.usable()
                municipality.church.usable()
                return municipality
        raise MessagesError(
            "Kommunen “{name}” kendes ikke{hint} Skriv den f.eks. som Vejle.",
            name=name[:40],
            hint=did_you_mean(name[:40], self.municipalities),
        )


def _bare(name: str) -> str:
    folded = name.strip().casefold().replace("å", "aa")
    return folded.removesuffix(" kommune").removesuffix("s").strip()


def read_rates(text: str, file: str) -> Rates:
    """The rates in the TOML of `text`; raises MessagesError with every mistake of `file`."""
    year, figures, municipalities = read_content(text, file)
    return Rates(year, figures, municipalities)


def rates_for(all_rates: Mapping[int, Rates], day: date) -> Rates:
    """The rates that `day` may use, from the years that are known.

    The year's own file where there is one. After the last known year, only figures that last until
    a law changes them, marked as carried with the year they were read for. Before a known year,
    only figures that were already in force then. What is missing is missing: nothing is guessed.

    Raises MessagesError when no year is known at all.
    """
    if day.year in all_rates:
        return all_rates[day.year]
    earlier = [year for year in all_rates if year < day.year]
    if earlier:
        return _carried(all_rates[max(earlier)], day.year)
    if not all_rates:
        raise MessagesError(
            "Der er ingen satser at regne med. Læg filen rates/{year}.toml i mappen med egne "
            "satser.",
            year=day.year,
        )
    return _in_force(all_rates[min(all_rates)], day)


def _carried(rates: Rates, year: int) -> Rates:
    figures = {
        key: figure
        if figure.confidence is Confidence.UNVERIFIED
        else replace(
            figure,
            confidence=Confidence.CARRIED,
            carried_year=figure.carried_year or rates.year,
        )
        for key, figure in rates.figures.items()
        if figure.lasts
    }
    return Rates(year, figures, {})


def _in_force(rates: Rates, day: date) -> Rates:
    figures = {
        key: figure for key, figure in rates.figures.items() if figure.lasts and figure.since <= day
    }
    return Rates(day.year, figures, {})


def missing_rates(all_rates: Mapping[int, Rates], today: date) -> tuple[int, ...]:
    """The years whose rates should be there on `today` and are not.

    This year's always; next year's from 1 November, when the authorities have published most.
    """
    wanted = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
    return tuple(year for year in wanted if year not in all_rates)
