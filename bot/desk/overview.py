"""The leader's overview, drawn to be read in black and white: by team, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.actions.overview import OTHERS, Figures, overview
from bot.desk.bars import Bar, bars
from bot.desk.cases import OUTCOMES
from bot.desk.days import whole
from bot.desk.visit import Visit
from messages.tables import N_

_PHASES = (
    ("before", N_("Før start")),
    ("during", N_("I forløb")),
    ("after", N_("Efter forløb")),
    ("in_job", N_("I job")),
)


@dataclass(frozen=True)
class Share:
    """A share in percent, None where there is nothing to divide; and what is aimed for."""

    percent: int | None
    target: int | None
    yes: int
    no: int


@dataclass(frozen=True)
class Part:
    """One team's figures, or everybody's."""

    name: str
    phases: tuple[Bar, ...]
    outcomes: tuple[Bar, ...]
    on_time: Share
    problems: int


def overview_page(visit: Visit) -> Response:
    found = overview(visit.actor, visit.app, visit.now)
    words, language = visit.words, visit.words.language
    targets = found.targets
    parts = [_part(words(N_("Alle")), found.total, targets.on_time, visit)]
    for name, figures in found.teams.items():
        shown = words(N_("Andre")) if name == OTHERS else name
        parts.append(_part(shown, figures, targets.on_time, visit))
    return visit.page(
        "overview",
        since=whole(found.since, language),
        until=whole(found.until, language),
        parts=parts,
        job=found.total.job_percent,
        job_target=targets.job,
        dead_letters=found.dead_letters,
        missing_rates=found.missing_rates,
    )


def _part(name: str, figures: Figures, target: int | None, visit: Visit) -> Part:
    phases = [(visit.words(title), int(getattr(figures, key))) for key, title in _PHASES]
    outcomes = [
        (visit.words(title), figures.outcomes.get(outcome, 0))
        for outcome, title in OUTCOMES.items()
    ]
    share = Share(figures.on_time_percent, target, figures.on_time, figures.late)
    return Part(name, bars(phases), bars(outcomes), share, figures.problems)
