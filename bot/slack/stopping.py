"""The form that asks before a case's follow-up is stopped: it cannot be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.actions.nudges import nudge_of
from bot.slack.cards.case_forms import STOP, stop_form
from bot.slack.cards.fields import View
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.slack.steps import Steps
from messages.errors import Problem
from messages.tables import N_
from scheduler.outbox import Posted


class StopForm:
    """One case, and whether it was meant; the card that it was opened from changes in place."""

    name = STOP

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the step does not exist any more."""
        nudge = nudge_of(visit.actor, about.get("nudge", ""), visit.front.app)
        where = {"nudge": nudge.id, "channel": visit.channel, "ts": visit.ts}
        return stop_form(nudge.case, visit.words(nudge.plan_title), visit.words, where)

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        about, words = typed.about, visit.words
        title = words(N_("Stop opfølgningen"))
        try:
            card = self._steps.stopped(visit.actor, about.get("nudge", ""))
        except Problem as problem:  # the form has no field at which it could stand
            return Next(told(STOP, title, words.problem(problem), words))
        page = told(STOP, title, words(N_("Opfølgningen er stoppet.")), words)
        if not (about.get("channel") and about.get("ts")):
            return Next(page)
        where = Posted(about["channel"], about["ts"])
        return Next(page, partial(self._steps.show, where, card))
