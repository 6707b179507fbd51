"""A leader's figures and an administrator's concerns, a line each. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions.overview import Figures, Overview
from bot.slack.cards.days import plain_day
from bot.words import Words
from messages.tables import N_
from scheduler.problems import KINDS, Trouble


def overview_lines(seen: Overview, words: Words) -> list[str]:
    """The week's figures: all together, then by team; what is missing comes last."""
    lines = list(_figures(seen.total, words))
    targets = seen.targets
    if targets.on_time is not None:
        lines.append(words(N_("Mål: {percent} % til tiden"), percent=targets.on_time))
    if targets.job is not None:
        lines.append(words(N_("Mål: {percent} % i job"), percent=targets.job))
    for team, figures in seen.teams.items():
        name = team or words(N_("Andre"))
        lines += [f"{name}: {line}" for line in _figures(figures, words)]
    if seen.dead_letters:
        lines.append(
            words(N_("Beskeder, der ikke kunne leveres: {count}"), count=seen.dead_letters)
        )
    lines += [words(N_("Satser mangler for {year}"), year=year) for year in seen.missing_rates]
    return lines


def trouble_line(trouble: Trouble, words: Words) -> str:
    return words(
        N_("{case}: {kind}, meldt {day}"),
        case=trouble.case,
        kind=words(KINDS[trouble.category].title),
        day=plain_day(trouble.reported),
    )


def _figures(figures: Figures, words: Words) -> Iterator[str]:
    yield words(
        N_("{before} før praktik, {during} i gang, {after} efter, {in_job} i job"),
        before=figures.before,
        during=figures.during,
        after=figures.after,
        in_job=figures.in_job,
    )
    if figures.on_time_percent is not None:
        yield words(
            N_("Til tiden: {percent} % ({late} for sent)"),
            percent=figures.on_time_percent,
            late=figures.late,
        )
    if figures.job_percent is not None:
        yield words(N_("Sluttede med job: {percent} %"), percent=figures.job_percent)
