"""A question that no guideline answered, from its asking to the guideline that answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.actions import question_report, questions
from bot.actions.ask import ask
from bot.actions.question_report import Reason
from bot.answers.reply import Citation, Reply, State
from bot.app import App
from bot.cli.main import answer as run
from bot.config import Config, Folders, Store
from bot.config_file import read_config
from bot.errors import BotError, Refused
from bot.people import Actor, People, Person, Role, acting

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKED = "Hvem låner gokartbanen ud?"
ANSWER = "Gokartbanen lånes ud af pedellen Gurli hver torsdag."
ANE = Person("ane", "Ane", frozenset({Role.CASEWORKER}), "U0000000ANE")
EVA = Person("eva", "Eva Ø", frozenset({Role.GUIDELINE_OWNER}), "U0000000EVA")
LEADER = Person("bo", "Bo", frozenset({Role.LEADER}))
ASKER, OWNER = acting(ANE), acting(EVA)


def config(folder: Path, **more: object) -> Config:
    own = folder / "egne"
    own.mkdir(exist_ok=True)
    return Config(
        people=People({"ane": ANE, "eva": EVA, "bo": LEADER}),
        store=Store(str(folder / "x.db"), folder / "index.db"),
        folders=Folders(guidelines=(own,)),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = App(config(tmp_path))
    yield app
    app.database.close()


def reply(question: str = ASKED, state: State = State.UNKNOWN, **more: object) -> Reply:
    return Reply(question, "da", state, **more)  # type: ignore[arg-type]


def posts(app: App) -> list[tuple[str, str, str]]:
    with app.database.read() as tx:
        rows = tx.rows("SELECT key, recipient, blocks FROM outbox ORDER BY seq")
    return [(row["key"], row["recipient"], row["blocks"]) for row in rows]


def test_an_answer_becomes_a_guideline_that_answers_the_question_next_time(app: App) -> None:
    first = ask(ASKER, ASKED, app.answers, NOW.date())
    assert first.state is not State.ANSWER
    number = questions.log_reply(ASKER, first, app, NOW)
    done = questions.answer_question(OWNER, number, ANSWER, app, NOW)
    assert done.file is not None
    text = done.file.read_text("utf-8")
    assert "author: Eva Ø\ndate: 2026-03-02\n" in text
    assert text.endswith(f"# {ASKED}\n\n{ANSWER}\n")
    again = ask(ASKER, ASKED, app.answers, NOW.date())
    assert again.state is State.ANSWER
    assert again.citations[0].quote == ANSWER
    assert questions.list_open(OWNER, app, NOW) == ()


def test_everybody_who_asked_in_the_same_words_is_told_once(app: App) -> None:
    other = Actor("slack:U2", "", frozenset(), "da", "U2")
    for actor, asked in ((ASKER, ASKED), (other, ASKED.upper()), (ASKER, f"{ASKED} ")):
        questions.log_reply(actor, reply(asked), app, NOW)
    (standing,) = questions.list_open(OWNER, app, NOW)
    assert standing.times == 3
    done = questions.answer_question(OWNER, standing.id, ANSWER, app, NOW, keep=False)
    assert (done.file, done.told) == (None, 2)
    assert [to for _, to, _ in posts(app)] == ["U0000000ANE", "U2"]
    assert all(ANSWER in blocks for _, _, blocks in posts(app))
    with app.database.read() as tx:
        assert {row["asker"] for row in tx.rows("SELECT asker FROM questions")} == {""}


def test_the_same_event_handled_twice_is_kept_once(app: App) -> None:
    numbers = {questions.log_reply(ASKER, reply(), app, NOW, once="Ev1") for _ in range(2)}
    assert len(numbers) == 1
    assert questions.list_open(OWNER, app, NOW)[0].times == 1


@pytest.mark.parametrize("state", [State.ANSWER, State.SMALLTALK, State.REFUSED])
def test_only_what_was_not_answered_leaves_its_words(state: State, app: App) -> None:
    questions.log_reply(ASKER, reply(state=state), app, NOW)
    assert questions.list_open(OWNER, app, NOW) == ()
    with app.database.read() as tx:
        assert not tx.rows("SELECT * FROM questions")


def test_an_answer_that_the_asker_doubts_can_be_sent_to_a_colleague(app: App) -> None:
    number = questions.log_reply(ASKER, reply(state=State.ANSWER), app, NOW, once="Ev1")
    assert number == questions.log_reply(
        ASKER, reply(state=State.ANSWER), app, NOW, once="Ev1", wanted=True
    )
    assert [one.id for one in questions.list_open(OWNER, app, NOW)] == [number]


def test_no_cpr_number_reaches_the_log(app: App) -> None:
    questions.log_reply(ASKER, reply("Hvad med 1505852346 og tolk?"), app, NOW)
    (standing,) = questions.list_open(OWNER, app, NOW)
    assert standing.question == "Hvad med [CPR fjernet] og tolk?"
    with app.database.read() as tx:
        assert "1505852346" not in json.dumps(
            [dict(row) for row in tx.rows("SELECT * FROM questions")]
        )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "mellem 1 og"),
        ("\u200b \n", "mellem 1 og"),
        ("a" * 8_001, "mellem 1 og"),
        ("Spørg 150585-2345.", "CPR"),
        ("Spørg 1505852346.", "CPR"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_and_the_question_stays(
    text: str, says: str, app: App
) -> None:
    number = questions.log_reply(ASKER, reply(), app, NOW)
    with pytest.raises(Refused, match=says):
        questions.answer_question(OWNER, number, text, app, NOW)
    assert questions.list_open(OWNER, app, NOW)
    assert posts(app) == []


def test_without_a_folder_of_ones_own_the_refusal_says_what_to_write(tmp_path: Path) -> None:
    app = App(Config(store=Store(str(tmp_path / "x.db"), tmp_path / "index.db")))
    number = questions.log_reply(ASKER, reply(), app, NOW)
    with pytest.raises(Refused, match=r'guidelines = \["egne/retningslinjer"\]'):
        questions.answer_question(OWNER, number, ANSWER, app, NOW)
    app.database.close()


def test_a_folder_that_cannot_be_written_leaves_the_question_open_and_nobody_told(
    app: App, tmp_path: Path
) -> None:
    number = questions.log_reply(ASKER, reply(), app, NOW)
    (tmp_path / "egne").rmdir()
    with pytest.raises(BotError, match="kan ikke skrives"):
        questions.answer_question(OWNER, number, ANSWER, app, NOW)
    assert [one.id for one in questions.list_open(OWNER, app, NOW)] == [number]
    assert posts(app) == []


def test_the_second_to_answer_is_told_who_was_first(app: App) -> None:
    number = questions.log_reply(ASKER, reply(), app, NOW)
    questions.answer_question(OWNER, number, ANSWER, app, NOW)
    with pytest.raises(Refused, match="besvaret af Eva Ø"):
        questions.answer_question(acting(LEADER), number, "Noget andet.", app, NOW)
    with pytest.raises(Refused, match="intet åbent spørgsmål"):
        questions.answer_question(OWNER, "findes-ikke", ANSWER, app, NOW)


def test_a_question_is_taken_by_one(app: App) -> None:
    number = questions.log_reply(ASKER, reply(), app, NOW)
    assert questions.take_question(ASKER, number, app, NOW)
    assert not questions.take_question(OWNER, number, app, NOW)
    assert questions.list_open(OWNER, app, NOW)[0].taken_by == "ane"
    with pytest.raises(Refused):
        questions.take_question(Actor("slack:U2", "", frozenset()), number, app, NOW)


def test_a_caseworker_neither_sees_nor_answers_the_questions_of_others(app: App) -> None:
    number = questions.log_reply(ASKER, reply(), app, NOW)
    for act in (
        lambda: questions.list_open(ASKER, app, NOW),
        lambda: questions.answer_question(ASKER, number, ANSWER, app, NOW),
        lambda: question_report.report(ASKER, app, NOW),
    ):
        with pytest.raises(Refused, match="guideline_owner"):
            act()
    assert questions.list_open(acting(LEADER), app, NOW)


def test_what_is_older_than_the_kept_days_is_erased_with_the_next_question(app: App) -> None:
    questions.log_reply(ASKER, reply(), app, NOW)
    later = NOW + timedelta(days=31)
    assert questions.list_open(OWNER, app, later) == ()
    questions.log_reply(ASKER, reply("Noget andet?"), app, later)
    with app.database.read() as tx:
        assert [row["question"] for row in tx.rows("SELECT question FROM questions")] == [
            "Noget andet?"
        ]
        assert len(tx.rows("SELECT id FROM replies")) == 1


def test_the_report_counts_words_sections_and_reasons(app: App) -> None:
    cited = (Citation("Nøgler", "Kælder", None, "x"),)
    for number in range(3):
        state = State.ANSWER if number else State.CLOSEST
        last = questions.log_reply(
            ASKER,
            reply(f"Spørgsmål {number}", state, citations=cited, unknown_words=("gokart",)),
            app,
            NOW,
        )
    question_report.feedback(ASKER, last, app, NOW, helpful=True)
    question_report.feedback(ASKER, last, app, NOW, helpful=False, reason=Reason.OUTDATED)
    question_report.feedback(OWNER, last, app, NOW, helpful=False)
    found = question_report.report(OWNER, app, NOW)
    assert found.states == {"answer": 2, "closest": 1}
    assert found.missing_words == (("gokart", 1),)
    assert found.sections == ((("Nøgler", "Kælder"), 2),)
    assert found.reasons == (("", 1), ("outdated", 1))
    assert (found.blamed, found.helpful) == ((("Nøgler", 2),), 0)
    with pytest.raises(Refused, match="for gammelt"):
        question_report.feedback(ASKER, "0000000000", app, NOW, helpful=True)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Nøgler\n---\nkind: law", "title: Nøgler --- kind: law\n"),
        ("  Nøgler   i kælderen ", "title: Nøgler i kælderen\n"),
    ],
)
def test_a_title_cannot_write_facts_of_its_own(title: str, said: str, app: App) -> None:
    number = questions.log_reply(ASKER, reply(), app, NOW)
    done = questions.answer_question(OWNER, number, ANSWER, app, NOW, title=title)
    assert done.file is not None
    assert said in done.file.read_text("utf-8")
    assert "kind: local rule\n" in done.file.read_text("utf-8")


def test_the_file_name_holds_nothing_a_path_could_trip_over(app: App) -> None:
    number = questions.log_reply(ASKER, reply("../../etc/passwd ÆØÅ %00?"), app, NOW)
    done = questions.answer_question(OWNER, number, ANSWER, app, NOW)
    assert done.file is not None
    assert done.file.name == f"svar-etc-passwd-aeoeaa-00-{number}.md"


def test_the_days_that_questions_are_kept_are_read_and_bounded() -> None:
    here = Path("/etc/config.toml")
    kept = read_config("[retention]\nquestions_days = 14", here).followups.retention
    assert kept.questions_days == 14
    with pytest.raises(Exception, match="questions_days"):
        read_config("[retention]\nquestions_days = 0", here)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "egne").mkdir()
    (tmp_path / "config.toml").write_text('[folders]\nguidelines = ["egne"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_question_is_asked_listed_answered_and_reported_at_the_terminal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", ASKED]) == 0
    assert run(["questions", "list"]) == 0
    assert ASKED in capsys.readouterr().out
    assert run(["questions", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["question"], row["times"], row["taken_by"]) == (ASKED, 1, None)
    assert run(["questions", "report"]) == 0
    assert "Åbne spørgsmål:" in capsys.readouterr().out
    assert run(["questions", "answer", row["id"], ANSWER, "--by", "Gurli", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["id"], done["told"]) == (row["id"], 0)
    assert "owner: Gurli\n" in Path(done["file"]).read_text("utf-8")
    assert run(["questions", "answer", row["id"], ANSWER]) == 1
    assert "besvaret" in capsys.readouterr().err
    assert run(["questions", "report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["open"] == []


def test_a_question_to_other_files_or_in_a_batch_is_not_kept(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "a.md").write_text("# Nøgler\n\nNøglen ligger i skuffen.\n", "utf-8")
    (home / "in.jsonl").write_text(json.dumps({"id": "1", "question": ASKED}) + "\n", "utf-8")
    assert run(["ask", ASKED, "--corpus", "a.md"]) == 0
    assert run(["ask", "--batch", "in.jsonl"]) == 0
    capsys.readouterr()
    assert run(["questions", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_answer_may_lie_in_a_file_but_not_also_on_the_line(home: Path) -> None:
    (home / "svar.txt").write_bytes(b"\xff\xfe\xff")
    assert run(["questions", "answer", "x"]) == 2
    assert run(["questions", "answer", "x", "tekst", "--file", "svar.txt"]) == 2
    assert run(["questions", "answer", "x", "--file", "svar.txt"]) == 1
