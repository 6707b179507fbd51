"""A leader's week on the App Home: figures against what is aimed for, by team, never by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.actions.overview import Figures, Overview
from bot.slack.cards.blocks import Block, context, divider, fields, header, section
from bot.slack.cards.days import plain_date, plain_day
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_
from scheduler.problems import KINDS, Trouble

MOST_TEAMS, MOST_TROUBLES = 10, 10
_REACHED, _SHORT = ":white_check_mark:", ":small_orange_diamond:"


def overview_blocks(seen: Overview, words: Words) -> Iterator[Block]:
    """All together in two columns, then a line a team; what is missing comes last."""
    total, targets = seen.total, seen.targets
    yield divider()
    yield header(words(N_("Overblik")))
    week = words(
        N_("Den seneste uge: {since} til {until}"),
        since=plain_date(seen.since),
        until=plain_date(seen.until),
    )
    yield context(week, "overview_week")
    phases = (
        (N_("Før start"), total.before),
        (N_("I gang"), total.during),
        (N_("Efter forløbet"), total.after),
        (N_("I job"), total.in_job),
    )
    yield fields([_field(words(name), str(count)) for name, count in phases], "overview_phases")
    yield fields(
        [
            _field(words(N_("Til tiden")), _share(total.on_time_percent, targets.on_time, words)),
            _field(words(N_("Endte med job")), _share(total.job_percent, targets.job, words)),
            _field(words(N_("Uløste problemer")), str(total.problems)),
            _field(words(N_("Spørgsmål uden svar")), str(seen.open_questions)),
        ],
        "overview_results",
    )
    for number, (team, figures) in enumerate(list(seen.teams.items())[:MOST_TEAMS], start=1):
        name = escaped(team) if team else words(N_("Andre"))
        yield section(f"*{name}*\n{_team(figures, words)}", f"overview_team{number}")
    missing = [words(N_("Satser mangler for {year}"), year=year) for year in seen.missing_rates]
    if missing:
        yield context(f":warning: {escaped(' · '.join(missing))}", "overview_missing")


def trouble_blocks(troubles: Sequence[Trouble], words: Words) -> Iterator[Block]:
    """The problems that nobody has solved, oldest first."""
    if not troubles:
        return
    yield divider()
    yield header(words(N_("Uløste problemer")))
    lines = [f"• {escaped(trouble_line(one, words))}" for one in troubles[:MOST_TROUBLES]]
    left = len(troubles) - len(lines)
    if left:
        lines.append(words(N_("… og {count} mere"), count=left))
    yield section(clipped("\n".join(lines), 2_900), "troubles")


def trouble_line(trouble: Trouble, words: Words) -> str:
    said = N_("{case}: {kind}, meldt {day}")
    if trouble.taken_by:
        said = N_("{case}: {kind}, meldt {day}, nogen er i gang")
    return words(
        said,
        case=trouble.case,
        kind=words(KINDS[trouble.category].title),
        day=plain_day(trouble.reported),
    )


def _field(name: str, value: str) -> str:
    return f"*{name}*\n{value}"


def _share(percent: int | None, target: int | None, words: Words) -> str:
    """`86 %`, with what is aimed for and whether it was reached."""
    if percent is None:
        none = words(N_("ingen endnu"))
        if target is None:
            return none
        return words(N_("{reached} · målet er {target} %"), reached=none, target=target)
    reached = f"{percent} %"
    if target is None:
        return reached
    sign = _REACHED if percent >= target else _SHORT
    said = words(N_("{reached} · målet er {target} %"), reached=reached, target=target)
    return f"{said} {sign}"


def _team(figures: Figures, words: Words) -> str:
    said = words(
        N_("{before} før start, {during} i gang, {after} efter, {in_job} i job"),
        before=figures.before,
        during=figures.during,
        after=figures.after,
        in_job=figures.in_job,
    )
    if figures.on_time_percent is not None:
        on_time = N_("{percent} % til tiden ({late} for sent)")
        said += " · " + words(on_time, percent=figures.on_time_percent, late=figures.late)
    if figures.job_percent is not None:
        said += " · " + words(N_("{percent} % endte med job"), percent=figures.job_percent)
    return said
