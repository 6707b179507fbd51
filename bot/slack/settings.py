"""What a colleague chooses for herself, from the App Home: language, quiet hours, time off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import TypeVar

from bot.actions import settings
from bot.errors import Refused
from bot.slack.cards.fields import View
from bot.slack.cards.settings_form import SETTINGS, USUAL, settings_form
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.stores.preferences import Preferences
from messages.errors import Problem
from messages.tables import N_
from scheduler.cases import read_day
from scheduler.plans import Anchor

T = TypeVar("T", date, time)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_GATHERED = {"yes": True, "no": False, USUAL: None}


class SettingsForm:
    """The person's own choices; an empty field is the municipality's."""

    name = SETTINGS

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:  # noqa: ARG002 - always all
        """Raises Refused for somebody who is not in config.toml."""
        chosen = settings.settings_of(visit.actor, visit.front.app)
        return settings_form(chosen, visit.words)

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        app, now, actor = visit.front.app, visit.front.now(), visit.actor
        language = typed.get("language")
        field = "quiet_from"
        try:
            quiet = _both(_time(typed.get("quiet_from")), _time(typed.get("quiet_to")))
            field = "away_from"
            away = _both(_day(typed.get("away_from")), _day(typed.get("away_to")))
            field = ""
            wanted = Preferences(
                actor.id,
                language=None if language == USUAL else language,
                quiet=quiet,
                away=away,
                gathered=_GATHERED.get(typed.get("gathered")),
            )
            settings.choose(actor, wanted, set(settings.Kind), app, now)
        except Problem as problem:
            return Wrong({field or _field_of(problem): visit.words.problem(problem)})
        words = visit.front.words_of(actor)
        return Next(told(SETTINGS, words(N_("Indstillinger")), words(N_("Gemt.")), words))


def _field_of(problem: Problem) -> str:
    """The field that a refusal is about, by the values that it names."""
    fields = {"opens": "quiet_from", "first": "away_from"}
    return next((fields[name] for name in problem.values if name in fields), "language")


def _both(first: T | None, last: T | None) -> tuple[T, T] | None:
    """Both ends, None for neither. Raises Refused for one without the other."""
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise Refused("Udfyld både fra og til, eller ingen af dem.")
    return first, last


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if _CLOCK.fullmatch(text) else None


def _day(text: str) -> date | None:
    return read_day(text, Anchor.START) if text else None
