"""The figures of a sheet that are drawn from its numbers and dates: the money bar, the calendar."""

from __future__ import annotations

from datetime import date

from messages import furniture
from messages.document import Bar, Calendar, Month, Part, Step, Text, plain
from messages.formatting import month_name
from messages.languages import DANISH
from messages.pay_calendar import month_svg, months_of
from messages.reckoned import Reckoned
from messages.topics import Topic
from messages.wording import Wording


def money_bar(reckoned: Reckoned, wording: Wording, steps: tuple[Step, ...]) -> Bar | None:
    """The pay as a whole and its parts, each tied to the step that explains it; None without."""
    whole = sum(number for _, number in reckoned.parts)
    if not whole:
        return None
    places = {line.key: step.number for step in steps for line in step.lines}
    parts = tuple(
        Part(key, number, number / whole, places.get(key), _label(key, reckoned, wording))
        for key, number in reckoned.parts
    )
    has = wording.catalog.has(furniture.BAR_ALT)
    lang = wording.language.html if has else DANISH
    alt = wording.catalog.text(furniture.BAR_ALT)
    return Bar(wording.said(furniture.BAR_WHOLE), wording.said(furniture.YOU_GET), parts, alt, lang)


def _label(key: str, reckoned: Reckoned, wording: Wording) -> Text:
    value = reckoned.values.get(key)
    return wording.shown(value, wording.language) if value else ()


def pay_calendar(topic: Topic, reckoned: Reckoned, wording: Wording) -> Calendar | None:
    """The months of the dates that are known; None without one, or when they lie far apart."""
    values, language = reckoned.values, wording.language
    marked = [(fact, mark) for fact, mark in topic.calendar if fact in values]
    days = {values[fact].day or date.max: mark for fact, mark in marked}
    months = tuple(
        Month((month_name(month, language),), month_svg(month, days)) for month in months_of(days)
    )
    sentences = {given: text for step in topic.steps for given, text in step.variants}
    said = " ".join(plain(wording.said(sentences[fact]).text) for fact, _ in marked)
    return Calendar(months, said, language.html) if months else None
