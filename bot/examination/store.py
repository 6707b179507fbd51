"""The store: whether it answers, which schema it has, when it was last copied, what lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.clock import COPENHAGEN
from bot.examination.clock import skewed
from bot.examination.finding import Finding, tried
from bot.stores.inbox import Inbox
from messages.errors import Problem
from messages.tables import N_
from scheduler import store_outbox, store_state
from scheduler.audit import traces
from scheduler.dialect import Database
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

MOST_WAITING = 100
LONGEST_WITHOUT_BACKUP = timedelta(days=7)
_NOT_MADE = N_("Databasen {file} findes ikke endnu. Den bliver lavet ved første start.")
_SCHEMA = N_("Databasen svarer. Dens skema er {version}, det nyeste.")
_BEHIND = N_("Databasen svarer. Næste start opgraderer den med {count} trin.")
_NEWER = N_("Databasen er lavet af et nyere program ({step}).")
_MEND_NEWER = N_("Start det nyere program, eller hent en kopi fra før opgraderingen.")


def look_at_store(app: App, now: datetime) -> Iterator[Finding]:
    """The store as it is: it is neither made nor upgraded by being looked at."""
    address = app.config.store.url
    if store_state.is_to_be_made(address):
        yield Finding(True, Problem(_NOT_MADE, file=address))
        return
    try:
        with store_state.as_it_is(address) as database:
            with database.read() as tx:
                schema = store_state.schema_of(tx, app.stores)
            if schema.newer:
                seen = Problem(_NEWER, step=schema.newer[0])
                yield Finding(False, seen, Problem(_MEND_NEWER))
            elif schema.missing:
                yield Finding(True, Problem(_BEHIND, count=len(schema.missing)))
            else:
                yield Finding(True, Problem(_SCHEMA, version=schema.version))
                yield tried(lambda: _waiting(database))
                yield tried(lambda: _letters(database))
                yield tried(lambda: _backup(database, now))
            yield tried(lambda: _clock(database, now))
    except Problem as problem:
        yield Finding(False, problem)


def _waiting(database: Database) -> Finding:
    waiting = Inbox(database).waiting()
    seen = Problem(N_("Fra Slack venter {waiting} på at blive behandlet."), waiting=waiting)
    if waiting < MOST_WAITING:
        return Finding(True, seen)
    return Finding(False, seen, Problem(N_("Se efter, om brobygger serve kører.")))


def _letters(database: Database) -> Finding:
    with database.read() as tx:
        dead = len(store_outbox.dead_letters(tx))
    if not dead:
        return Finding(True, Problem(N_("Alt, der skulle ud, kunne leveres.")))
    return Finding(
        False,
        Problem(N_("{dead} beskeder kunne ikke leveres."), dead=dead),
        Problem(N_("Se dem med brobygger followups dead-letters, og ret det, de siger.")),
    )


def _backup(database: Database, now: datetime) -> Finding:
    """The last one by `brobygger backup`; of copies that others make we know nothing."""
    with database.read() as tx:
        copied = [one.at for one in traces(tx, "store") if one.did == "store.backup"]
    if not copied:
        said = N_("brobygger backup er ikke brugt. Se efter, at databasen kopieres på anden vis.")
        return Finding(True, Problem(said))
    days = max(0, (now - copied[-1]).days)
    seen = Problem(
        N_("Sidste brobygger backup er fra {date}, {days} dage gammel."),
        date=f"{copied[-1].astimezone(COPENHAGEN):%d.%m.%Y}",
        days=days,
    )
    if now - copied[-1] <= LONGEST_WITHOUT_BACKUP:
        return Finding(True, seen)
    return Finding(False, seen, Problem(N_("Kør brobygger backup, og gør det til en fast vane.")))


def _clock(database: Database, now: datetime) -> Finding:
    """Beside the server's, where the store has one."""
    if not database.dialect.clock:
        said = N_("Klokken er {time} på denne maskine.")
        return Finding(True, Problem(said, time=f"{now.astimezone(COPENHAGEN):%H:%M}"))
    with database.read() as tx:
        theirs = tx.clock_ms(to_ms(now))
    return skewed(round(abs(theirs - to_ms(now)) / 1000))
