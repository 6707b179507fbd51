"""`brobygger ask` and `guidelines`, run as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import answer

RULE = "# Nøgler\n\nNøglen til cykelkælderen hentes hos pedellen Gurli.\n"
KEYS = {"id", "state", "answered", "score", "passages", "citations", "ms"}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "noegler.md"
    path.write_text(RULE, "utf-8")
    return str(path)


def test_a_batch_goes_on_past_a_broken_line(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "in.jsonl"
    good = json.dumps({"id": "1", "question": "Hvor hentes nøglen til cykelkælderen?"})
    asked.write_text(f'{good}\n{{"id":\n[]\n{"[" * 20_000}\n{{"question": 3}}\n{good}\n', "utf-8")
    assert answer(["ask", "--batch", str(asked), "--corpus", corpus]) == 0
    out = capsys.readouterr()
    lines = [json.loads(line) for line in out.out.splitlines()]
    assert [line.get("id") for line in lines] == ["1", None, None, None, None, "1"]
    assert lines[0].keys() >= KEYS
    assert lines[0]["answered"] is True
    assert lines[0]["citations"][0]["page"] is None
    assert "Linje 2" in out.err


def test_a_reply_for_people_marks_the_sentence_and_names_the_place(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["ask", "Hvor hentes nøglen til cykelkælderen?", "--corpus", corpus]) == 0
    out = capsys.readouterr().out
    assert out.startswith("SVAR")
    assert "»Nøglen til cykelkælderen hentes hos pedellen Gurli.«" in out
    assert "— Nøgler" in out


@pytest.mark.parametrize("question", ["", "🙂", "hej", "borger 150585-2345 har ringet"])
def test_what_is_no_question_opens_no_index(
    question: str, corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["ask", question, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] in {"refused", "smalltalk"}
    assert not list(tmp_path.glob("*index*"))


@pytest.mark.parametrize("name", ["missing.md", "."])
def test_an_unreadable_corpus_is_one_line_and_exit_1(
    name: str, corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["ask", "Hvor?", "--corpus", name]) == 1
    err = capsys.readouterr().err
    assert name in err
    assert len(err.splitlines()) == 1


def test_a_question_and_a_batch_together_are_a_slip_of_usage(corpus: str) -> None:
    assert answer(["ask", "Hvor?", "--batch", corpus]) == 2
    assert answer(["ask"]) == 2


def test_guidelines_are_added_listed_and_removed(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["guidelines", "add", corpus, "--kind", "local rule", "--owner", "Ane"]) == 0
    assert answer(["guidelines", "list", "--json"]) == 0
    out = capsys.readouterr().out
    added, _, listing = out.partition("[")
    assert "noegler.md er tilføjet: 1 afsnit." in added
    (own,) = [one for one in json.loads("[" + listing) if one["origin"] == "added"]
    assert (own["kind"], own["owner"]) == ("local rule", "Ane")
    assert answer(["guidelines", "remove", str(own["id"])]) == 0
    assert answer(["guidelines", "remove", str(own["id"])]) == 1
    assert "guidelines list" in capsys.readouterr().err
