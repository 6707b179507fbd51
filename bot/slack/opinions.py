"""Whether an answer helped: a press when it did, a form for why not when it did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.actions.question_report import REASONS, Reason, feedback
from bot.errors import Refused
from bot.slack.cards import notices
from bot.slack.cards.expert import REASON, reason_form
from bot.slack.cards.fields import View
from bot.slack.cards.notices import notice, refusal
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.slack.front import Front
from bot.stores.inbox import Incoming
from messages.errors import Problem
from messages.tables import N_
from scheduler.outbox import Outgoing


@dataclass(frozen=True)
class Opinions:
    """The thumb that points up; what somebody thinks is seen by nobody else."""

    front: Front

    def helpful(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        front, words = self.front, self.front.words_to(incoming.sender)
        try:
            actor = front.actor(incoming.sender)
            feedback(actor, incoming.value, front.app, front.now(), helpful=True)
            card = notice(notices.THANKS, words)
        except Refused as refused:
            card = refusal(refused, words)
        front.whisper(incoming.channel, incoming.sender, card, incoming.thread)
        return ()


class ReasonForm:
    """The thumb that points down: it counts at once, and the reason when one is given."""

    name = REASON

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the reply is not kept any more."""
        front, reply = visit.front, about.get("reply", "")
        feedback(visit.actor, reply, front.app, front.now(), helpful=False)
        reasons = [(str(reason), visit.words(said)) for reason, said in REASONS.items()]
        return reason_form(reasons, visit.words, {"reply": reply})

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        front, words, chosen = visit.front, visit.words, typed.get("reason")
        if chosen not in set(Reason):
            return Wrong({"reason": words(N_("Vælg det, der passer bedst."))})
        try:
            feedback(
                visit.actor,
                typed.about.get("reply", ""),
                front.app,
                front.now(),
                helpful=False,
                reason=Reason(chosen),
            )
        except Problem as problem:
            return Wrong({"reason": words.problem(problem)})
        said = words(N_("Tak. Det hjælper os med at rette vejledningerne."))
        return Next(told(REASON, words(N_("Ikke hjælpsomt")), said, words))
