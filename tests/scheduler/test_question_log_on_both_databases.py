"""The log of questions says the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.stores import question_log, reply_log
from bot.stores.question_log import OpenQuestion, Told
from bot.stores.reply_log import LoggedReply
from bot.stores.schema import BOT
from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.store import to_ms

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST = OpenQuestion("q1", "Hvem?", "hvem", "da", "unknown", NOW, ("gokart",), asker="U1")


@pytest.fixture
def log(address: str) -> Iterator[Database]:
    opened = open_database(address, (BOT,))
    yield opened
    opened.close()


def test_questions_of_the_same_words_stand_once_and_are_settled_together(log: Database) -> None:
    with log.write() as tx:
        for number, asker in enumerate(("U1", "U2", "U1", ""), start=1):
            one = replace(FIRST, id=f"q{number}", asker=asker)
            assert question_log.keep_question(tx, one, to_ms(NOW) + number)
        assert not question_log.keep_question(tx, FIRST, 0)
    with log.read() as tx:
        (standing,) = question_log.open_questions(tx)
    assert (standing.id, standing.times, standing.words) == ("q1", 4, ("gokart",))
    with log.write() as tx:
        assert question_log.take(tx, "q1", "eva")
        assert not question_log.take(tx, "q1", "bo")
        told = question_log.settle(tx, standing, "eva", to_ms(NOW))
        assert told == (Told("U1", "da"), Told("U2", "da"))
        assert question_log.settle(tx, standing, "bo", to_ms(NOW)) is None
    with log.read() as tx:
        assert question_log.open_questions(tx) == ()
        assert question_log.answered_by(tx, "q3") == "eva"


def test_replies_and_feedback_are_counted_and_forgotten(log: Database) -> None:
    with log.write() as tx:
        for number in range(3):
            state = "answer" if number else "unknown"
            reply = LoggedReply(f"r{number}", state, "Nøgler", "Kælder")
            assert reply_log.keep_reply(tx, reply, to_ms(NOW))
            assert not reply_log.keep_reply(tx, reply, to_ms(NOW))
        assert reply_log.keep_feedback(tx, "r1", "ane", "", to_ms(NOW))
        assert reply_log.keep_feedback(tx, "r1", "ane", "outdated", to_ms(NOW))
        assert reply_log.keep_feedback(tx, "r2", "ane", "", to_ms(NOW))
        assert not reply_log.keep_feedback(tx, "r9", "ane", "", to_ms(NOW))
    with log.read() as tx:
        found = reply_log.counts(tx, 0, 5)
    assert found.states == {"answer": 2, "unknown": 1}
    assert found.sections == ((("Nøgler", "Kælder"), 2),)
    assert (found.reasons, found.blamed, found.helpful) == (
        (("outdated", 1),),
        (("Nøgler", 1),),
        1,
    )
    with log.write() as tx:
        assert reply_log.forget_replies(tx, to_ms(NOW) + 1) == 5
