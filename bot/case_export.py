"""Cases as files: a CSV with all that is kept, and a calendar with the days to come. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.actions.privacy import Kept
from bot.clock import COPENHAGEN
from bot.words import Words
from scheduler.calendar_file import Appointment, calendar_file
from scheduler.nudges import NudgeState

COLUMNS = ("case", "plan", "what", "name", "title", "when", "state", "who")
"""what: case, date, step, problem or act. when: ISO 8601, with the offset where a time counts."""

_OVER = frozenset({NudgeState.DONE, NudgeState.STOPPED})


def as_csv(kept: Iterable[Kept], words: Words) -> bytes:
    """All that is kept, one line a fact; UTF-8 with a mark, so that Excel reads æ, ø and å."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in kept:
        for row in _rows(one, words):
            writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_calendar(kept: Iterable[Kept], words: Words, made: datetime) -> bytes:
    """The steps that have a day, done ones as cancelled. Nothing but reference and title."""
    return calendar_file(
        (
            Appointment(
                nudge.id,
                f"{nudge.case}: {words(nudge.title)}",
                nudge.due,
                done=nudge.state in _OVER,
            )
            for one in kept
            for nudge in one.nudges
            if nudge.due
        ),
        made,
    )


def _rows(one: Kept, words: Words) -> Iterator[tuple[str, ...]]:
    case = one.case
    head = (case.reference, case.plan)
    state = case.outcome.value if case.outcome else case.state.value
    yield (*head, "case", case.id, "", _at(case.started), state, case.owner)
    for anchor, day in case.anchors.items():
        yield (*head, "date", anchor.value, "", day.isoformat(), "", "")
    for nudge in one.nudges:
        who = nudge.done_by or case.owner
        when = _at(nudge.due)
        yield (*head, "step", nudge.step, words(nudge.title), when, nudge.state.value, who)
    for trouble in one.troubles:
        yield (
            *head,
            "problem",
            trouble.category.value,
            "",
            _at(trouble.reported),
            trouble.state.value,
            trouble.taken_by or trouble.reported_by,
        )
    for trace in one.traces:
        yield (*head, "act", trace.did, "", _at(trace.at), "", trace.actor)


def _at(moment: datetime | None) -> str:
    return moment.astimezone(COPENHAGEN).isoformat(timespec="seconds") if moment else ""


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula begins with an apostrophe instead."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
