"""The leader's week in words: figures by team, never by employee."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.overview import OTHERS, Figures, Overview
from bot.slack.cards.blocks import Block, Card, context, section
from bot.slack.markup import escaped
from bot.words import Words
from messages.tables import N_
from scheduler.plans import Outcome

_TEAMS = 20


@dataclass(frozen=True)
class Part:
    """A paragraph of the digest, plain words. `heading` is empty for the targets."""

    id: str
    heading: str
    text: str


def digest_parts(overview: Overview, words: Words) -> tuple[Part, ...]:
    """The whole, how it stands to the targets, and each team."""
    title = words(
        N_("Ugen {since} til {until}"),
        since=f"{overview.since:%d.%m.%Y}",
        until=f"{overview.until:%d.%m.%Y}",
    )
    parts = [Part("total", title, _figures(overview.total, words))]
    if targets := _targets(overview, words):
        parts.append(Part("targets", "", targets))
    for number, (team, figures) in enumerate(list(overview.teams.items())[:_TEAMS], start=1):
        name = team if team != OTHERS else words(N_("Øvrige hold"))
        parts.append(Part(f"team{number}", name, _figures(figures, words)))
    return tuple(parts)


def digest_card(overview: Overview, words: Words) -> Card:
    """The overview of a week. What must be acted on stands last: it is read last."""
    parts = digest_parts(overview, words)
    blocks: list[Block] = []
    for part in parts:
        heading = f"*{escaped(part.heading)}*\n" if part.heading else ""
        blocks.append(section(f"{heading}{part.text}", part.id))
    for number, warning in enumerate(digest_warnings(overview, words), start=1):
        blocks.append(context(f":warning: {escaped(warning)}", f"warning{number}"))
    return Card(parts[0].heading, tuple(blocks))


def _figures(figures: Figures, words: Words) -> str:
    lines = [
        words(
            N_("Før forløb: {before}. Undervejs: {during}. Efter: {after}. I job: {in_job}."),
            before=figures.before,
            during=figures.during,
            after=figures.after,
            in_job=figures.in_job,
        ),
        words(
            N_("Opfølgninger til tiden: {on_time}. For sent: {late}. Åbne problemer: {problems}."),
            on_time=figures.on_time,
            late=figures.late,
            problems=figures.problems,
        ),
    ]
    if figures.outcomes:
        lines.append(
            words(
                N_("Afsluttet med job: {job}, forlænget: {extended}, stoppet: {stopped}."),
                job=figures.outcomes.get(Outcome.JOB, 0),
                extended=figures.outcomes.get(Outcome.EXTENDED, 0),
                stopped=figures.outcomes.get(Outcome.STOPPED, 0),
            )
        )
    return "\n".join(lines)


def _targets(overview: Overview, words: Words) -> str:
    total, targets = overview.total, overview.targets
    lines = []
    if targets.on_time is not None and total.on_time_percent is not None:
        said = N_("Til tiden: {reached} procent; målet er {target}.")
        lines.append(words(said, reached=total.on_time_percent, target=targets.on_time))
    if targets.job is not None and total.job_percent is not None:
        said = N_("Afsluttet med job: {reached} procent; målet er {target}.")
        lines.append(words(said, reached=total.job_percent, target=targets.job))
    return "\n".join(lines)


def digest_warnings(overview: Overview, words: Words) -> list[str]:
    """What must be acted on."""
    found = []
    if overview.dead_letters:
        said = N_("Beskeder, der ikke kunne leveres: {count}. Spørg jeres administrator.")
        found.append(words(said, count=overview.dead_letters))
    missing = N_("Satserne for {year} mangler. Læg dem ind før nytår.")
    return [*found, *(words(missing, year=year) for year in overview.missing_rates)]
