"""`brobygger check`: every file of a municipality read by itself, named with its remedy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.actions.check import Report, check
from bot.checks.configuration import config_findings
from bot.checks.guideline_files import guideline_findings
from bot.cli.main import answer
from bot.config import Cases, Config, Contact, Folders
from bot.people import People, Person, Role, at_the_terminal
from messages.checks.finding import Finding, Level

DAY = date(2026, 11, 22)
TOPIC = """
id = "egen"
title = "Din løn"
do = "Spørg os."
[[steps]]
id = "one"
picture = "wage"
text = "Du får 24.500 kr."
check = "Hvad får du?"
[[sources]]
title = "skat.dk"
url = "https://skat.dk/kort"
"""
CPR = "010190-1234"


def folder(root: Path, **files: Mapping[str, str]) -> Folders:
    """The overlay folders below `root`, each with its files."""
    for kind, texts in files.items():
        (root / kind).mkdir()
        for name, text in texts.items():
            (root / kind / name).parent.mkdir(parents=True, exist_ok=True)
            (root / kind / name).write_text(text, "utf-8")
    own = {kind: root / kind for kind in files if kind != "guidelines"}
    guidelines = (root / "guidelines",) if "guidelines" in files else ()
    return Folders(guidelines, **own)


def report(folders: Folders, day: date = DAY, **owners: list[str]) -> Report:
    return check(at_the_terminal(), Config(folders=folders), day, owners)


def errors(found: Report) -> list[Finding]:
    """The errors outside the catalogs that ship: those are their translators' own tests."""
    own = [one for one in found.findings if not one.file.startswith("locales/")]
    return [one for one in own if one.level is Level.ERROR]


def test_what_ships_has_no_error_and_every_sheet_is_measured() -> None:
    found = report(Folders())
    assert errors(found) == []
    assert len(found.measured) >= 17
    assert found.files > 100
    assert [one.file for one in found.findings if one.file.startswith("rates")][:1] == [
        "rates/2027.toml"
    ]


def test_a_topic_of_the_municipality_is_held_to_the_same_rules(tmp_path: Path) -> None:
    found = errors(report(folder(tmp_path, topics={"egen.toml": TOPIC})))
    assert [(Path(one.file).name, one.where) for one in found] == [
        ("egen.toml", "steps[1].text")
    ] * 2
    assert {"har tallet 24.500", "har forkortelsen kr"} == {
        str(one.what).split(";")[0] for one in found
    }


BAD_FILES: list[tuple[str, str, str, str]] = [
    ("topics", "a.toml", "id = \n", "ikke gyldig TOML"),
    ("topics", "a.toml", TOPIC.replace("picture", "billede"), "kendes ikke"),
    ("topics", "a.toml", TOPIC.replace("24.500 kr.", "{loen}."), "arket kan ikke laves"),
    ("rates", "2030.toml", "year = 2030\n[tax]\npersonal_allowance = 1\n", "skal være en sats"),
    ("plans", "egen.toml", 'title = "x"\n', "trin"),
    ("thesaurus", "egen.toml", "[[idea]]\nda = 3\n", "skal være"),
    ("catalogs", "xx/LC_MESSAGES/handout.po", "", "ligger ikke i en mappe"),
    ("catalogs", "ar/LC_MESSAGES/messages.po", "", "skal hedde handout.po"),
    ("catalogs", "en/LC_MESSAGES/handout.po", 'msgid "Hej"\nmsgstr Hello\n', ""),
    ("guidelines", "brev.md", f"# Notat\n\nBorgeren har {CPR} som nummer.\n", "CPR-nummer står"),
    ("guidelines", "tom.md", "", "tom"),
]


@pytest.mark.parametrize(("kind", "name", "text", "remedy"), BAD_FILES)
def test_a_file_that_is_wrong_is_named_and_hides_no_other(
    kind: str, name: str, text: str, remedy: str, tmp_path: Path
) -> None:
    found = report(folder(tmp_path, **{kind: {name: text}}))
    about = [one for one in errors(found) if one.file.endswith(name)]
    assert any(remedy in str(one.what) for one in about), [str(one.what) for one in errors(found)]
    assert CPR not in "".join(str(one.what) for one in found.findings)
    assert len(found.measured) >= 17


def test_two_files_of_one_id_and_a_file_nobody_reads_are_told(tmp_path: Path) -> None:
    good = TOPIC.replace("24.500 kr.", "løn.")
    files = {"a.toml": good, "b.toml": good, "noter.docx": "x"}
    found = report(folder(tmp_path, topics=files))
    assert [str(one.what) for one in errors(found)] == [
        "har samme id som a.toml: egen; giv den sit eget, eller slet en af dem"
    ]
    stray = [one for one in found.findings if one.file.endswith("noter.docx")]
    assert [one.level for one in stray] == [Level.WARNING]


def test_a_folder_with_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    own = folder(tmp_path, topics={})
    (tmp_path / "topics" / "a.toml").write_bytes("title = 'løn'".encode("latin-1"))
    assert "ikke gemt som UTF-8" in str(errors(report(own))[0].what)


def test_a_foreign_package_under_our_name_is_an_error() -> None:
    found = errors(report(Folders(), messages=["brobygger", "django-messages"]))
    assert [one.file for one in found] == ["messages"]


PERSON = Person("ane", "Ane", frozenset({Role.CASEWORKER}))


@pytest.mark.parametrize(
    ("changes", "where", "level"),
    [
        ({"cases": Cases(pattern=r"\d{10}", example="1234567890")}, "cases.pattern", Level.ERROR),
        ({"site": "http://ark.eksempel.dk"}, "site.address", Level.ERROR),
        ({"site": "https://ark.eksempel.dk/?x=<b>"}, "site.address", Level.ERROR),
        ({"contacts": {}}, "contacts", Level.WARNING),
        ({"people": People({"ane": PERSON})}, "people", Level.WARNING),
        (
            {"people": People({"ane": replace(PERSON, backup="ane")})},
            "people.ane.backup",
            Level.ERROR,
        ),
    ],
)
def test_a_configuration_that_cannot_be_meant_is_told(
    changes: dict[str, Any], where: str, level: Level
) -> None:
    contacts = {"faglig": Contact("faglig", "Faglig koordinator")}
    config = replace(Config(file=Path("config.toml"), contacts=contacts), **changes)
    assert (where, level) in {(one.where, one.level) for one in config_findings(config)}


def test_a_configuration_in_order_gives_no_finding() -> None:
    leader = replace(PERSON, roles=frozenset({Role.CASEWORKER, Role.LEADER}))
    config = Config(
        file=Path("config.toml"),
        contacts={"faglig": Contact("faglig", "Faglig koordinator")},
        people=People({"ane": leader}),
        site="https://ark.eksempel.dk/sider/",
    )
    assert list(config_findings(config)) == []


@pytest.mark.parametrize(
    ("head", "where"),
    [("valid_to: 2026-11-21", "valid_to"), ("review_by: 2026-11-21\nowner: Ane", "review_by")],
)
def test_a_guideline_past_its_day_is_a_warning(head: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / "regel.md"
    path.write_text(f"---\n{head}\n---\n# Praktik\n\nEn praktik varer i fire uger.\n", "utf-8")
    found = list(guideline_findings(path, "regel.md", DAY))
    assert [(one.where, one.level) for one in found] == [(where, Level.WARNING)]
    assert list(guideline_findings(path, "regel.md", date(2026, 11, 21))) == []


def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, topic: str) -> None:
    folder(tmp_path, topics={"egen.toml": topic})
    (tmp_path / "config.toml").write_text('[folders]\ntopics = "topics"\n', "utf-8")
    monkeypatch.chdir(tmp_path)


def test_the_command_ends_with_one_and_names_file_key_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(tmp_path, monkeypatch, TOPIC)
    assert answer(["check"]) == 1
    said = capsys.readouterr()
    assert "egen.toml steps[1].text: har tallet 24.500; brug et felt" in said.out
    assert "LIX: alle ord / uden op til tre forklarede ord" in said.out
    assert "Ret dem, og kør brobygger check igen." in said.err


def test_the_json_holds_the_same_findings_and_both_measures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(tmp_path, monkeypatch, TOPIC)
    assert answer(["check", "--json"]) == 1
    report_ = json.loads(capsys.readouterr().out)
    own = [one for one in report_["findings"] if one["file"].endswith("egen.toml")]
    assert {(one["level"], one["where"]) for one in own} >= {("error", "steps[1].text")}
    assert report_["errors"] >= 2
    measured = {one["topic"]: one for one in report_["readability"]}
    assert measured["loenseddel"]["lix"] > measured["loenseddel"]["lix_adjusted"]


def test_warnings_alone_end_with_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = TOPIC.replace("24.500 kr.", "løn.")
    at(tmp_path, monkeypatch, good)
    status = answer(["check", "--json"])
    found = json.loads(capsys.readouterr().out)
    shipped = [one for one in found["findings"] if one["file"].startswith("locales/")]
    assert found["warnings"] > 0
    assert status == (1 if any(one["level"] == "error" for one in shipped) else 0)
