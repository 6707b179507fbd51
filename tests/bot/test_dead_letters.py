"""`brobygger followups dead-letters`: seen, tried again, put away, from the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.actions.dead_letters import list_undelivered, put_away, try_again
from bot.app import App
from bot.cli.main import answer
from bot.config_file import load_config
from bot.errors import Refused
from bot.people import Person, Role, acting, at_the_terminal
from scheduler import store_outbox
from scheduler.audit import traces
from scheduler.outbox import Outbox, Outgoing
from scheduler.store import from_ms

CONFIG = """
[staff]
language = "{language}"
[people.mette]
name = "Mette"
roles = ["caseworker"]
slack = "UMETTE"
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line over a store with one dead letter, to Mette."""
    config = tmp_path / "config.toml"

    def run_line(line: str, language: str = "da") -> tuple[int, str, str]:
        config.write_text(CONFIG.format(language=language), encoding="utf-8")
        app = App(load_config(config, tmp_path))
        with app.database.write() as tx:
            if Outbox().put(tx, Outgoing("problem:1", "problem", "UMETTE", "Hemmeligt")):
                store_outbox.claim(tx, 0, lease_ms=9, pace_ms=0, late_ms=9, limit=5)
                store_outbox.bury(tx, "problem:1", 1, "x (user_not_found).", 1_795_420_800_000)
        app.database.close()
        status = answer(["--config", str(config), *line.split()])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_line


def letter(run: Run) -> dict[str, object]:
    [found] = json.loads(run("followups dead-letters --json")[1])
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "Alarm om et problem til Mette: Slack kender ikke modtageren."),
        ("en", "Alert about a problem for Mette: Slack does not know the recipient."),
    ],
)
def test_a_letter_is_a_line_with_whom_it_was_for_and_why(
    run: Run, language: str, said: str
) -> None:
    status, out, _ = run("followups dead-letters", language)
    assert status == 0
    assert said in out
    assert "23.11.2026 09.00" in out
    assert "Hemmeligt" not in out


def test_the_json_has_what_a_program_needs(run: Run) -> None:
    found = letter(run)
    assert {key: found[key] for key in ("kind", "to", "overtaken")} == {
        "kind": "problem",
        "to": "UMETTE",
        "overtaken": False,
    }
    assert str(found["since"]).startswith("2026-11-23T08:00:00")


@pytest.mark.parametrize(
    ("option", "said"), [("--retry", "prøves igen"), ("--put-away", "aldrig sendt")]
)
def test_a_letter_is_tried_again_or_put_away_once(run: Run, option: str, said: str) -> None:
    line = f"followups dead-letters {option} {letter(run)['id']}"
    status, out, _ = run(line)
    assert status == 0
    assert said in out
    assert "Alle beskeder er leveret." in run("followups dead-letters")[1]
    assert run(line)[0] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--retry findes-ikke", "Der er ingen besked “findes-ikke”"),
        ("--retry a --put-away b", "enten --retry eller --put-away"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(run: Run, options: str, said: str) -> None:
    status, _, err = run(f"followups dead-letters {options}")
    assert status == 1
    assert said in err


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_may(tmp_path: Path, role: Role) -> None:
    app = App(load_config(None, tmp_path))
    actor = acting(Person("x", "X", frozenset({role})))
    with pytest.raises(Refused, match="Kun en administrator"):
        list_undelivered(actor, app)
    for act in (try_again, put_away):
        with pytest.raises(Refused, match="Kun en administrator"):
            act(actor, "x", app, from_ms(0))


def test_who_did_it_is_kept_without_what_it_said(run: Run, tmp_path: Path) -> None:
    found = str(letter(run)["id"])
    run(f"followups dead-letters --retry {found}")
    app = App(load_config(tmp_path / "config.toml", tmp_path))
    with app.database.read() as tx:
        [trace] = traces(tx, found)
    app.database.close()
    assert (trace.actor, trace.did) == (at_the_terminal().id, "post.retried")
