"""A case: one run of a plan, known by a reference; and what may not be taken for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from messages.dates import NoSuchDay, NotADate, parse_date
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_
from scheduler.errors import SchedulerError
from scheduler.plans import Anchor, Outcome

FARTHEST_YEARS = 10
OLDEST_DAYS = 366
ANCHOR_NAMES = {
    Anchor.START: N_("Startdatoen"),
    Anchor.MIDDLE: N_("Midten"),
    Anchor.END: N_("Slutdatoen"),
    Anchor.FIRST_PAYDAY: N_("Den første lønningsdag"),
}


class CaseState(StrEnum):
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Case:
    """One run of a plan for a reference. Holds no name, no language, nothing about the person.

    owner: a person's id. without: ids of optional steps that this run leaves out.
    """

    id: str
    reference: str
    plan: str
    owner: str
    anchors: Mapping[Anchor, date]
    started: datetime
    without: tuple[str, ...] = ()
    state: CaseState = CaseState.OPEN
    outcome: Outcome | None = None
    ended: datetime | None = None


def read_reference(text: str, pattern: str, example: str) -> str:
    """The case reference that `text` says, whole and in the municipality's form.

    Raises SchedulerError for anything like a CPR number, anything without a digit (a name), and
    whatever does not match `pattern`; the text itself is repeated only when it is harmless.
    """
    reference = text.strip()
    if find_cpr(reference) or re.fullmatch(r"\d{6}\D?\d{4}", reference):
        raise SchedulerError(
            "Sagens reference ligner et CPR-nummer, og det må ikke gemmes. "
            "Skriv sagens nummer, f.eks. {example}.",
            example=example,
        )
    if not any(character.isdigit() for character in reference):
        raise SchedulerError(
            "Sagens reference ligner et navn, og det må ikke gemmes. "
            "Skriv sagens nummer, f.eks. {example}.",
            example=example,
        )
    if len(reference) > 40 or not re.fullmatch(pattern, reference):
        raise SchedulerError(
            "“{text}” ligner ikke en af kommunens sager. Skriv sagens nummer, f.eks. {example}.",
            text=reference[:40],
            example=example,
        )
    return reference


def read_day(text: str, anchor: Anchor) -> date:
    """The date that `text` says: 2026-03-02 or 2.3.2026. Raises SchedulerError naming which."""
    return read_date(text, _name(anchor))


def read_date(text: str, which: Problem) -> date:
    """The same for a date that is no anchor; `which` names it."""
    try:
        return parse_date(text)
    except NoSuchDay:
        raise SchedulerError(
            "{which} {text} findes ikke i kalenderen. Skriv en dato som 2026-03-02.",
            which=which,
            text=text.strip()[:20],
        ) from None
    except NotADate:
        raise SchedulerError(
            "{which} “{text}” er ikke en dato. Skriv en dato som 2026-03-02.",
            which=which,
            text=text.strip()[:20],
        ) from None


def check_anchors(anchors: Mapping[Anchor, date], today: date) -> None:
    """Raise SchedulerError when a date is far away, or the dates stand in the wrong order."""
    for anchor, day in anchors.items():
        if abs(day.year - today.year) > FARTHEST_YEARS:
            raise SchedulerError(
                "{which} {day} ligger for langt væk. Skriv en dato som 2026-03-02.",
                which=_name(anchor),
                day=day.isoformat(),
            )
    start = anchors.get(Anchor.START)
    for later in (Anchor.END, Anchor.FIRST_PAYDAY):
        then = anchors.get(later)
        if start and then and then < start:
            raise SchedulerError(
                "{which} {day} ligger før startdatoen {start}. Skriv en dato fra {start} og frem.",
                which=_name(later),
                day=then.isoformat(),
                start=start.isoformat(),
            )


def check_not_over(anchors: Mapping[Anchor, date], today: date) -> None:
    """Raise SchedulerError when the case ended before today, or began more than a year ago.

    A case that is already under way is welcome: its past steps are kept as passed.
    """
    end, start = anchors.get(Anchor.END), anchors.get(Anchor.START)
    over = end is not None and end < today
    old = end is None and start is not None and (today - start).days > OLDEST_DAYS
    if over or old:
        raise SchedulerError(
            "{which} {day} er passeret, så der er intet at følge op på. "
            "Skriv en dato fra {today} og frem.",
            which=_name(Anchor.END if over else Anchor.START),
            day=(end if over and end else start or today).isoformat(),
            today=today.isoformat(),
        )


def _name(anchor: Anchor) -> Problem:
    return Problem(ANCHOR_NAMES[anchor])
