"""The demo's municipality: imagined people, and imagined cases in a store of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.actions.cases import NewCase, end_case, start_case
from bot.actions.nudges import mark_done
from bot.actions.openings import NewOpening, add_opening
from bot.actions.questions import log_reply
from bot.answers.reply import Reply, State
from bot.app import App
from bot.clock import COPENHAGEN
from bot.config import Config, Contact, Folders, Followups, Store, Targets
from bot.people import Actor, People, Person, Role, acting
from scheduler.nudges import Nudge
from scheduler.plans import Anchor, Outcome

_ALL_ROLES = frozenset({Role.CASEWORKER, Role.LEADER, Role.GUIDELINE_OWNER})
_CASEWORKER = frozenset({Role.CASEWORKER})
_PEOPLE = (
    Person("ane", "Ane (eksempel)", _ALL_ROLES, team="Praktik"),
    Person("bo", "Bo (eksempel)", _CASEWORKER, team="Praktik"),
    Person("dina", "Dina (eksempel)", _CASEWORKER, team="Praktik"),
    Person("cille", "Cille (eksempel)", _CASEWORKER, team="Job"),
    Person("emil", "Emil (eksempel)", _CASEWORKER, team="Job"),
    Person("frida", "Frida (eksempel)", _CASEWORKER, team="Job"),
)
_CONTACTS = (
    Contact("faglig", "Faglig koordinator", ("praktik", "job", "opfølgning"), "12 34 56 78"),
    Contact("ydelse", "Ydelsesafdelingen", ("ydelse", "løn", "skat"), "12 34 56 79"),
)


@dataclass(frozen=True)
class Imagined:
    """A case; days are counted from today. late: how many of its latest steps nobody has done.
    outcome: it ended three days ago."""

    plan: str
    reference: str
    owner: str
    start: int
    end: int | None = None
    payday: int | None = None
    late: int = 0
    outcome: Outcome | None = None


_CASES = (
    Imagined("virksomhedspraktik", "INT-1042", "ane", -14, 70),
    Imagined("virksomhedspraktik", "INT-1057", "ane", 22, 106),
    Imagined("virksomhedspraktik", "INT-1029", "ane", -31, 53, late=1),
    Imagined("virksomhedspraktik", "INT-1033", "bo", -75, 9),
    Imagined("foerste-job", "INT-1018", "ane", -24, payday=6),
    Imagined("foerste-job", "INT-1009", "cille", -38, payday=0),
    Imagined("loentilskud", "INT-1061", "bo", 4, 130),
    Imagined("boernepasning", "INT-1057", "ane", 29),
    Imagined("igu", "INT-0998", "emil", -30, 560),
    Imagined("virksomhedspraktik", "INT-0987", "dina", -86, -4, outcome=Outcome.JOB),
    Imagined("virksomhedspraktik", "INT-0979", "bo", -60, 24, outcome=Outcome.STOPPED),
    Imagined("loentilskud", "INT-0968", "frida", -90, -5, outcome=Outcome.JOB),
)
_UNANSWERED = (
    "Hvem betaler for arbejdstøj i praktikken?",
    "Må en praktikant køre virksomhedens bil?",
)
_OPENINGS = (
    NewOpening("Café Nord (eksempel)", "Eksempelby", "Køkken", 2, date.min),
    NewOpening("Havnens Vaskeri (eksempel)", "Eksempelby", "Vask og strygning", 3, date.min),
    NewOpening("Plejecenter Lunden (eksempel)", "Eksempelby", "Rengøring", 1, date.min),
)


def imagined(folder: Path, language: str, now: datetime) -> App:
    """The demo's product: everything packaged, and cases around today in a store in `folder`."""
    app = App(
        Config(
            municipality="Eksempel Kommune",
            language=language,
            folders=_folders(folder),
            people=People({person.id: person for person in _PEOPLE}),
            contacts={contact.id: contact for contact in _CONTACTS},
            store=Store(str(folder / "demo.db"), folder / "demo-index.db"),
            followups=Followups(
                targets=Targets(on_time=90, job=50), erasures=folder / "demo-erased.log"
            ),
        )
    )
    for case in _CASES:
        _live(case, app, language, now)
    for one in _OPENINGS:
        until = now.astimezone(COPENHAGEN).date() + timedelta(days=30)
        request = NewOpening(one.company, one.place, one.trade, one.places, until)
        add_opening(imagined_caseworker(language), request, app, now)
    for days, question in enumerate(_UNANSWERED, start=1):
        reply = Reply(question, "da", State.UNKNOWN)
        log_reply(imagined_caseworker(language), reply, app, now - timedelta(days=days))
    return app


def _folders(folder: Path) -> Folders:
    """Where the demo's own guidelines and approved translations go: gone when it ends."""
    own = Folders(guidelines=(folder / "guidelines",), catalogs=folder / "catalogs")
    for path in (folder / "guidelines", folder / "catalogs"):
        path.mkdir(exist_ok=True)
    return own


def imagined_caseworker(language: str) -> Actor:
    """Whom every visitor of the demo is."""
    return _actor(_PEOPLE[0].id, language)


def _actor(person_id: str, language: str) -> Actor:
    return acting(next(one for one in _PEOPLE if one.id == person_id), language)


def _live(case: Imagined, app: App, language: str, now: datetime) -> None:
    """Begin the case when it would have begun, and do its steps on their days up to today."""
    actor = _actor(case.owner, language)
    today = now.astimezone(COPENHAGEN).date()
    days = _days(today, case)
    began = min(now, now + timedelta(days=case.start - 40))
    run = start_case(actor, NewCase(case.plan, case.reference, days, case.owner), app, began)
    behind = [nudge for nudge in run.nudges if nudge.due and _day(nudge.due) < today]
    behind.sort(key=_due)
    for nudge in behind[: len(behind) - case.late]:
        mark_done(actor, nudge.id, app, _due(nudge) + timedelta(hours=3))
    if case.outcome:
        ended = now - timedelta(days=3)
        next_start = today + timedelta(days=11) if case.outcome is Outcome.JOB else None
        end_case(actor, case.reference, case.outcome, app, ended, start=next_start)


def _due(nudge: Nudge) -> datetime:
    return nudge.due or datetime.max.replace(tzinfo=COPENHAGEN)


def _day(moment: datetime) -> date:
    return moment.astimezone(COPENHAGEN).date()


def _days(today: date, case: Imagined) -> dict[Anchor, date]:
    away = {Anchor.START: case.start, Anchor.END: case.end, Anchor.FIRST_PAYDAY: case.payday}
    return {
        anchor: today + timedelta(days=days) for anchor, days in away.items() if days is not None
    }
