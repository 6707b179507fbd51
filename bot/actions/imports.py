"""Cases from another system's CSV: tried first, then taken in; a second time only changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.actions.cases import NewCase, prepare
from bot.actions.lookup import must_be_staff
from bot.actions.runs import end_run, move_run, start_run
from bot.case_file import CaseFile, FileRow, read_file_day
from bot.errors import Refused
from bot.people import Actor
from messages.errors import Problem
from messages.tables import N_, did_you_mean
from scheduler import store, store_again
from scheduler.audit import record
from scheduler.cases import Case, read_reference
from scheduler.dialect import Tx
from scheduler.plans import Anchor, Outcome

if TYPE_CHECKING:
    from bot.app import App

_AT_A_TIME = 100
TWICE = N_("Sagen og planen står også på linje {line}.")
_DAYS = (Anchor.START, Anchor.END, Anchor.FIRST_PAYDAY)


class Became(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Imported:
    """A row: its line, its reference when it is one, what became of it, and why it was refused."""

    line: int
    case: str
    became: Became
    problem: Problem | None = None


class _OnlyTried(Exception):
    """Ends a dry run's transaction so that nothing of it is kept."""


def import_cases(
    actor: Actor, file: CaseFile, app: App, now: datetime, *, dry_run: bool = False
) -> tuple[Imported, ...]:
    """Take the rows in, or only try them. One bad row stops no other."""
    must_be_staff(actor)
    importing, results = _Import(actor, app, now), list[Imported]()
    for rows in _chunks(file.rows):
        try:
            with app.database.write() as tx:
                results.extend(importing.row(tx, row) for row in rows)
                _end_of_try(dry_run=dry_run)
                record(tx, actor.id, "case.imported", str(len(rows)), store.to_ms(now))
        except _OnlyTried:
            continue
    return tuple(results)


def _end_of_try(*, dry_run: bool) -> None:
    if dry_run:
        raise _OnlyTried


def _chunks(rows: Sequence[FileRow]) -> Iterator[Sequence[FileRow]]:
    for first in range(0, len(rows), _AT_A_TIME):
        yield rows[first : first + _AT_A_TIME]


class _Import:
    """One file on its way in."""

    def __init__(self, actor: Actor, app: App, now: datetime) -> None:
        self._actor = actor
        self._app = app
        self._now = now
        self._seen: dict[tuple[str, str], int] = {}

    def row(self, tx: Tx, row: FileRow) -> Imported:
        reference = ""
        try:
            request, outcome = _request(row, self._app)
            cases = self._app.config.cases
            reference = read_reference(request.reference, cases.pattern, cases.example)
            before = self._seen.setdefault((reference, request.plan), row.line)
            if before != row.line:
                return _refused(row, reference, Refused(TWICE, line=before))
            became = self._take_in(tx, replace(request, reference=reference), outcome)
        except Problem as problem:
            return _refused(row, reference, problem)
        return Imported(row.line, reference, became)

    def _take_in(self, tx: Tx, request: NewCase, outcome: Outcome | None) -> Became:
        """Compare with what is stored, and do what is missing."""
        runs = [run for run in store.runs_of(tx, request.reference) if run.plan == request.plan]
        standing = next((run for run in runs if run.outcome is None), None)
        if standing is None:
            if outcome or _was_here(runs, request):
                return Became.SAME
            case = prepare(self._actor, request, self._app, self._now)
            start_run(tx, self._actor, case, self._app, self._now)
            return Became.NEW
        became = self._update(tx, standing, request)
        if outcome:
            end_run(tx, self._actor, standing, outcome, app=self._app, now=self._now, anchors={})
            return Became.ENDED
        return became

    def _update(self, tx: Tx, run: Case, request: NewCase) -> Became:
        moved = {
            anchor: day for anchor, day in request.anchors.items() if run.anchors.get(anchor) != day
        }
        if moved:
            move_run(tx, self._actor, run, anchors=moved, app=self._app, now=self._now)
        if request.owner != run.owner:
            store.give_to(tx, run.id, request.owner)
            store_again.call_back(tx, run.id, store.to_ms(self._now))
            record(tx, self._actor.id, "case.reassigned", run.id, store.to_ms(self._now))
        return Became.CHANGED if moved or request.owner != run.owner else Became.SAME


def _was_here(runs: Iterable[Case], request: NewCase) -> bool:
    """Whether this very run ended here already: the other system may list it longer than we."""
    start = request.anchors.get(Anchor.START)
    return any(run.anchors.get(Anchor.START) == start for run in runs)


def _refused(row: FileRow, reference: str, problem: Problem) -> Imported:
    return Imported(row.line, reference, Became.REFUSED, problem)


def _request(row: FileRow, app: App) -> tuple[NewCase, Outcome | None]:
    """What the row asks for, in our words. Raises Refused naming the cell."""
    imports, cells = app.config.followups.imports, row.cells
    plan = _plan(cells.get("plan", "") or imports.plan, app)
    if "case" not in cells:
        raise Refused("Rækken har intet sagsnummer.")
    days: dict[Anchor, date] = {
        anchor: read_file_day(cells[anchor.value], anchor)
        for anchor in _DAYS
        if anchor.value in cells
    }
    owner = _owner(cells.get("owner", "") or imports.owner, app)
    outcome = _outcome(cells.get("outcome", ""))
    return NewCase(plan, cells["case"], days, owner), outcome


def _plan(text: str, app: App) -> str:
    for plan in app.plans.values():
        if text.casefold() in {plan.id.casefold(), plan.title.casefold()}:
            return plan.id
    if not text:
        raise Refused("Rækken har ingen plan. Skriv den, der gælder for alle, under [import] plan.")
    raise Refused(
        "Planen “{text}” findes ikke{hint}", text=text[:40], hint=did_you_mean(text[:40], app.plans)
    )


def _owner(text: str, app: App) -> str:
    """The id of the person with that id, name or login. The cell is not repeated: it may be a
    citizen's name that slipped into the wrong column."""
    if not text:
        raise Refused("Rækken har ingen ansvarlig. Skriv den, der gælder, under [import] owner.")
    for person in app.config.people:
        if text.casefold() in {
            person.id.casefold(),
            person.name.casefold(),
            person.login.casefold(),
        }:
            return person.id
    raise Refused(
        "Den ansvarlige er ikke blandt [people] i config.toml. Skriv f.eks. et id derfra."
    )


def _outcome(text: str) -> Outcome | None:
    if not text:
        return None
    words = {"job": Outcome.JOB, "forlænget": Outcome.EXTENDED, "stoppet": Outcome.STOPPED}
    known = words | {one.value: one for one in Outcome}
    if text.casefold() in known:
        return known[text.casefold()]
    raise Refused(
        "Udfaldet kendes ikke{hint}", hint=did_you_mean(text.casefold()[:20], list(Outcome))
    )
