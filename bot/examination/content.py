"""What is answered and sent from: guidelines, languages, people, rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from bot.answers.freshness import not_in_index
from bot.clock import COPENHAGEN
from bot.examination.finding import Finding, tried
from messages.errors import Problem
from messages.rates import missing_rates
from messages.tables import N_

if TYPE_CHECKING:
    from bot.app import App

_MOST_NAMED = 5


def look_at_content(app: App, now: datetime) -> Iterator[Finding]:
    """The files that ship and the municipality's own."""
    yield tried(lambda: _passages(app))
    yield tried(lambda: _index(app))
    yield tried(lambda: _languages(app))
    if app.config.serve.slack:
        yield _people(app)
    yield tried(lambda: _rates(app, now))


def _passages(app: App) -> Finding:
    return Finding(
        app.answers.size > 0,
        Problem(N_("Vejledningerne: {count} afsnit at svare ud fra."), count=app.answers.size),
    )


def _index(app: App) -> Finding:
    """The answers were opened just now, which takes in every file that can be read."""
    behind = not_in_index(app.config)
    if not behind:
        return Finding(True, Problem(N_("Søgeindekset følger med filerne.")))
    names = ", ".join(behind[:_MOST_NAMED]) + (" …" if len(behind) > _MOST_NAMED else "")
    return Finding(
        False,
        Problem(N_("Søgeindekset følger ikke med disse filer: {names}."), names=names),
        Problem(N_("Se hvorfor med brobygger check, og ret filerne eller adgangen til dem.")),
    )


def _languages(app: App) -> Finding:
    known = [code for code in app.library.languages if code in app.library.handout]
    return Finding(True, Problem(N_("Ark på sprogene {codes}."), codes=", ".join(known)))


def _people(app: App) -> Finding:
    without = [person.id for person in app.config.people if not person.slack]
    if not without:
        return Finding(True, Problem(N_("Alle medarbejdere har et Slack-id.")))
    return Finding(
        False,
        Problem(N_("Disse medarbejdere har intet Slack-id: {ids}."), ids=", ".join(without)),
        Problem(N_("Skriv slack under [people] i config.toml: Slack-profilen → ⋮ → kopiér id.")),
    )


def _rates(app: App, now: datetime) -> Finding:
    """This year's always; next year's from 1 November."""
    missing = missing_rates(app.library.rates, now.astimezone(COPENHAGEN).date())
    if not missing:
        return Finding(True, Problem(N_("Satserne er på plads.")))
    return Finding(
        False,
        Problem(N_("Satser mangler for {years}."), years=", ".join(map(str, missing))),
        Problem(N_("Læg rates/{year}.toml i mappen under [folders] rates."), year=missing[0]),
    )
