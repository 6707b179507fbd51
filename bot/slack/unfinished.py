"""A form's result that never came, because the process ended in between: its sender is told.

What is typed is kept nowhere, so it cannot be made again. All that the store holds meanwhile is
who waits, and for which kind of thing.
"""

from __future__ import annotations

import secrets

from bot.slack.cards.notices import notice
from bot.slack.front import Front
from bot.stores.inbox import Inbox, Incoming, Intent
from messages.tables import N_
from scheduler.outbox import Outgoing

KIND = "unfinished"
AFTER_MS = 180_000
"""Longer than a sheet's files take on their way to a Slack that answers in its ten seconds."""

SHEET = N_(
    "Brobygger blev afbrudt, mens dit ark blev lavet. Er det ikke kommet her i dine direkte "
    "beskeder, så lav det igen: det, du skrev, er ikke gemt."
)
ADDING = N_(
    "Brobygger blev afbrudt, mens din vejledning blev læst. Har du ikke fået besked om, hvad der "
    "blev læst, så tilføj den igen: den kommer aldrig til at stå der to gange."
)
_SAID = {"sheet": SHEET, "adding": ADDING}


def note(front: Front, user: str, said: str) -> Incoming | None:
    """Keep that `user` waits; None when there is nothing to say. Raises StoreFailed."""
    kind = next((kind for kind, one in _SAID.items() if one == said), "")
    if not kind:
        return None
    kept = Incoming(f"form:{secrets.token_hex(8)}", Intent.UNFINISHED, "", user, "0", value=kind)
    Inbox(front.app.database).put_aside(kept, round(front.now().timestamp() * 1000), AFTER_MS)
    return kept


def unfinished(front: Front, incoming: Incoming) -> tuple[Outgoing, ...]:
    """The word for the one who waits in vain."""
    card = notice(_SAID.get(incoming.value, SHEET), front.words_to(incoming.sender))
    return (Outgoing(f"{KIND}:{incoming.id}", KIND, incoming.sender, card.text, card.json),)
