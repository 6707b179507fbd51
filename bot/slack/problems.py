"""Trouble in a case: a kind chosen from the list, and the one who takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.actions.nudges import nudge_of
from bot.actions.problems import categories, read_category, report_problem, take_problem
from bot.arrivals.posts import trouble_card
from bot.errors import Refused
from bot.slack.cards import notices
from bot.slack.cards.case_forms import PROBLEM, problem_form, run_page
from bot.slack.cards.fields import View
from bot.slack.cards.notices import notice, refusal
from bot.slack.forms import Next, Typed, Visit, Wrong
from bot.slack.front import Front
from bot.stores.inbox import Incoming
from messages.errors import Problem
from messages.tables import N_
from scheduler.outbox import Outgoing, Posted
from scheduler.problems import OFFERS


class ProblemForm:
    """Which kind of trouble; no free text, for it could tell of health or family."""

    name = PROBLEM

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """Raises Refused when the step does not exist any more."""
        nudge = nudge_of(visit.actor, about.get("nudge", ""), visit.front.app)
        words = visit.words
        kinds = [(str(category), words(kind.title)) for category, kind in categories()]
        return problem_form(nudge.case, kinds, words, {"case": nudge.case, "plan": nudge.plan})

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        words, about, front = visit.words, typed.about, visit.front
        try:
            reported = report_problem(
                visit.actor,
                about.get("case", ""),
                read_category(typed.get("category")),
                front.app,
                front.now(),
                plan=about.get("plan", ""),
            )
        except Problem as problem:
            return Wrong({"category": words.problem(problem)})
        names = ", ".join(front.app.config.people.name_of(one) for one in reported.told)
        said = words(N_("Problemet var allerede meldt, og der følges op på det."))
        if reported.first:
            said = words(N_("Meldt til {who}. Der følges op næste arbejdsdag."), who=names or "?")
        rows = [words(OFFERS[offer]) for offer in reported.kind.offers]
        if reported.contact:
            contact = (reported.contact.name, reported.contact.phone, reported.contact.mail)
            rows.append(", ".join(part for part in contact if part))
        return Next(run_page(PROBLEM, words(N_("Problem")), said, rows, words))


@dataclass(frozen=True)
class Troubles:
    """The button on an alarm."""

    front: Front

    def take(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Say who works on it, on the card itself; the second of two is told who was first."""
        front, words = self.front, self.front.words_to(incoming.sender)
        try:
            actor = front.actor(incoming.sender)
            taken = take_problem(actor, incoming.value, front.app, front.now())
        except Refused as refused:
            front.whisper(incoming.channel, incoming.sender, refusal(refused, words))
            return ()
        name_of = front.app.config.people.name_of
        card = trouble_card(taken.trouble, words, name_of)
        front.channel.update(Posted(incoming.channel, incoming.ts), card)
        if not taken.first and taken.trouble.taken_by != actor.id:
            said = notice(notices.TAKEN, words, who=name_of(taken.trouble.taken_by or ""))
            front.whisper(incoming.channel, incoming.sender, said)
        return ()
