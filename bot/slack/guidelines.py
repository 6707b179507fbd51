"""A guideline added from the App Home: a file fetched from Slack, read, and told about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from bot.actions.guidelines import demand_owner, readable_name, take_in
from bot.answers.documents import Facts, read_facts
from bot.answers.opening import open_index
from bot.answers.reply import Kind
from bot.slack.cards.blocks import Card
from bot.slack.cards.fields import View
from bot.slack.cards.guideline import GUIDELINE, added_card, guideline_form
from bot.slack.cards.notices import refusal
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.slack.unfinished import ADDING
from bot.words import Words
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_
from scheduler.outbox import Outbox, Outgoing
from scheduler.store import to_ms

_FILE = re.compile(r"F[A-Z0-9]{2,20}", re.ASCII)
_READING = N_(
    "Filen læses nu. Om lidt får du en direkte besked om, hvad der blev læst, eller hvad der er i "
    "vejen."
)
_PERSONAL = N_("Det ligner et CPR-nummer. Brug aldrig CPR-numre her.")
KIND = "guideline added"


class GuidelineForm:
    """A file and what is known about it; what it says is read after Slack has its answer."""

    name = GUIDELINE

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:  # noqa: ARG002 - always new
        """Raises Refused for who does not keep the guidelines."""
        demand_owner(visit.actor)
        return guideline_form(visit.words)

    def change(self, visit: Visit, typed: Typed) -> View | None:  # noqa: ARG002 - nothing follows
        return None

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        words = visit.words
        file, sent = (*typed.all("file"), "", "")[:2]
        if not _FILE.fullmatch(file):
            return Wrong({"file": words(N_("Vælg en fil, f.eks. vejledning.pdf."))})
        try:
            demand_owner(visit.actor)
            facts = _facts(visit, typed, readable_name(sent))
        except Problem as problem:
            key = str(problem.values.get("key", "kind" if "value" in problem.values else "file"))
            return Wrong({key: words.problem(problem)})
        given = {"file": sent, "title": typed.get("title"), "years": typed.get("years")}
        wrong = {key: words(_PERSONAL) for key, text in given.items() if find_cpr(text)}
        if wrong:
            return Wrong(wrong)
        page = told(GUIDELINE, words(N_("Tilføj en vejledning")), words(_READING), words)
        return Next(page, partial(_read, visit, file, facts), ADDING)


def _facts(visit: Visit, typed: Typed, name: str) -> Facts:
    """What was typed; whoever adds a guideline keeps it. Raises BotError for what is no kind."""
    given = {
        "title": typed.get("title"),
        "kind": typed.get("kind") or Kind.LOCAL_RULE,
        "data_years": typed.get("years"),
        "review_by": typed.get("review_by"),
        "owner": visit.actor.name,
    }
    return read_facts(given, name)


def _read(visit: Visit, file: str, facts: Facts) -> None:
    """Take it in, and say what became of it through the outbox: it may be a while in reading."""
    front, to = visit.front, visit.actor.slack
    card = _became(visit, file, facts, visit.words)
    key = f"guideline:{file}:{to_ms(front.now())}"
    with front.app.database.write() as tx:
        Outbox().put(tx, Outgoing(key, KIND, to, card.text, card.json))


def _became(visit: Visit, file: str, facts: Facts, words: Words) -> Card:
    app = visit.front.app
    try:
        got = visit.front.uploads.fetch(file, visit.actor.slack)
        added = take_in(visit.actor, got.name, got.content, facts, open_index(app.config))
    except Problem as problem:
        return refusal(problem, words)
    app.guidelines_changed()
    return added_card(added, words)
