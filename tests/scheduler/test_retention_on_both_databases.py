"""What is over its time goes, and nothing else: on SQLite and on PostgreSQL, bit by bit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.actions import copies, privacy
from bot.app import App
from bot.arrivals.retention import ROWS, Clearing, clear_old, clear_some
from bot.config import Config, Followups, Retention, Store
from bot.config_file import load_config
from bot.people import People, Person, Role, at_the_terminal
from bot.stores import preferences, question_log, reply_log
from bot.stores.inbox import Inbox, Incoming, Intent
from bot.stores.preferences import Preferences
from bot.stores.question_log import OpenQuestion
from bot.stores.reply_log import LoggedReply
from messages.errors import MessagesError
from scheduler import openings, store, store_endings, store_nudges
from scheduler.audit import record
from scheduler.cases import Case
from scheduler.dialect import POSTGRESQL, Tx
from scheduler.nudges import NudgeState
from scheduler.openings import Opening
from scheduler.outbox import Outbox, Outgoing
from scheduler.plans import Anchor, Outcome
from scheduler.store import to_ms
from scheduler.store_nudges import Laid

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ADAM = at_the_terminal()
METTE = Person("mette", "Mette", frozenset({Role.CASEWORKER}))
ERIK = Person("erik", "Erik", frozenset({Role.CASEWORKER}))


def ago(days: float) -> int:
    return to_ms(NOW - timedelta(days=days))


def municipality(address: str, folder: Path, *people: Person, **kept: int) -> App:
    followups = Followups(retention=Retention(**kept), erasures=folder / "erased.log")
    staff = People({person.id: person for person in people})
    app = App(Config(people=staff, store=Store(url=address), followups=followups))
    if app.database.dialect.name == "postgresql":
        app.database.dialect = replace(POSTGRESQL, clock="")
    return app


@pytest.fixture
def app(address: str, tmp_path: Path) -> Iterator[App]:
    made = municipality(address, tmp_path, METTE)
    yield made
    made.database.close()


def count(app: App, table: str) -> int:
    with app.database.read() as tx:
        return int(tx.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608 - a name of the test


def a_run(app: App, case_id: str, due_ago: float, state: NudgeState = NudgeState.SENT) -> None:
    """A run with one step, due so many days ago and added a week before that."""
    began = NOW - timedelta(days=due_ago + 7)
    due = NOW - timedelta(days=due_ago)
    case = Case(case_id, f"INT-{case_id}", "plan", "mette", {Anchor.START: due.date()}, began)
    with app.database.write() as tx:
        store.add_case(tx, case)
        planned = NudgeState.PLANNED if state is NudgeState.PLANNED else NudgeState.PASSED
        store_nudges.add_nudges(tx, case_id, [Laid("start", 0, planned, due, None)])
        tx.run("UPDATE nudges SET state = ? WHERE case_id = ?", state, case_id)


def ended(app: App, case_id: str, days: float) -> None:
    a_run(app, case_id, days + 1)
    with app.database.write() as tx:
        assert store_endings.end_case(tx, case_id, Outcome.JOB, ago(days))


def an_opening(number: int, until: date) -> Opening:
    return Opening(f"o{number}", "Bageriet", "Aarhus", "bager", 2, until, "mette")


def put_opening(app: App, days: float, closed: float | None = None) -> None:
    with app.database.write() as tx:
        until = (NOW - timedelta(days=days)).date()
        openings.add(tx, an_opening(count_in(tx), until), ago(200))
        if closed is not None:
            tx.run("UPDATE openings SET closed = ? WHERE until = ?", ago(closed), f"{until}")


def count_in(tx: Tx) -> int:
    return int(tx.rows("SELECT count(*) AS n FROM openings")[0]["n"])


def put_trace(app: App, days: float) -> None:
    with app.database.write() as tx:
        record(tx, "mette", "case.started", "c", ago(days))


def put_question(app: App, days: float) -> None:
    question = OpenQuestion(f"q{days}", "Hvem?", "hvem", "da", "unknown", NOW)
    with app.database.write() as tx:
        question_log.keep_question(tx, question, ago(days))


def put_reply(app: App, days: float) -> None:
    with app.database.write() as tx:
        reply_log.keep_reply(tx, LoggedReply(f"r{days}", "answer"), ago(days))


def put_opinion(app: App, days: float) -> None:
    with app.database.write() as tx:
        reply_log.keep_reply(tx, LoggedReply(f"r{days}", "answer"), ago(0))
        reply_log.keep_feedback(tx, f"r{days}", "mette", "outdated", ago(days))


def put_event(app: App, days: float) -> None:
    event = Incoming(f"e{days}", Intent.QUESTION, "D1", "U1", "1.0", text="Hvor længe?")
    Inbox(app.database).put(event, ago(days))


def put_sent(app: App, days: float) -> None:
    with app.database.write() as tx:
        Outbox().put(tx, Outgoing(f"p{days}", "answer", "D1", "Hej"))
        tx.run(
            "UPDATE outbox SET state = 'sent', ready = NULL, sent = ? WHERE key = ?",
            ago(days),
            f"p{days}",
        )


def put_pace(app: App, days: float) -> None:
    with app.database.write() as tx:
        tx.run("INSERT INTO pace (recipient, free) VALUES ('U1', ?)", ago(days))


def put_visit(app: App, days: float) -> None:
    with app.database.write() as tx:
        tx.run("INSERT INTO sessions VALUES ('s', 'mette', ?, ?)", ago(days), ago(days))


def put_sign_in(app: App, days: float) -> None:
    with app.database.write() as tx:
        tx.run("INSERT INTO sign_ins VALUES ('s', '[]', ?)", ago(days))


def put_ended(app: App, days: float) -> None:
    ended(app, "c1", days)


HOUR, MINUTE = 1 / 24, 1 / 1440


@pytest.mark.parametrize(
    ("table", "put", "young", "old"),
    [
        ("cases", put_ended, 364, 366),
        ("audit", put_trace, 729, 732),
        ("questions", put_question, 29, 31),
        ("replies", put_reply, 29, 31),
        ("feedback", put_opinion, 29, 31),
        ("inbox", put_event, 29, 31),
        ("outbox", put_sent, 89, 91),
        ("openings", put_opening, 89, 92),
        ("openings", lambda app, days: put_opening(app, -30, days), 89, 91),
        ("pace", put_pace, HOUR, 2),
        ("sessions", put_visit, 59 * MINUTE, 61 * MINUTE),
        ("sign_ins", put_sign_in, 9 * MINUTE, 11 * MINUTE),
    ],
)
def test_each_kind_goes_when_its_time_is_over_and_not_before(
    app: App, table: str, put: Callable[[App, float], None], young: float, old: float
) -> None:
    put(app, young)
    clear_old(app, NOW)
    assert count(app, table) == 1
    with app.database.write() as tx:
        tx.run(f"DELETE FROM {table}")  # noqa: S608 - a name of the test
    put(app, old)
    assert clear_old(app, NOW) > 0
    assert count(app, table) == 0


@pytest.mark.parametrize(
    ("state", "due_ago", "touched_ago", "stays"),
    [
        (NudgeState.SENT, 400, None, False),
        (NudgeState.UNDELIVERED, 400, None, False),
        (NudgeState.WAITING, 400, None, False),
        (NudgeState.SENT, 300, None, True),
        (NudgeState.SENT, -30, None, True),
        (NudgeState.PLANNED, 400, None, True),  # after an outage: it is still to go out
        (NudgeState.SENT, 400, 300, True),  # somebody changed it since
    ],
)
def test_a_run_that_nobody_ended_goes_a_year_after_the_last_that_happened(
    app: App, state: NudgeState, due_ago: float, touched_ago: float | None, stays: bool
) -> None:
    a_run(app, "c1", due_ago, state)
    if touched_ago is not None:
        with app.database.write() as tx:
            record(tx, "mette", "step.snoozed", "c1-start", ago(touched_ago))
    clear_old(app, NOW)
    assert (count(app, "cases"), count(app, "nudges")) == ((1, 1) if stays else (0, 0))


def test_what_is_remembered_of_a_question_goes_with_it(app: App) -> None:
    put_question(app, 1)
    with app.database.write() as tx:
        tx.run("INSERT INTO expert_questions VALUES ('q1', 7)")
        tx.run("INSERT INTO expert_questions VALUES ('q2', NULL)")
    clear_old(app, NOW)
    with app.database.read() as tx:
        assert [row["id"] for row in tx.rows("SELECT id FROM expert_questions")] == ["q1"]


def chose(app: App, *people: str) -> None:
    with app.database.write() as tx:
        for person in people:
            preferences.save(tx, Preferences(person, language="en"))


def who_chose(app: App) -> set[str]:
    with app.database.read() as tx:
        return set(preferences.read_all(tx))


def test_the_choices_of_somebody_who_left_go_after_their_days(app: App) -> None:
    chose(app, "mette", "erik")
    clear_old(app, NOW)
    clear_old(app, NOW + timedelta(days=29))
    assert who_chose(app) == {"mette", "erik"}
    clear_old(app, NOW + timedelta(days=31))
    assert who_chose(app) == {"mette"}
    clear_old(app, NOW + timedelta(days=70))
    assert count(app, "departures") == 0


def test_somebody_who_came_back_keeps_her_choices(address: str, tmp_path: Path) -> None:
    without = municipality(address, tmp_path, METTE)
    chose(without, "erik")
    clear_old(without, NOW)
    again = municipality(address, tmp_path, METTE, ERIK)
    clear_old(again, NOW + timedelta(days=20))
    again.database.close()
    clear_old(without, NOW + timedelta(days=40))
    assert who_chose(without) == {"erik"}
    without.database.close()


def test_a_configuration_without_anybody_makes_nobody_leave(address: str, tmp_path: Path) -> None:
    empty = municipality(address, tmp_path)
    chose(empty, "mette")
    clear_old(empty, NOW)
    clear_old(empty, NOW + timedelta(days=400))
    assert who_chose(empty) == {"mette"}
    empty.database.close()


def test_a_look_takes_a_batch_of_each_and_the_next_one_goes_on(app: App) -> None:
    for number in range(5):
        ended(app, f"c{number}", 400 + number)
        put_trace(app, 800 + number)
    assert clear_some(app, NOW, rows=2, runs=2) == (4, True)
    assert (count(app, "cases"), count(app, "audit")) == (3, 3)
    while clear_some(app, NOW, rows=2, runs=2)[1]:
        pass
    assert (count(app, "cases"), count(app, "audit")) == (0, 0)


def test_what_has_gone_once_is_looked_for_again_after_an_hour(app: App) -> None:
    clearing = Clearing(app)
    assert clearing.look(NOW) == 0
    put_trace(app, 800)
    assert clearing.look(NOW + timedelta(minutes=59)) == 0
    assert clearing.look(NOW + timedelta(minutes=61)) == 1


def test_while_there_is_more_each_look_goes_on(app: App) -> None:
    with app.database.write() as tx:
        for _ in range(ROWS + 5):
            record(tx, "mette", "case.started", "c", ago(800))
    clearing = Clearing(app)
    assert [clearing.look(NOW) for _ in range(3)] == [ROWS, 5, 0]


def test_a_clock_that_was_set_back_does_not_stop_it(app: App) -> None:
    clearing = Clearing(app)
    clearing.look(NOW)
    put_trace(app, 800)
    assert clearing.look(NOW - timedelta(hours=2)) == 1


def test_two_processes_that_clear_one_store_take_each_row_once(
    address: str, tmp_path: Path
) -> None:
    apps = [municipality(address, tmp_path, METTE) for _ in range(2)]
    for number in range(30):
        ended(apps[0], f"c{number:02}", 400)
        put_trace(apps[0], 800)
        put_opening(apps[0], 200 + number)
    erased, both = [0, 0], threading.Barrier(2)

    def work(mine: int) -> None:
        both.wait()
        erased[mine] = clear_old(apps[mine], NOW)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(erased) == 90
    assert [count(apps[0], table) for table in ("cases", "nudges", "audit", "openings")] == [0] * 4
    assert count(apps[0], "forgotten") == 30
    for app in apps:
        app.database.close()


def test_after_a_restore_all_that_was_over_its_time_goes_again(app: App, tmp_path: Path) -> None:
    ended(app, "c1", 330)
    put_opening(app, 60)
    put_question(app, 10)
    chose(app, "mette", "erik")
    file = tmp_path / "copy.db"
    copies.back_up(ADAM, file, app, NOW)
    clear_old(app, NOW)
    later = NOW + timedelta(days=40)
    clear_old(app, later)
    tables = ("cases", "openings", "questions")
    assert [count(app, table) for table in tables] == [0, 0, 0]
    copies.restore(ADAM, file, app, later)
    assert count(app, "cases") == 0
    assert who_chose(app) == {"mette", "erik"}
    clear_old(app, later)
    assert [count(app, table) for table in tables] == [0, 0, 0]
    assert who_chose(app) == {"mette"}


def test_questions_that_name_an_erased_case_are_erased_again_after_a_restore(
    app: App, tmp_path: Path
) -> None:
    a_run(app, "1001", 1)
    for number, words in enumerate(("Hvad med INT-1001?", "Hvad med ferie?")):
        question = OpenQuestion(f"q{number}", words, words, "da", "unknown", NOW)
        with app.database.write() as tx:
            question_log.keep_question(tx, question, ago(1))
    file = tmp_path / "copy.db"
    copies.back_up(ADAM, file, app, NOW)
    privacy.forget(ADAM, "INT-1001", app, NOW)
    assert count(app, "questions") == 1
    copies.restore(ADAM, file, app, NOW)
    assert (count(app, "questions"), count(app, "cases")) == (1, 0)


def test_a_letter_that_names_an_erased_case_goes_and_a_step_of_another_stays(app: App) -> None:
    a_run(app, "100", 1)
    with app.database.write() as tx:
        Outbox().put(tx, Outgoing("answer:1", "answer", "D1", "Om INT-100: ja"))
        Outbox().put(tx, Outgoing("nudge:x:0", "nudge", "D1", "INT-1001: ring"))
        tx.run("UPDATE outbox SET state = 'dead', ready = NULL")
    privacy.forget(ADAM, "INT-100", app, NOW)
    with app.database.read() as tx:
        assert [row["key"] for row in tx.rows("SELECT key FROM outbox")] == ["nudge:x:0"]


def test_a_store_that_is_gone_stops_nothing_and_is_tried_again_in_an_hour(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "gone.db"
    app = municipality(str(file), tmp_path, METTE)
    clearing = Clearing(app)
    put_trace(app, 800)
    aside = file.rename(tmp_path / "aside.db")
    assert clearing.look(NOW) == 0
    assert "was not erased" in caplog.text
    aside.rename(file)
    assert clearing.look(NOW + timedelta(minutes=59)) == 0
    assert clearing.look(NOW + timedelta(minutes=61)) == 1
    app.database.close()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[retention]\nopenings_days = 7\nleavers_days = 1", (7, 1)),
        ("", (90, 30)),
        ("[retention]\nopenings_days = 0", None),
        ("[retention]\nleavers_days = -1", None),
        ('[retention]\nleavers_days = "30"', None),
        ("[retention]\nopening_days = 30", None),
    ],
)
def test_the_days_are_read_and_refused(
    tmp_path: Path, text: str, kept: tuple[int, int] | None
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    if kept is None:
        with pytest.raises(MessagesError, match=r"_days"):
            load_config(file, tmp_path)
        return
    read = load_config(file, tmp_path).followups.retention
    assert (read.openings_days, read.leavers_days) == kept
