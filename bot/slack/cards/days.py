"""Days and times on a card, in Danish time and in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from bot.clock import COPENHAGEN
from bot.words import Words

_FORM = {"da": "EEE d. MMM y", "en": "EEE d MMM y"}


def on_day(moment: datetime, words: Words) -> str:
    """`man. 23. nov. 2026`."""
    from babel.dates import format_date

    locale = "en_GB" if words.language == "en" else "da"
    form = _FORM.get(words.language, _FORM["da"])
    return str(format_date(moment.astimezone(COPENHAGEN).date(), form, locale=locale))


def plain_day(moment: datetime) -> str:
    """`23.11.2026`, of a moment."""
    return plain_date(moment.astimezone(COPENHAGEN).date())


def plain_time(moment: datetime) -> str:
    """`09.00`, of a moment."""
    return f"{moment.astimezone(COPENHAGEN):%H.%M}"


def plain_date(day: date) -> str:
    """`23.11.2026`."""
    return f"{day.day}.{day.month}.{day.year}"
