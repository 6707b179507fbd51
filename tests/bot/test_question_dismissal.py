"""A question put aside: it leaves the list with all of the same words, and nobody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.actions.question_dismissal import dismiss_question
from bot.actions.questions import answer_question, list_open, log_reply
from bot.answers.reply import Reply, State
from bot.app import App
from bot.cli.main import answer as run
from bot.config import Config, Store
from bot.errors import Refused
from bot.people import Actor, Role
from scheduler.audit import traces

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKED = "Hvem låner gokartbanen ud?"
ASKER = Actor("ane", "Ane", frozenset({Role.CASEWORKER}), slack="U1")
OWNER = Actor("eva", "Eva", frozenset({Role.GUIDELINE_OWNER}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = App(Config(store=Store(str(tmp_path / "x.db"), tmp_path / "index.db")))
    yield app
    app.database.close()


def asked(app: App, question: str, now: datetime = NOW) -> str:
    return log_reply(ASKER, Reply(question, "da", State.UNKNOWN), app, now)


def test_it_takes_the_same_words_with_it_and_leaves_the_rest(app: App) -> None:
    first, _, other = asked(app, ASKED), asked(app, ASKED.upper()), asked(app, "Hvad er IGU?")
    assert dismiss_question(OWNER, first, app, NOW).question == ASKED
    assert [one.id for one in list_open(OWNER, app, NOW)] == [other]


def test_nobody_is_told_and_who_asked_is_forgotten(app: App) -> None:
    number = asked(app, ASKED)
    dismiss_question(OWNER, number, app, NOW)
    with app.database.read() as tx:
        assert tx.rows("SELECT * FROM outbox") == []
        assert [row["asker"] for row in tx.rows("SELECT asker FROM questions")] == [""]
        assert [trace.did for trace in traces(tx, number)] == ["question.dismissed"]


def test_it_cannot_be_answered_or_put_aside_again(app: App) -> None:
    number = asked(app, ASKED)
    dismiss_question(OWNER, number, app, NOW)
    with pytest.raises(Refused, match="intet åbent spørgsmål"):
        dismiss_question(OWNER, number, app, NOW)
    with pytest.raises(Refused, match="intet åbent spørgsmål"):
        answer_question(OWNER, number, "Gurli.", app, NOW, keep=False)


def test_only_who_owns_guidelines_may(app: App) -> None:
    number = asked(app, ASKED)
    with pytest.raises(Refused, match="guideline_owner"):
        dismiss_question(ASKER, number, app, NOW)
    assert [one.id for one in list_open(OWNER, app, NOW)] == [number]


def test_the_terminal_puts_it_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text('[store]\nurl = "x.db"\nindex = "i.db"\n', "utf-8")
    app = App(Config(store=Store(str(tmp_path / "x.db"), tmp_path / "i.db")))
    number = asked(app, ASKED, clock.now())
    app.database.close()
    assert run(["questions", "dismiss", number]) == 0
    assert ASKED in capsys.readouterr().out
    assert run(["questions", "dismiss", number]) == 1
    assert "brobygger questions list" in capsys.readouterr().err
