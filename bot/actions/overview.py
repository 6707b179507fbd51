"""How it goes, for a leader: by team, never by employee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.actions.questions import kept_since
from bot.clock import COPENHAGEN
from bot.config import Targets
from bot.errors import Refused
from bot.people import Actor, Role
from bot.stores import question_log
from scheduler import store, store_outbox, store_problems
from scheduler.cases import Case
from scheduler.due import instant
from scheduler.nudges import Nudge, NudgeState
from scheduler.plans import Anchor, Outcome
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App

SMALLEST_TEAM = 3
"""A team of fewer people is counted with the others: its figures would be somebody's own."""

OTHERS = ""
DAYS = 7
_ANSWER_WITHIN = 2


@dataclass(frozen=True)
class Figures:
    """Counts. before, during, after, in_job: open runs. on_time, late: follow-ups of the week that
    ask for an answer. problems: unsolved. outcomes: the runs that ended in the week."""

    before: int = 0
    during: int = 0
    after: int = 0
    in_job: int = 0
    on_time: int = 0
    late: int = 0
    problems: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)

    @property
    def on_time_percent(self) -> int | None:
        answered = self.on_time + self.late
        return round(100 * self.on_time / answered) if answered else None

    @property
    def job_percent(self) -> int | None:
        ended = sum(self.outcomes.values())
        return round(100 * self.outcomes.get(Outcome.JOB, 0) / ended) if ended else None


@dataclass(frozen=True)
class Overview:
    """The week before `until` (the day itself not counted). teams: by name, OTHERS for the small
    ones together; empty when that would be everybody. open_questions: those that no guideline and
    nobody has answered, the same words once."""

    since: date
    until: date
    total: Figures
    teams: dict[str, Figures]
    targets: Targets
    dead_letters: int
    missing_rates: tuple[int, ...]
    open_questions: int = 0


def overview(actor: Actor, app: App, now: datetime) -> Overview:
    """The figures of the last seven days. Raises Refused for who is neither leader nor
    administrator."""
    if not actor.may(Role.LEADER):
        raise Refused("Kun ledere kan se overblikket. Bed din leder om det.")
    return look(app, now)


def look(app: App, now: datetime) -> Overview:
    """The same for the weekly digest, which nobody asks for."""
    from messages.rates import missing_rates

    today = now.astimezone(COPENHAGEN).date()
    since = today - timedelta(days=DAYS)
    midnight = datetime.min.time()
    first, last = (store.to_ms(instant(day, midnight)) for day in (since, today))
    with app.database.read() as tx:
        nudges = NudgeReader(app.plans).due_between(tx, first, last)
        runs = store.open_cases(tx)
        ended = store.ended_between(tx, first, last)
        troubles = store_problems.unsolved(tx)
        dead = len(store_outbox.dead_letters(tx))
        unanswered = len(question_log.open_questions(tx, kept_since(app, now)))
    counted = _Counting(app, today)
    for run in runs:
        counted.add(run.owner, counted.phase(run))
    for nudge in nudges:
        counted.add(nudge.owner, counted.answered(nudge))
    for trouble in troubles:
        counted.add(trouble.owner, "problems")
    for run in ended:
        counted.add(run.owner, run.outcome)
    return Overview(
        since=since,
        until=today,
        total=_figures(counted.by_team.values()),
        teams=counted.teams(),
        targets=app.config.followups.targets,
        dead_letters=dead,
        missing_rates=missing_rates(app.library.rates, today),
        open_questions=unanswered,
    )


class _Counting:
    def __init__(self, app: App, today: date) -> None:
        self._app = app
        self._today = today
        self.by_team: dict[str, Counter[str]] = {}
        sizes = Counter(person.team for person in app.config.people if person.team)
        self._large = {team for team, size in sizes.items() if size >= SMALLEST_TEAM}
        in_large = sum(size for team, size in sizes.items() if team in self._large)
        self._many_others = len(app.config.people) - in_large >= SMALLEST_TEAM
        self._in_job = {
            plan.next[Outcome.JOB] for plan in app.plans.values() if Outcome.JOB in plan.next
        }

    def add(self, owner: str, what: str | None) -> None:
        person = self._app.config.people.get(owner)
        team = person.team if person and person.team in self._large else OTHERS
        if what is not None:
            self.by_team.setdefault(team, Counter())[what] += 1

    def phase(self, run: Case) -> str:
        start, end = run.anchors.get(Anchor.START), run.anchors.get(Anchor.END)
        if start is None or start > self._today:
            return "before"
        if run.plan in self._in_job:
            return "in_job"
        return "after" if end is not None and end < self._today else "during"

    def answered(self, nudge: Nudge) -> str | None:
        """Whether a follow-up was answered in time; None while there is time, or nothing to say."""
        not_asked = {NudgeState.STOPPED, NudgeState.PASSED}
        if not nudge.needs_answer or nudge.state in not_asked or nudge.due is None:
            return None
        day = nudge.due.astimezone(COPENHAGEN).date()
        last = self._app.calendar.add_workdays(day, nudge.escalate_after or _ANSWER_WITHIN)
        done = nudge.done_at.astimezone(COPENHAGEN).date() if nudge.done_at else None
        if done is not None:
            return "on_time" if done <= last else "late"
        return "late" if self._today > last else None

    def teams(self) -> dict[str, Figures]:
        if not self._large:
            return {}
        others_last = sorted(self.by_team.items(), key=lambda one: (one[0] == OTHERS, one[0]))
        return {
            team: _figures([counts])
            for team, counts in others_last
            if team != OTHERS or self._many_others
        }


def _figures(counts: Iterable[Counter[str]]) -> Figures:
    total: Counter[str] = sum(counts, Counter())
    names = ("before", "during", "after", "in_job", "on_time", "late", "problems")
    return Figures(
        **{name: total[name] for name in names},
        outcomes={outcome: total[outcome] for outcome in Outcome if total[outcome]},
    )
