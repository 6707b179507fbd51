"""Trouble told at once: to the owner, the backup and whoever answers for such things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.arrivals.posts import trouble_card, untaken_card
from bot.arrivals.recipients import Recipients
from bot.config import Contact
from bot.slack.cards.blocks import Card
from scheduler.outbox import Outgoing
from scheduler.problems import Trouble

if TYPE_CHECKING:
    from bot.app import App

KIND = "problem"


@dataclass(frozen=True)
class Alarm:
    """A post and whose it is: a person's id, or empty for a channel."""

    outgoing: Outgoing
    person: str = ""


def alarm_posts(
    app: App, trouble: Trouble, recipients: Recipients, contact: Contact | None
) -> tuple[Alarm, ...]:
    """One post for each who must hear of it now, whatever the hour; nobody gets two."""
    posts: list[Alarm] = []
    for person in recipients.alarmed(trouble.owner):
        language = recipients.language(person, _default(app))
        posts.append(Alarm(_post(app, trouble, person.slack, language), person.id))
    known = {alarm.outgoing.to for alarm in posts}
    if contact and contact.slack and contact.slack not in known:
        posts.append(Alarm(_post(app, trouble, contact.slack, _default(app))))
    return tuple(posts)


def untaken_posts(app: App, trouble: Trouble, recipients: Recipients) -> tuple[Outgoing, ...]:
    """For a leader: nobody took it. None when no leader is in Slack."""
    leaders = [person for person in recipients.leaders(trouble.owner) if person.slack]
    if not leaders:
        return ()
    language = recipients.language(leaders[0], _default(app))
    card = untaken_card(trouble, app.words(language), app.config.people.name_of)
    return (_outgoing(trouble, leaders[0].slack, card, "untaken"),)


def _post(app: App, trouble: Trouble, to: str, language: str) -> Outgoing:
    card = trouble_card(trouble, app.words(language), app.config.people.name_of)
    return _outgoing(trouble, to, card, to)


def _outgoing(trouble: Trouble, to: str, card: Card, suffix: str) -> Outgoing:
    return Outgoing(
        key=f"{KIND}:{trouble.id}:{suffix}",
        kind=KIND,
        to=to,
        text=card.text,
        blocks=card.json,
        about=trouble.case_id,
    )


def _default(app: App) -> str:
    return app.config.language
