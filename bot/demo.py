"""The demo's municipality: imagined people, and imagined cases in a store of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from bot.actions.cases import NewCase, start_case
from bot.actions.nudges import mark_done
from bot.app import App
from bot.clock import COPENHAGEN
from bot.config import Config, Contact, Store
from bot.people import Actor, People, Person, Role, acting
from scheduler.nudges import NudgeState
from scheduler.plans import Anchor

_PEOPLE = (
    Person("ane", "Ane (eksempel)", frozenset(Role) - {Role.ADMINISTRATOR}, team="praktik"),
    Person("bo", "Bo (eksempel)", frozenset({Role.CASEWORKER}), team="praktik"),
    Person("cille", "Cille (eksempel)", frozenset({Role.CASEWORKER}), team="job"),
)
_CONTACTS = (
    Contact("faglig", "Faglig koordinator", ("praktik", "job", "opfølgning"), "12 34 56 78"),
    Contact("ydelse", "Ydelsesafdelingen", ("ydelse", "løn", "skat"), "12 34 56 79"),
)
# Plan, reference, owner, days from today to the start, the end and the first payday, and how many
# of the steps behind us are done.
_CASES: tuple[tuple[str, str, str, int, int | None, int | None], ...] = (
    ("virksomhedspraktik", "INT-1042", "ane", -14, 70, None),
    ("virksomhedspraktik", "INT-1057", "ane", 22, 106, None),
    ("virksomhedspraktik", "INT-1033", "bo", -75, 9, None),
    ("foerste-job", "INT-1018", "ane", -24, None, 6),
    ("foerste-job", "INT-1009", "cille", -38, None, 0),
    ("loentilskud", "INT-1061", "bo", 4, 130, None),
    ("boernepasning", "INT-1057", "ane", 29, None, None),
    ("igu", "INT-0998", "cille", -30, 560, None),
)


def imagined(folder: Path, language: str, now: datetime) -> App:
    """The demo's product: everything packaged, and cases around today in a store in `folder`."""
    app = App(
        Config(
            municipality="Eksempel Kommune",
            language=language,
            people=People({person.id: person for person in _PEOPLE}),
            contacts={contact.id: contact for contact in _CONTACTS},
            store=Store(str(folder / "demo.db"), folder / "demo-index.db"),
        )
    )
    today = now.astimezone(COPENHAGEN).date()
    for plan, reference, owner, start, end, payday in _CASES:
        days = _days(today, start, end, payday)
        actor = _actor(owner, language)
        run = start_case(actor, NewCase(plan, reference, days, owner), app, now)
        behind = [nudge for nudge in run.nudges if nudge.state is NudgeState.PASSED]
        for nudge in behind:
            mark_done(actor, nudge.id, app, now)
    return app


def imagined_caseworker(language: str) -> Actor:
    """Whom every visitor of the demo is."""
    return _actor(_PEOPLE[0].id, language)


def _actor(person_id: str, language: str) -> Actor:
    return acting(next(one for one in _PEOPLE if one.id == person_id), language)


def _days(today: date, start: int, end: int | None, payday: int | None) -> dict[Anchor, date]:
    away = {Anchor.START: start, Anchor.END: end, Anchor.FIRST_PAYDAY: payday}
    return {
        anchor: today + timedelta(days=days) for anchor, days in away.items() if days is not None
    }
