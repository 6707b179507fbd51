"""The shared list of openings: added, listed, reserved, filled, closed; it expires by itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.actions.lookup import find_owner, must_be_staff
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor
from messages.errors import Problem
from messages.personal_data import find_cpr
from messages.tables import N_, did_you_mean
from scheduler import openings
from scheduler.audit import record
from scheduler.dialect import Tx
from scheduler.openings import Opening
from scheduler.store import to_ms

if TYPE_CHECKING:
    from bot.app import App

MOST_PLACES, FARTHEST_DAYS, LONGEST = 200, 400, 80


@dataclass(frozen=True)
class NewOpening:
    """What is asked for. `who`: the person to ask, the actor when empty."""

    company: str
    place: str
    trade: str
    places: int
    until: date
    who: str = ""


def add_opening(actor: Actor, request: NewOpening, app: App, now: datetime) -> Opening:
    """Put an opening on the list. Raises Refused naming the field and a right example."""
    must_be_staff(actor)
    today = now.astimezone(COPENHAGEN).date()
    if not 1 <= request.places <= MOST_PLACES:
        raise Refused(
            "Antallet af pladser skal være fra 1 til {most}, ikke {count}. Skriv f.eks. 2.",
            terminal="--places 2",
            most=MOST_PLACES,
            count=request.places,
        )
    if not 0 <= (request.until - today).days <= FARTHEST_DAYS:
        raise Refused(
            "Slutdagen {day} skal ligge fra i dag og højst {most} dage frem. Skriv f.eks. "
            "{example}.",
            terminal=f"--until {today.isoformat()}",
            day=request.until.isoformat(),
            most=FARTHEST_DAYS,
            example=today.isoformat(),
        )
    opening = Opening(
        id=secrets.token_hex(3),
        company=_words(request.company, N_("virksomhed"), "Café Nord"),
        place=_words(request.place, N_("sted"), "Vejle"),
        trade=_words(request.trade, N_("arbejde"), "køkken"),
        places=request.places,
        until=request.until,
        who=find_owner(actor, request.who, app),
    )
    with app.database.write() as tx:
        openings.add(tx, opening, to_ms(now))
        record(tx, actor.id, "opening.added", opening.id, to_ms(now))
    return opening


def list_openings(actor: Actor, app: App, today: date) -> tuple[Opening, ...]:
    """What stands on the list today, by trade and company."""
    must_be_staff(actor)
    with app.database.read() as tx:
        return openings.standing(tx, today)


def reserve_opening(
    actor: Actor, opening_id: str, app: App, now: datetime, *, count: int = 1
) -> Opening:
    """Speak for places, or give them back with a count below zero."""
    must_be_staff(actor)
    with app.database.write() as tx:
        if not openings.reserve(tx, opening_id, count):
            raise _unfit(tx, opening_id)
        record(tx, actor.id, "opening.reserved", opening_id, to_ms(now))
        return _there(openings.one(tx, opening_id))


def fill_opening(
    actor: Actor,
    opening_id: str,
    app: App,
    now: datetime,
    *,
    count: int = 1,
    reserved: bool = False,
) -> Opening:
    """Give places away: free ones, or reserved ones when `reserved`."""
    must_be_staff(actor)
    if count < 1:
        raise Refused("Antallet skal være mindst 1. Skriv f.eks. 1.", terminal="--count 1")
    with app.database.write() as tx:
        if not openings.fill(tx, opening_id, count, reserved=reserved):
            raise _unfit(tx, opening_id)
        record(tx, actor.id, "opening.filled", opening_id, to_ms(now))
        return _there(openings.one(tx, opening_id))


def close_opening(actor: Actor, opening_id: str, app: App, now: datetime) -> Opening:
    """Take it off the list."""
    must_be_staff(actor)
    with app.database.write() as tx:
        closed = openings.close(tx, opening_id, to_ms(now))
        opening = openings.one(tx, opening_id)
        if not closed:
            raise _unfit(tx, opening_id)
        record(tx, actor.id, "opening.closed", opening_id, to_ms(now))
        return _there(opening)


def _unfit(tx: Tx, opening_id: str) -> Refused:
    """Why nothing was changed: it is not there, or has not so many places."""
    opening = openings.one(tx, opening_id)
    if opening is None:
        return Refused(
            "Pladsen “{id}” findes ikke{hint}",
            id=opening_id[:20],
            hint=did_you_mean(opening_id[:20], openings.known(tx)),
        )
    return Refused(
        "{company} har {left} ledige og {reserved} reserverede pladser, eller er taget af listen. "
        "Hent listen igen, og vælg en anden.",
        terminal="brobygger openings list",
        company=opening.company,
        left=opening.left,
        reserved=opening.reserved,
    )


def _there(opening: Opening | None) -> Opening:
    if opening is None:
        raise Refused("Pladsen findes ikke længere.")
    return opening


def _words(text: str, name: str, example: str) -> str:
    """One short line without anybody's number in it."""
    line = " ".join(text.split())
    if not line or len(line) > LONGEST or not line.isprintable():
        raise Refused(
            "Skriv {name} på én linje med højst {most} tegn, f.eks. “{example}”.",
            name=Problem(name),
            most=LONGEST,
            example=example,
        )
    if find_cpr(line):
        raise Refused(
            "Feltet {name} ligner et CPR-nummer, og det må ikke gemmes.", name=Problem(name)
        )
    return line
