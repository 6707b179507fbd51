"""The form that puts a step off to a day of one's own choice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.actions.nudges import nudge_of
from bot.slack.cards.case_forms import SNOOZE, run_page, snooze_form
from bot.slack.cards.fields import View
from bot.slack.forms import Next, Typed, Visit, Wrong
from bot.slack.steps import Steps
from messages.errors import Problem
from messages.tables import N_
from scheduler.cases import read_day
from scheduler.outbox import Posted
from scheduler.plans import Anchor


class SnoozeForm:
    """One step, one date; the card that it was opened from changes in place."""

    name = SNOOZE

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the step does not exist any more."""
        nudge = nudge_of(visit.actor, about.get("nudge", ""), visit.front.app)
        where = {"nudge": nudge.id, "channel": visit.channel, "ts": visit.ts}
        return snooze_form(visit.words, visit.words(nudge.title), nudge.case, where)

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        about, words = typed.about, visit.words
        try:
            until = read_day(typed.get("until"), Anchor.START)
            card = self._steps.put_off(visit.actor, about.get("nudge", ""), until)
        except Problem as problem:
            return Wrong({"until": words.problem(problem)})
        page = run_page(SNOOZE, words(N_("Udsæt")), words(N_("Trinnet er udsat.")), (), words)
        if not (about.get("channel") and about.get("ts")):
            return Next(page)
        where = Posted(about["channel"], about["ts"])
        return Next(page, partial(self._steps.show, where, card))
