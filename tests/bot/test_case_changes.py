"""A step put off by the hour, one case handed to a colleague: what happens, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.actions import cases, nudges
from bot.app import App
from bot.config import Config, Store
from bot.errors import Refused
from bot.people import People, Person, Role, acting
from scheduler.audit import traces
from scheduler.due import COPENHAGEN
from scheduler.nudges import Nudge
from scheduler.plans import Anchor, Outcome
from tests.bot.choices import chosen

NOW = datetime(2026, 11, 23, 8, 17, 30, tzinfo=UTC)  # Monday 09.17 in Denmark
METTE = Person("mette", "Mette", frozenset({Role.CASEWORKER}), "UMETTE")
ANE = Person("ane", "Ane", frozenset({Role.CASEWORKER}), "UANE")
LENE = Person("lene", "Lene", frozenset({Role.LEADER}), "ULENE")
OLE = Person("ole", "Ole", frozenset({Role.GUIDELINE_OWNER}), "UOLE")
START = {Anchor.START: date(2026, 11, 30)}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    people = People({person.id: person for person in (METTE, ANE, LENE, OLE)})
    app = App(Config(people=people, store=Store(url=str(tmp_path / "store.db"))))
    yield app
    app.database.close()


def start(app: App, reference: str = "INT-1042", plan: str = "virksomhedspraktik") -> Nudge:
    request = cases.NewCase(plan, reference, START)
    return cases.start_case(acting(METTE), request, app, NOW).nudges[0]


def owners(app: App) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for nudge in nudges.list_nudges(acting(METTE), app):
        found.setdefault(nudge.case, set()).add(nudge.owner)
    return found


@pytest.mark.parametrize(
    ("now", "quiet", "hours", "comes"),
    [
        ("2026-11-23 09:17:30", None, 1, "2026-11-23 10:17"),
        ("2026-11-23 09:17:30", (time(10), time(13)), 1, "2026-11-23 13:00"),
        ("2026-11-23 16:30:00", None, 1, "2026-11-24 07:00"),
        ("2026-11-27 16:30:00", None, 1, "2026-11-30 07:00"),
        ("2026-12-23 16:30:00", None, 1, "2026-12-28 07:00"),
        ("2026-11-23 09:00:00", None, 24, "2026-11-24 09:00"),
    ],
    ids=["at once", "quiet hours", "evening", "weekend", "Christmas", "a day"],
)
def test_a_step_waits_some_hours_and_then_for_the_office_to_be_open(
    app: App, now: str, quiet: tuple[time, time] | None, hours: int, comes: str
) -> None:
    chosen(acting(METTE), app, NOW, quiet=quiet)
    nudge = start(app)
    moment = datetime.fromisoformat(now).replace(tzinfo=COPENHAGEN)
    later = nudges.snooze(acting(METTE), nudge.id, None, app, moment, for_hours=hours)
    assert later.due is not None
    assert f"{later.due.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}" == comes
    assert later.round == nudge.round + 1


@pytest.mark.parametrize(
    "now",
    [NOW, datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)],
)
def test_without_anybody_in_slack_an_hour_is_an_hour_even_while_the_clocks_change(
    tmp_path: Path, now: datetime
) -> None:
    app = App(Config(store=Store(url=str(tmp_path / "store.db"))))
    actor = acting(Person("terminal", "terminal", frozenset(Role)))
    run = cases.start_case(actor, cases.NewCase("igu", "INT-1042", {}), app, now)
    later = nudges.snooze(actor, run.nudges[0].id, None, app, now, for_hours=1)
    assert later.due == now.replace(second=0) + timedelta(hours=1)
    app.database.close()


@pytest.mark.parametrize(
    ("until", "hours", "told"),
    [
        (None, None, "hvor længe"),
        (None, 0, "1 til 24"),
        (None, -1, "1 til 24"),
        (None, 25, "1 til 24"),
        (None, 10**12, "1 til 24"),
        (NOW, None, "forude"),
        (NOW - timedelta(seconds=1), None, "forude"),
        (NOW + timedelta(days=367), None, "højst et år"),
        (NOW.date(), None, "efter i dag"),
        (date(2026, 11, 22), None, "efter i dag"),
        (date(9999, 12, 31), None, "højst et år"),
    ],
)
def test_what_is_not_ahead_is_refused_and_the_step_stays(
    app: App, until: date | datetime | None, hours: int | None, told: str
) -> None:
    nudge = start(app)
    with pytest.raises(Refused, match=told):
        nudges.snooze(acting(METTE), nudge.id, until, app, NOW, for_hours=hours)
    assert nudges.nudge_of(acting(METTE), nudge.id, app) == nudge


def test_a_step_that_is_done_cannot_wait_an_hour(app: App) -> None:
    nudge = start(app)
    nudges.mark_done(acting(METTE), nudge.id, app, NOW)
    with pytest.raises(Refused, match="allerede udført"):
        nudges.snooze(acting(METTE), nudge.id, None, app, NOW, for_hours=1)


def test_one_case_goes_to_a_colleague_with_all_its_plans_and_no_other_case_does(app: App) -> None:
    start(app)
    start(app, plan="boernepasning")
    start(app, "INT-2000")
    done = cases.hand_over(acting(METTE), " INT-1042 ", "ane", app, NOW)
    assert done == cases.HandedOver("INT-1042", ("mette",), "ane", 2)
    assert owners(app) == {"INT-1042": {"ane"}, "INT-2000": {"mette"}}


def test_a_hand_over_is_traced_on_the_run_by_who_did_it(app: App) -> None:
    nudge = start(app)
    cases.hand_over(acting(LENE), "INT-1042", "ane", app, NOW)
    with app.database.read() as tx:
        found = traces(tx, nudge.case_id)
    assert ("lene", "case.reassigned") in {(one.actor, one.did) for one in found}


@pytest.mark.parametrize(
    ("person", "case", "to", "told"),
    [
        (ANE, "INT-1042", "ane", "Kun en leder"),
        (ANE, "INT-1042", "lene", "Kun en leder"),
        (METTE, "INT-1042", "mette", "Mette har allerede sagen INT-1042"),
        (METTE, "INT-1042", "ole", "Ole er hverken sagsbehandler eller leder"),
        (METTE, "INT-1042", "and", "mente du “ane”"),
        (METTE, "INT-1042", "  ", "hvem der skal have sagen"),
        (METTE, "INT-1024", "ane", "mente du “INT-1042”"),
        (LENE, "'; DROP TABLE cases;--", "ane", "ingen opfølgning i gang"),
    ],
)
def test_a_hand_over_that_cannot_be_is_refused_and_moves_nothing(
    app: App, person: Person, case: str, to: str, told: str
) -> None:
    start(app)
    with pytest.raises(Refused, match=told):
        cases.hand_over(acting(person), case, to, app, NOW)
    assert owners(app) == {"INT-1042": {"mette"}}


def test_a_caseworker_cannot_give_away_a_case_that_she_has_only_half_of(app: App) -> None:
    start(app)
    request = cases.NewCase("boernepasning", "INT-1042", START, owner="ane")
    cases.start_case(acting(ANE), request, app, NOW)
    with pytest.raises(Refused, match="Kun en leder"):
        cases.hand_over(acting(METTE), "INT-1042", "lene", app, NOW)
    assert cases.hand_over(acting(LENE), "INT-1042", "lene", app, NOW).former == ("ane", "mette")


def test_an_ended_case_is_not_handed_over(app: App) -> None:
    start(app)
    cases.end_case(acting(METTE), "INT-1042", Outcome.STOPPED, app, NOW)
    with pytest.raises(Refused, match="ingen opfølgning i gang"):
        cases.hand_over(acting(METTE), "INT-1042", "ane", app, NOW)
