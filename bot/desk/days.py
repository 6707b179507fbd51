"""Days as staff read them, in their own language."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.clock import COPENHAGEN

_WEEKDAY = {"da": "EEEE d. MMMM", "en": "EEEE d MMMM"}
_SHORT = {"da": "EEE d. MMM", "en": "EEE d MMM"}
_MONTH = {"da": "MMM", "en": "MMM"}
_MONTH_OF_YEAR = {"da": "MMM y", "en": "MMM y"}
_WHOLE = {"da": "d. MMMM y", "en": "d MMMM y"}
_ISO = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", re.ASCII)


def local_day(moment: datetime) -> date:
    """The day in Denmark of an aware moment."""
    return moment.astimezone(COPENHAGEN).date()


def weekday(day: date, language: str) -> str:
    """`mandag 23. november`."""
    return _formatted(day, _WEEKDAY, language)


def short(day: date, language: str) -> str:
    """`man. 23. nov.`."""
    return _formatted(day, _SHORT, language)


def whole(day: date, language: str) -> str:
    """`23. november 2026`."""
    return _formatted(day, _WHOLE, language)


def month(day: date, language: str) -> str:
    """`dec.`, with the year in January."""
    return _formatted(day, _MONTH if day.month > 1 else _MONTH_OF_YEAR, language)


def spelled(text: str, language: str) -> str:
    """The text with each `2026-11-23` as a reader says it: dates are picked here, not written."""
    return _ISO.sub(lambda found: _whole_or_same(found[0], language), text)


def _whole_or_same(text: str, language: str) -> str:
    try:
        return whole(date.fromisoformat(text), language)
    except ValueError:
        return text


def _formatted(day: date, forms: dict[str, str], language: str) -> str:
    from babel.dates import format_date

    locale = language if language in forms else "da"
    return str(format_date(day, forms[locale], locale="en_GB" if locale == "en" else locale))
