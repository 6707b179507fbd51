"""The card of a follow-up, with the names and titles that config and library give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.cards.blocks import Card
from bot.slack.cards.nudge import nudge_card
from scheduler.nudges import Nudge

if TYPE_CHECKING:
    from bot.app import App


def card_of(
    app: App, nudge: Nudge, language: str = "", *, put_off_by: str = "", handed_to: str = ""
) -> Card:
    """The nudge's card as it stands now: with its buttons, or with who did what."""
    words = app.words(language or app.config.language)
    topics = app.library.topics
    sheets = [(name, words(topics[name].title)) for name in nudge.handouts if name in topics]
    return nudge_card(
        nudge,
        words,
        handouts=tuple(sheets),
        link=app.config.cases.link.replace("{case}", nudge.case),
        done_by=app.config.people.name_of(nudge.done_by or ""),
        put_off_by=put_off_by,
        handed_to=handed_to,
    )
