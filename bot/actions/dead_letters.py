"""What could not be delivered: seen by an administrator, tried again, or put away."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import Refused
from bot.people import Actor, Role
from messages.tables import did_you_mean
from scheduler import store_again, store_outbox
from scheduler.audit import record
from scheduler.dialect import Tx
from scheduler.store import from_ms, to_ms
from scheduler.store_outbox import DeadLetter

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Undelivered:
    """A post that no try of ours can deliver. `to` is a Slack id; `since` None where it was buried
    before that was kept; `overtaken`: what it carried went to somebody else instead."""

    id: str
    kind: str
    to: str
    problem: str
    since: datetime | None
    overtaken: bool


def list_undelivered(actor: Actor, app: App) -> tuple[Undelivered, ...]:
    """All of them, oldest first; what they say is not shown. Raises Refused for other roles."""
    _must_administer(actor)
    with app.database.read() as tx:
        return tuple(_seen(tx, one) for one in store_outbox.dead_letters(tx))


def try_again(actor: Actor, letter_id: str, app: App, now: datetime) -> None:
    """Send it once more: what was wrong in Slack or in config.toml has been mended.

    Raises Refused when it is none any more, or was overtaken: then it would arrive twice.
    """
    _must_administer(actor)
    with app.database.write() as tx:
        letter = _find(tx, letter_id)
        if store_again.is_overtaken(tx, letter):
            raise Refused(
                "Opfølgningen er allerede gået en anden vej, og ville komme to gange. Læg beskeden "
                "væk i stedet."
            )
        store_again.revive(tx, letter.key, to_ms(now))
        record(tx, actor.id, "post.retried", letter_id, to_ms(now))


def put_away(actor: Actor, letter_id: str, app: App, now: datetime) -> None:
    """Give it up: it is never sent, and what it said is erased. Raises Refused as `try_again`."""
    _must_administer(actor)
    with app.database.write() as tx:
        store_again.put_away(tx, _find(tx, letter_id).key)
        record(tx, actor.id, "post.put_away", letter_id, to_ms(now))


def _find(tx: Tx, letter_id: str) -> DeadLetter:
    letters = {_id(one): one for one in store_outbox.dead_letters(tx)}
    wanted = letter_id.strip()
    if wanted not in letters:
        raise Refused(
            "Der er ingen besked “{id}”, der ikke kunne leveres{hint}",
            id=wanted[:20],
            hint=did_you_mean(wanted[:20], letters),
        )
    return letters[wanted]


def _seen(tx: Tx, letter: DeadLetter) -> Undelivered:
    since = from_ms(letter.buried_ms) if letter.buried_ms is not None else None
    overtaken = store_again.is_overtaken(tx, letter)
    return Undelivered(_id(letter), letter.kind, letter.to, letter.problem, since, overtaken)


def _id(letter: DeadLetter) -> str:
    """A short name for it: its key may be as long as a question's."""
    return hashlib.sha256(letter.key.encode()).hexdigest()[:8]


def _must_administer(actor: Actor) -> None:
    if not actor.may(Role.ADMINISTRATOR):
        raise Refused("Kun en administrator kan se beskeder, der ikke kunne leveres.")
