"""What an asker is told when a colleague has answered her question. Pure."""

from __future__ import annotations

from bot.slack.cards.blocks import Card, context, section
from bot.slack.markup import clipped, escaped, quoted
from bot.stores.question_log import OpenQuestion, Told
from bot.words import Words
from messages.tables import N_
from scheduler.outbox import Outgoing

KIND = "question answered"
_ANSWER, _QUESTION = 2_400, 400


def answered_card(question: str, answer: str, who: str, words: Words, *, kept: bool) -> Card:
    """The question, the answer word for word, and who gave it. kept: it is a guideline now."""
    title = words(N_("Du har fået svar på dit spørgsmål."))
    by = words(N_("Svar fra {who}"), who=escaped(who))
    if kept:
        by = words(N_("Svar fra {who}. Det står nu i retningslinjerne."), who=escaped(who))
    return Card(
        title,
        (
            section(f"*{title}*", "answered"),
            context(clipped(escaped(" ".join(question.split())), _QUESTION), "asked"),
            section(quoted(clipped(escaped(answer), _ANSWER)), "answer"),
            context(by, "by"),
        ),
    )


def answered_post(question: OpenQuestion, told: Told, card: Card) -> Outgoing:
    """The post to one of those who asked: once for each question and person."""
    return Outgoing(
        key=f"question:{question.id}:{told.asker}",
        kind=KIND,
        to=told.asker,
        text=card.text,
        blocks=card.json,
        about=question.id,
    )
