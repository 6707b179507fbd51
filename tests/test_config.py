"""config.toml: what it gives, and what is told of every mistake in it."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bot.config import Config
from bot.config_file import load_config, read_config
from bot.people import Role
from messages.errors import Problem

ROOT = Path(__file__).parents[1]
HERE = Path("/etc/brobygger/config.toml")


def test_the_example_file_at_the_top_of_the_repository_is_valid() -> None:
    config = load_config(ROOT / "config.toml", ROOT)
    assert config.people.by_slack("U000000ANE") == config.people.get("ane")
    assert config.hours.morning == time(9, 0)
    assert config.store.url == str(ROOT / "brobygger.db")


def test_an_empty_file_gives_the_defaults() -> None:
    read = read_config("", HERE)
    assert (read.language, read.cases, read.hours) == ("da", Config().cases, Config().hours)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(None, tmp_path).file is None


def test_a_person_has_roles_a_team_and_a_backup() -> None:
    config = read_config(
        '[people.ane]\nname = "Ane"\nroles = ["leader"]\nbackup = "bo"\n[people.bo]\nname = "Bo"',
        HERE,
    )
    ane = config.people.get("ane")
    assert ane is not None
    assert (ane.roles, ane.backup) == (frozenset({Role.LEADER}), "bo")


def test_paths_are_relative_to_the_folder_of_the_file() -> None:
    assert read_config('[store]\nindex = "a/b.db"', HERE).store.index == HERE.parent / "a/b.db"


def test_a_database_address_is_kept_as_it_is() -> None:
    assert read_config('[store]\nurl = "postgresql:///b"', HERE).store.url == "postgresql:///b"


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(Problem) as told:
        read_config('[staff]\nlanguage = "fr"\n[hours]\nmorning = "9"\n[store]\nulr = "x"', HERE)
    assert [
        word in str(told.value) for word in ("staff.language", "hours.morning", "store.ulr", "url")
    ] == [True] * 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = ", "er ikke gyldig TOML"),
        ("[stafff]", "mente du “staff”"),
        ('[people.ane]\nname = "A"\nroles = ["chef"]', "rollen “chef” kendes ikke"),
        ('[people.ane]\nname = "A"\nbackup = "bo"', "“bo” er ikke blandt [people]"),
        ("[people.ane]\nname = 3", "people.ane.name: skal være en tekst"),
        ("[people]\nane = 3", "people.ane: skal være en tabel"),
        ("[people.ane]", "people.ane.name: mangler"),
        ('[cases]\npattern = "["', "ikke et gyldigt mønster"),
        ('[cases]\npattern = "[A-Z]+"', "passer ikke til mønstret"),
        ('[cases]\nlink = "https://x"', "{case}"),
        ('[store]\nurl = "mysql://x"', "postgresql://"),
        ('[folders]\nplans = "findes-ikke"', "findes-ikke findes ikke"),
        ('[folders]\nguidelines = ["findes-ikke"]', "findes-ikke findes ikke"),
        ('[hours]\nclosed_days = ["24/12"]', "skriv den som 12-24"),
        ("[hours]\ntick_seconds = 0", "fra 1 til 600"),
        ("[hours]\ntick_seconds = true", "skal være et helt tal"),
        ('[staff]\nlanguage = "da"\n# xoxb-123', "SLACK_BOT_TOKEN"),
        ('[contacts.a]\nname = "010190-1234"', "CPR"),
    ],
)
def test_a_mistake_is_told_with_its_key_and_a_remedy(text: str, says: str) -> None:
    with pytest.raises(Problem) as told:
        read_config(text, HERE)
    assert says in str(told.value)


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="findes ikke"):
        load_config(tmp_path / "nej.toml", tmp_path)


@pytest.mark.parametrize(
    ("content", "says"), [(b"\xff\xfe", "UTF-8"), (b"#" * 1_000_001, "for stor")]
)
def test_a_file_that_is_no_text_or_too_large_is_told(
    content: bytes, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(Problem, match=says):
        load_config(file, tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[slack]\nchannels = ["#praktik"]', "slack.channels"),
        ('[slack]\nexperts = "fagfolk"', "C012ABCDEF"),
        ('[slack]\nmode = "http"', "slack.port"),
        ('[slack]\nmode = "webhook"', "slack.mode"),
        ("[slack]\nfile_hours = 0", "slack.file_hours"),
        ("[slack]\nfile_hour = 3", "file_hours"),
    ],
)
def test_a_mistake_in_the_slack_table_names_its_key(text: str, told: str) -> None:
    with pytest.raises(Problem, match=told.replace(".", r"\.")):
        read_config(text, HERE)


def test_the_slack_table_says_where_the_bot_answers() -> None:
    slack = read_config('[slack]\nchannels = ["C0PRAKTIK"]\nmode = "http"\nport = 3000', HERE).slack
    assert (slack.channels, slack.mode, slack.port) == (("C0PRAKTIK",), "http", 3000)
