"""Asking the guidelines: the reply with its passages, and a passage in its own document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from bot.actions.ask import ask
from bot.answers.engine import Answers
from bot.answers.reply import Citation, Reply, State
from bot.answers.wording import STATES
from bot.cli.reply_text import contact_line, place
from bot.desk.told import told_by
from bot.desk.visit import Visit
from bot.words import Words
from messages.personal_data import find_cpr
from messages.tables import N_

SHOWN = {State.ANSWER: 3, State.CLOSEST: 3, State.UNKNOWN: 0}
EXAMPLES = (
    N_("Hvor længe varer en praktik i gennemsnit?"),
    N_("Hvornår skal borgeren have en beregning af lønnen?"),
    N_("Hvor tit skal vi følge op under praktikken?"),
)


@dataclass(frozen=True)
class Shown:
    """A passage on the page: its words in three parts, the middle one answers."""

    before: str
    quote: str
    after: str
    source: str
    address: str


def ask_page(visit: Visit) -> Response:
    """The empty page, or one with a question already written, ready to be sent."""
    told = told_by(visit.query, visit.words)
    return visit.page("ask", question="", reply=None, examples=EXAMPLES, told=told)


def answer(visit: Visit) -> Response:
    """The reply to a question. What held a CPR number is not shown again."""
    reply = ask(visit.actor, visit.form.get("question"), visit.app.answers, visit.today)
    unsure = reply.state in {State.CLOSEST, State.UNKNOWN}
    contacts = visit.app.config.contacts.values() if unsure else ()
    return visit.page(
        "ask",
        question="" if reply.state is State.REFUSED else reply.question,
        reply=reply,
        heading=_heading(reply, visit.words),
        said=_said(reply, visit),
        passages=tuple(_shown(reply, visit.app.answers, visit.words)),
        unsure=unsure,
        told="",
        contacts=[contact_line(contact) for contact in contacts],
        examples=EXAMPLES,
    )


def _heading(reply: Reply, words: Words) -> str:
    if reply.state is State.REFUSED:
        return words(N_("Ikke besvaret"))
    return words(STATES[reply.state] or N_("Svar"))


def _said(reply: Reply, visit: Visit) -> str:
    """Our own words of a reply. At the desk there is no message to delete after a CPR number."""
    if find_cpr(visit.form.get("question")):
        return visit.words(
            N_("Der står et CPR-nummer i spørgsmålet. Det er hverken læst eller gemt. Spørg uden.")
        )
    return visit.words.problem(reply.say) if reply.say else ""


def _shown(reply: Reply, answers: Answers, words: Words) -> Iterator[Shown]:
    pairs = zip(reply.passages, reply.citations, strict=True)
    for passage, citation in list(pairs)[: SHOWN.get(reply.state, 0)]:
        end = citation.quote_at + len(citation.quote)
        yield Shown(
            passage[: citation.quote_at],
            passage[citation.quote_at : end],
            passage[end:],
            place(citation, words),
            _address(citation, answers),
        )


def _address(citation: Citation, answers: Answers) -> str:
    """Where the passage stands in its document; empty when the document is not at hand."""
    for number, card in answers.cards.items():
        if card.title == citation.document:
            return f"/vejledning/{number}?fra={citation.raw_start}&til={citation.raw_end}#sted"
    return ""
