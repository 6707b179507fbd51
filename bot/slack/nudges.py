"""Nudges on their way to Slack, and the button that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.people import People, Person, Role
from bot.slack.cards.blocks import Card
from bot.slack.cards.nudge import nudge_card
from messages.tables import N_
from scheduler.nudges import KIND, Nudge
from scheduler.outbox import Outgoing
from scheduler.plans import Who

if TYPE_CHECKING:
    from bot.app import App

LATE = N_("Denne opfølgning kommer for sent, fordi Brobygger var standset.")


def compose(app: App, nudge: Nudge) -> Outgoing:
    """The nudge as a direct message to whom it concerns. Raises BotError when nobody can get it."""
    person = recipient(nudge, app.config.people)
    card = card_of(app, nudge)
    return Outgoing(
        key=nudge.key,
        kind=KIND,
        to=person.slack,
        text=card.text,
        blocks=card.json,
        about=nudge.case_id,
        late_note=app.words(app.config.language)(LATE),
    )


def card_of(app: App, nudge: Nudge, *, put_off_by: str = "") -> Card:
    """The nudge's card as it stands now: with its buttons, or with who did what."""
    config = app.config
    return nudge_card(
        nudge,
        app.words(config.language),
        handouts=_titles(app, nudge),
        link=config.cases.link.replace("{case}", nudge.case),
        done_by=name_of(app, nudge.done_by),
        put_off_by=put_off_by,
    )


def name_of(app: App, person_id: str | None) -> str:
    """The name behind an id; the id itself once the person has left config.toml."""
    person = app.config.people.get(person_id or "")
    return person.name if person else person_id or ""


def recipient(nudge: Nudge, people: People) -> Person:
    """Whose direct messages get it: the owner, else the owner's backup, else a leader.

    A step for the leader, or one raised because nobody answered, goes to a leader of the owner's
    team, else to any leader, else to the owner. Raises BotError when none of them is in Slack.
    """
    owner = people.get(nudge.owner)
    backup = people.get(owner.backup) if owner else None
    leaders = sorted(
        (person for person in people if Role.LEADER in person.roles),
        key=lambda person: owner is None or person.team != owner.team,
    )
    first = [*leaders, owner, backup]
    if nudge.who is Who.OWNER and not nudge.raised:
        first = [owner, backup, *leaders]
    for person in first:
        if person is not None and person.slack:
            return person
    raise BotError(
        "Opfølgningen på {case} har ingen modtager i Slack: sæt slack på {owner} under [people].",
        case=nudge.case,
        owner=nudge.owner,
    )


def _titles(app: App, nudge: Nudge) -> tuple[tuple[str, str], ...]:
    """Id and title of the sheets that the step names; one that is gone is left out."""
    topics, words = app.library.topics, app.words(app.config.language)
    return tuple((name, words(topics[name].title)) for name in nudge.handouts if name in topics)
