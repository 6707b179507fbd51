"""The figures of a sheet that are drawn from its numbers and dates: the money bar, the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from messages import furniture
from messages.document import Bar, Calendar, Drawing, Month, Part, Step, Text, plain
from messages.formatting import Value, month_name
from messages.languages import DANISH
from messages.pay_calendar import month_svg, months_of
from messages.reckoned import Reckoned
from messages.topics import Topic, TopicStep
from messages.week_drawing import DAYS, week_svg
from messages.wording import Wording

# The packaged picture shows three days of work and two of school; `WEEK` is drawn from the numbers.
PRACTICE_WEEK, WEEK, ANY_WEEK = "practice-week-3-2", "practice-week", "month-calendar"


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


def pictured(step: TopicStep, values: Mapping[str, Value]) -> str:
    """The step's picture: for other days than it shows, one drawn from the numbers, or where they
    do not fill one week, one that shows no number of days."""
    work, school = values.get("work_days"), values.get("school_days")
    if step.picture != PRACTICE_WEEK or (work is None and school is None):
        return step.picture
    if work is None or school is None or work.number + school.number > DAYS:
        return ANY_WEEK
    return WEEK


def drawn_week(reckoned: Reckoned, wording: Wording) -> Drawing:
    """The days of work and school as they were typed; the words beside it say the same numbers."""
    work, school = (int(reckoned.values[key].number) for key in ("work_days", "school_days"))
    has = wording.catalog.has(furniture.WEEK_ALT)
    alt = plain(wording.said(furniture.WEEK_ALT).text)
    return Drawing(WEEK, week_svg(work, school), alt, wording.language.html if has else DANISH)
