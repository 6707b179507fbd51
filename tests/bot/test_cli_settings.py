"""`brobygger settings`: one's own choices from the terminal, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.actions import settings
from bot.app import App
from bot.config import Config, Store
from bot.errors import Refused
from bot.people import People, Person, Role, acting
from bot.stores.preferences import Preferences
from scheduler.audit import traces
from tests.bot.choices import chosen
from tests.bot.terminal import Run, at_terminal

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
CONFIG = """
[people.mette]
name = "Mette"
backup = "lene"
[people.lene]
name = "Lene"
roles = ["leader"]
"""
NOTHING = """Valg for Mette:
  Stilletid: ingen ud over kontortiden
  Fravær: ingen
  Sprog: dansk (som kommunen)
  Dagens trin: samlet i én morgenbesked (som kommunen)
"""


pytestmark = pytest.mark.usefixtures("monday_morning")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return at_terminal(tmp_path, CONFIG, capsys)


def test_what_is_chosen_stands_until_it_is_taken_back(run: Run) -> None:
    assert run("settings show mette") == (0, NOTHING, "")
    line = "settings set mette --quiet 12:00-13:00 --away 2026-12-21 2027-01-03 --language en"
    status, out, _ = run(f"{line} --gathered no")
    assert status == 0
    for said in (
        "Stilletid: 12:00-13:00",
        "Fravær: fra 21.12.2026 til og med 03.01.2027; Lene får beskederne",
        "Sprog: engelsk\n",
        "Dagens trin: hvert trin for sig\n",
    ):
        assert said in out
    assert run("settings show mette")[1] == out
    assert "Fravær: ingen" in run("settings set mette --reset away --quiet 15:00-16:00")[1]
    assert "Sprog: engelsk\n" in run("settings show mette")[1]
    back = "settings set mette --reset quiet --reset language --reset gathered"
    assert run(back)[1] == NOTHING


def test_where_there_is_one_person_only_nobody_needs_to_be_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[people.mette]\nname = "Mette"\n', encoding="utf-8")
    assert run("settings show")[1] == NOTHING


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("show", "hvis valg det gælder"),
        ("show meta", "mente du “mette”"),
        ("set mette", "mindst ét valg"),
        ("set --quiet 12:00-13:00", "hvis valg det gælder"),
        ("set mette --quiet 12-13", "kan ikke læses"),
        ("set mette --quiet 24:00-25:00", "kan ikke læses"),
        ("set mette --quiet 00:00-23:59", "ingen tid tilbage"),
        ("set mette --away 2026-12-21 2026-12-01", "kan ikke bruges"),
        ("set mette --away 2026-02-30 2026-12-01", "findes ikke i kalenderen"),
        ("set mette --away jul nytår", "Fraværsdagen “jul” er ikke en dato"),
        ("set mette --language so", "vælg blandt da, en"),
        ("set mette --gathered ja", "Valget “ja” kendes ikke"),
        ("set mette --reset queit", "mente du “quiet”"),
        ("set mette --language en --reset language", "hvert kun én gang"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_one_line(run: Run, line: str, told: str) -> None:
    status, out, err = run(f"settings {line}")
    assert (status, out) == (1, "")
    assert told in err
    assert len(err.strip().splitlines()) == 1


def test_of_several_choices_all_are_kept_or_none(run: Run) -> None:
    assert run("settings set mette --language en --quiet 00:00-23:59")[0] == 1
    assert run("settings show mette")[1] == NOTHING


def test_a_leader_neither_sees_nor_changes_what_another_chose(tmp_path: Path) -> None:
    kinds = (("mette", Role.CASEWORKER), ("lene", Role.LEADER), ("adam", Role.ADMINISTRATOR))
    people = {name: Person(name, name.title(), frozenset({role})) for name, role in kinds}
    app = App(Config(people=People(people), store=Store(url=str(tmp_path / "s.db"))))
    mette, lene, adam = (acting(person) for person in people.values())
    chosen(mette, app, NOW, language="en")
    wanted = Preferences("mette", language="da")
    for act in (
        lambda: settings.settings_of(lene, app, person="mette"),
        lambda: settings.choose(lene, wanted, {settings.Kind.LANGUAGE}, app, NOW),
    ):
        with pytest.raises(Refused, match="personlige"):
            act()
    assert settings.settings_of(mette, app).language == "en"
    settings.choose(adam, wanted, {settings.Kind.LANGUAGE}, app, NOW)
    assert settings.settings_of(mette, app).language == "da"
    with app.database.read() as tx:
        found = [(one.actor, one.did) for one in traces(tx, "mette")]
    assert sorted(found) == [("adam", "settings.language"), ("mette", "settings.language")]
    app.database.close()
