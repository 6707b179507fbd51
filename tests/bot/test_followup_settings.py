"""What a colleague may choose, who may do what, and the figures that a leader sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.actions import cases, copies, nudges, openings, overview, privacy, problems, settings
from bot.actions.cases import NewCase
from bot.app import App
from bot.arrivals.present import recipients_at
from bot.config import Config, Followups, Store
from bot.errors import Refused
from bot.people import Actor, People, Person, Role, acting
from scheduler.audit import traces
from scheduler.due import COPENHAGEN
from scheduler.plans import Anchor, Outcome
from scheduler.problems import Category
from tests.bot.choices import chosen

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CASEWORKER = frozenset({Role.CASEWORKER})
PEOPLE = [
    Person(f"p{number}", f"Person {number}", CASEWORKER, f"U{number}", team="stort")
    for number in range(3)
] + [
    Person("ene", "Ene", CASEWORKER, "UENE", team="lille"),
    Person("lene", "Lene", frozenset({Role.LEADER}), "ULENE"),
    Person("ole", "Ole", frozenset({Role.GUIDELINE_OWNER}), "UOLE"),
]
ACTORS = {person.id: acting(person) for person in PEOPLE}
METTE, LENE, OLE = ACTORS["p0"], ACTORS["lene"], ACTORS["ole"]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    people = People({person.id: person for person in PEOPLE})
    followups = Followups(erasures=tmp_path / "erased.log")
    made = App(Config(people=people, store=Store(url=str(tmp_path / "s.db")), followups=followups))
    yield made
    made.database.close()


def start(app: App, actor: Actor, reference: str, day: date = date(2026, 12, 7)) -> None:
    request = NewCase("virksomhedspraktik", reference, {Anchor.START: day})
    cases.start_case(actor, request, app, NOW)


def test_what_is_chosen_is_kept_beside_what_was_chosen_before(app: App) -> None:
    chosen(METTE, app, NOW, quiet=(time(12), time(13)))
    chosen(METTE, app, NOW, away=(date(2026, 12, 1), date(2026, 12, 4)))
    chosen(METTE, app, NOW, language="en")
    kept = settings.settings_of(METTE, app)
    assert kept.quiet == (time(12), time(13))
    assert kept.away == (date(2026, 12, 1), date(2026, 12, 4))
    assert kept.language == "en"
    assert chosen(METTE, app, NOW, away=None).away is None
    with app.database.read() as tx:
        assert {trace.did for trace in traces(tx, "p0")} >= {"settings.quiet", "settings.away"}


@pytest.mark.parametrize(
    "quiet",
    [
        (time(7), time(17)),
        (time(0), time(23, 59)),
        (time(9), time(9)),
        (time(6), time(5)),
    ],
)
def test_quiet_hours_that_leave_no_office_hour_are_refused(
    app: App, quiet: tuple[time, time]
) -> None:
    with pytest.raises(Refused, match="ingen tid tilbage"):
        chosen(METTE, app, NOW, quiet=quiet)


@pytest.mark.parametrize(
    "away",
    [
        (date(2026, 12, 4), date(2026, 12, 1)),
        (date(2026, 11, 1), date(2026, 11, 22)),
        (date(2026, 12, 1), date(2028, 12, 1)),
    ],
)
def test_time_off_that_cannot_be_is_refused(app: App, away: tuple[date, date]) -> None:
    with pytest.raises(Refused, match="kan ikke bruges"):
        chosen(METTE, app, NOW, away=away)


def test_a_language_that_the_bot_does_not_speak_to_staff_is_refused(app: App) -> None:
    with pytest.raises(Refused, match="vælg blandt da, en"):
        chosen(METTE, app, NOW, language="so")


def test_only_people_of_the_configuration_have_settings(app: App) -> None:
    with pytest.raises(Refused, match=r"config\.toml"):
        settings.settings_of(Actor("slack:U9", "", frozenset()), app)


@pytest.mark.parametrize(
    ("quiet", "now", "opens"),
    [
        (None, "2026-11-23 09:00", None),
        (None, "2026-11-23 06:59", "2026-11-23 07:00"),
        (None, "2026-11-23 17:00", "2026-11-24 07:00"),
        (None, "2026-11-28 12:00", "2026-11-30 07:00"),
        (None, "2026-12-24 09:00", "2026-12-28 07:00"),
        ((time(8), time(10)), "2026-11-23 09:00", "2026-11-23 10:00"),
        ((time(15), time(9)), "2026-11-23 16:00", "2026-11-24 09:00"),
        ((time(15), time(9)), "2026-11-27 16:00", "2026-11-30 09:00"),
        ((time(15), time(9)), "2026-11-23 08:00", "2026-11-23 09:00"),
        ((time(22), time(6)), "2026-11-23 09:00", None),
        # The clocks change on the last Sunday of March; Monday opens by the new time.
        (None, "2027-03-26 18:00", "2027-03-30 07:00"),
    ],
)
def test_a_message_waits_for_the_office_and_for_the_quiet_hours_to_end(
    app: App, quiet: tuple[time, time] | None, now: str, opens: str | None
) -> None:
    chosen(METTE, app, NOW, quiet=quiet)
    moment = datetime.fromisoformat(now).replace(tzinfo=COPENHAGEN)
    found = recipients_at(app, moment).opens(PEOPLE[0])
    shown = f"{found.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}" if found else None
    assert shown == opens


def test_a_leader_sees_teams_and_never_a_team_of_one(app: App) -> None:
    for number in range(3):
        start(app, ACTORS[f"p{number}"], f"INT-100{number}")
    start(app, ACTORS["ene"], "INT-2000")
    seen = overview.overview(LENE, app, NOW)
    assert list(seen.teams) == ["stort", ""]
    assert (seen.total.before, seen.teams["stort"].before) == (4, 3)
    assert "lille" not in seen.teams


def test_what_was_answered_in_time_counts_as_on_time(app: App) -> None:
    start(app, METTE, "INT-1000", date(2026, 11, 30))
    by_step = {one.step: one for one in nudges.list_nudges(METTE, app)}
    nudges.mark_done(METTE, by_step["uge-1"].id, app, datetime(2026, 12, 10, 8, tzinfo=UTC))
    week_later = overview.look(app, datetime(2026, 12, 14, 8, tzinfo=UTC)).total
    assert (week_later.on_time, week_later.late, week_later.on_time_percent) == (1, 0, 100)
    second = overview.look(app, datetime(2026, 12, 21, 8, tzinfo=UTC)).total
    assert (second.on_time, second.late, second.during) == (0, 1, 1)


def test_outcomes_are_counted_in_the_week_in_which_they_came(app: App) -> None:
    start(app, METTE, "INT-1000")
    start(app, METTE, "INT-1001")
    cases.end_case(METTE, "INT-1000", Outcome.JOB, app, NOW)
    cases.end_case(METTE, "INT-1001", Outcome.STOPPED, app, NOW)
    seen = overview.look(app, datetime(2026, 11, 30, 8, tzinfo=UTC)).total
    assert seen.outcomes == {Outcome.JOB: 1, Outcome.STOPPED: 1}
    assert seen.job_percent == 50
    assert overview.look(app, datetime(2026, 12, 14, 8, tzinfo=UTC)).total.outcomes == {}


@pytest.mark.parametrize("actor", [OLE, Actor("gaest", "", frozenset())])
def test_whoever_holds_no_role_for_it_may_do_none_of_it(
    app: App, actor: Actor, tmp_path: Path
) -> None:
    start(app, METTE, "INT-1000")
    reported = problems.report_problem(METTE, "INT-1000", Category.TASKS, app, NOW)
    opening = openings.NewOpening("Nord", "Vejle", "køkken", 1, date(2026, 12, 4), "p0")
    for act in (
        lambda: problems.report_problem(actor, "INT-1000", Category.PAY, app, NOW),
        lambda: problems.take_problem(actor, reported.trouble.id, app, NOW),
        lambda: problems.list_problems(actor, app),
        lambda: openings.add_opening(actor, opening, app, NOW),
        lambda: openings.list_openings(actor, app, NOW.date()),
        lambda: openings.close_opening(actor, "x", app, NOW),
        lambda: overview.overview(actor, app, NOW),
        lambda: privacy.export_cases(actor, app),
        lambda: privacy.forget(actor, "INT-1000", app, NOW),
        lambda: copies.back_up(actor, tmp_path / "k.db", app, NOW),
        lambda: copies.restore(actor, tmp_path / "k.db", app, NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert len(problems.list_problems(METTE, app)) == 1


def test_a_caseworker_may_not_erase_a_case(app: App) -> None:
    start(app, METTE, "INT-1000")
    with pytest.raises(Refused, match="leder"):
        privacy.forget(METTE, "INT-1000", app, NOW)
    assert privacy.forget(LENE, "INT-1000", app, NOW).erased.runs == 1


def test_an_erasure_that_cannot_be_written_down_erases_nothing(tmp_path: Path) -> None:
    people = People({person.id: person for person in PEOPLE})
    nowhere = Followups(erasures=tmp_path / "nowhere" / "erased.log")
    app = App(Config(people=people, store=Store(url=str(tmp_path / "s.db")), followups=nowhere))
    start(app, METTE, "INT-1000")
    with pytest.raises(Exception, match="Intet er slettet"):
        privacy.forget(LENE, "INT-1000", app, NOW)
    assert privacy.export_cases(LENE, app, "INT-1000") != ()
    app.database.close()


def test_trouble_that_is_solved_cannot_be_taken(app: App) -> None:
    start(app, METTE, "INT-1000")
    reported = problems.report_problem(METTE, "INT-1000", Category.TASKS, app, NOW)
    nudges.mark_done(METTE, reported.trouble.nudge, app, NOW)
    with pytest.raises(Refused, match="allerede løst"):
        problems.take_problem(METTE, reported.trouble.id, app, NOW)
    with pytest.raises(Refused, match="findes ikke længere"):
        problems.take_problem(METTE, "'; DROP TABLE problems;--", app, NOW)
