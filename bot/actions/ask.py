"""Asking a question: the one way in, whichever door it came through."""

from __future__ import annotations

from datetime import date

from bot.answers.engine import Answers
from bot.answers.reply import Reply
from bot.people import Actor


def ask(actor: Actor, question: str, answers: Answers, today: date) -> Reply:  # noqa: ARG001
    """The reply to a question. Everyone who works here may ask; nothing is written."""
    return answers.ask(question, today)
