"""What is said of a slip at the keyboard, and of `--help`: one language, and one right example."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli.examples import EXAMPLES, example
from bot.cli.main import answer, config_first, main
from tools.command_reference import commands

# Click's own phrases: none may reach a reader, in neither language.
CLICK = re.compile(
    r"is not a valid|requires an? argument|requires \d|does not take|unexpected|No such|Missing "
    r"|Invalid value|not one of|Did you mean|Show this message|Show the version|Error:|\[required\]"
)
ALL = list(commands(main))
SLIPS = [
    ("lst", "Kommandoen lst kendes ikke.", "brobygger --help"),
    ("spørg hej", "mente du “ask”?", "brobygger ask"),
    ("lønseddel", "mente du “payslip”?", "brobygger payslip"),
    ("handuot", "mente du “handout”?", "brobygger handout loenseddel"),
    ("followups lst", "mente du “list”?", "brobygger followups list"),
    ("followups zzz", "vælg blandt add, ", "brobygger followups"),
    ("preview followups", "mente du “followups preview”?", "brobygger followups preview"),
    ("list", "vælg blandt followups list, guidelines list", "brobygger followups list"),
    ("-x", "Valget -x kendes ikke, før kommandoen er skrevet", "brobygger ask"),
    ("--json ask hej", "--json kendes ikke, før kommandoen", "brobygger ask"),
    ("--confg x.toml check", "mente du “--config”?", "check --config config.toml"),
    ("payslip --gros 1", "mente du “--gross”?", "--gross 24.500"),
    ("ask --corpsu x", "mente du “--corpus”?", "--corpus vejledning.txt"),
    ("payslip", "--gross mangler.", "--gross 24.500"),
    ("handout", "EMNE mangler.", "handout loenseddel"),
    ("handout atp", "-o mangler.", "-o loenseddel.pdf"),
    ("followups done INT-1042", "TRIN mangler.", "done INT-1042 tolk"),
    ("guidelines add", "FIL mangler.", "guidelines add ferie.pdf"),
    ("payslip --gross", "mangler en værdi efter --gross.", "--gross 24.500"),
    ("--config", "mangler en værdi efter --config.", "--config config.toml"),
    ("ask --batch", "mangler en værdi efter --batch.", "--batch spørgsmål.jsonl"),
    ("settings set mette --away 2026-03-02", "--away skal have 2 værdier", "2026-12-11"),
    ("payslip --json=ja", "--json skal stå alene", "payslip --gross"),
    (
        "handouts --batch a --out b --workers x",
        "“x” er ikke et helt tal, som --workers",
        "--workers 2",
    ),
    ("handouts --batch a --out b --workers 0", "fra 1 til 64", "brobygger handouts"),
    ("desk --port 99999", "“99999” er ikke et helt tal fra 0 til 65535, som --port", "--port 8765"),
    (
        "questions answer 1 x --kind lov",
        "“lov” kan --kind ikke være; vælg blandt law, local rule, experience",
        "--kind law",
    ),
    ("guidelines remove to", "“to” er ikke et helt tal, som NR", "guidelines remove 7"),
    ("tax --gross-year 1 --municipality Vejle en to", "“en to” er for meget", "brobygger tax"),
    ("pictures -o .", "-o skal være en fil", "billeder.pdf"),
    ("ask", "et spørgsmål, eller en fil", "brobygger ask"),
    ("ask hej --batch x", "et spørgsmål, eller en fil", "brobygger ask"),
    ("questions answer 1", "et svar, eller en fil", "questions answer"),
    ("followups", "Der mangler en kommando.", "brobygger followups list"),
    ("", "Der mangler en kommando.", "brobygger ask"),
]


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def in_english(folder: Path) -> None:
    (folder / "config.toml").write_text('[staff]\nlanguage = "en"\n', encoding="utf-8")


@pytest.mark.parametrize(("line", "said", "right"), SLIPS, ids=[line for line, _, _ in SLIPS])
def test_a_slip_is_told_with_a_right_example_and_without_clicks_own_words(
    line: str, said: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(shlex.split(line)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    what, _, rest = told.err.strip().partition(" Skriv f.eks. ")
    assert said in what
    assert right in rest
    assert not CLICK.search(told.err), told.err


@pytest.mark.parametrize("line", [line for line, _, _ in SLIPS])
def test_a_slip_is_told_in_english_where_that_is_the_staffs_language(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_english(tmp_path)
    assert answer(shlex.split(line)) == 2
    told = capsys.readouterr().err
    assert " Write e.g. brobygger" in told
    assert not re.search(
        r"mangler|kendes|skal |Skriv|Valg|værdi|kommandoen|vælg", told.split(" Write ")[0]
    ), told
    assert not CLICK.search(told), told


def test_a_refusal_is_told_in_the_staffs_language_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_english(tmp_path)
    assert answer(["payslip", "--gross", "24500"]) == 1
    assert "A main card must have" in capsys.readouterr().err
    assert answer(["ask", "hej", "--config", "none.toml"]) == 1
    assert "none.toml" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["", *(path for path, _ in ALL)])
def test_help_is_danish_or_english_and_never_a_mixture(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer([*path.split(), "--help"]) == 0
    danish = capsys.readouterr().out
    assert danish.startswith("Sådan: brobygger")
    assert "Vis denne hjælp." in danish
    assert f"F.eks.: {example(path)}" in danish
    assert not CLICK.search(danish), danish
    in_english(tmp_path)
    assert answer([*path.split(), "--help"]) == 0
    english = capsys.readouterr().out
    assert english.startswith("Usage: brobygger")
    assert "Show this help." in english
    assert f"E.g.: {example(path)}" in english
    help_of = {line.strip() for line in danish.splitlines()[2:4] if line.strip()}
    assert not help_of & {line.strip() for line in english.splitlines()}, english


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("topics", ("Your ATP", "Hours per month")),
        ("languages", ("Arabic ", "348 of")),
        ("translations status", ("Arabic ", "approved  ")),
        ("childcare --income 300.000 --price 3.000", ("for each 4.836 kr.",)),
        ("payslip --gross 24.500 --municipality Vejle", ("estimated",)),
        ("followups preview boernepasning --start 2027-03-01", ("planned",)),
    ],
)
def test_what_a_command_shows_is_english_too(
    line: str, said: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_english(tmp_path)
    assert answer(line.split()) == 0
    shown = capsys.readouterr().out
    assert [word for word in said if word not in shown] == []


def test_english_help_leaves_the_next_reader_her_danish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["followups", "done", "--help"]) == 0
    before = capsys.readouterr().out
    in_english(tmp_path)
    answer(["followups", "done", "--help"])
    (tmp_path / "config.toml").unlink()
    capsys.readouterr()
    answer(["followups", "done", "--help"])
    assert capsys.readouterr().out == before


def test_help_stays_within_a_terminal_of_forty_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for path, _ in ALL:
        answer([*path.split(), "--help"])
        page, _, _ = capsys.readouterr().out.partition("F.eks.:")
        wide = [line for line in page.splitlines() if len(line) > 40]
        assert wide == [], path


def test_help_comes_though_the_configuration_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text("[stafff]\n", encoding="utf-8")
    assert answer(["--help"]) == 0
    assert "Sådan: brobygger" in capsys.readouterr().out
    assert answer(["topics"]) == 1
    assert "stafff" in capsys.readouterr().err


def typed_values(command: click.Command) -> list[click.Option]:
    options = [one for one in command.params if isinstance(one, click.Option)]
    return [one for one in options if not one.is_flag]


@pytest.mark.parametrize(("path", "command"), ALL, ids=[path for path, _ in ALL])
def test_each_example_is_one_that_the_command_takes(path: str, command: click.Command) -> None:
    options = typed_values(command)
    for names in [[""], *(one.opts for one in options)]:
        words = config_first(shlex.split(example(path, max(names, key=len)))[1:])
        assert set(names) & {"", *words}
        words = words[2:] if words[0] == "--config" else words
        inner = words[: len(path.split())]
        if inner != path.split():  # a group's example is that of one of its commands
            assert isinstance(command, click.Group), words
            continue
        taken = command.make_context("brobygger", words[len(inner) :])
        assert taken.params is not None


def test_no_example_is_left_of_a_command_that_is_gone() -> None:
    assert set(EXAMPLES) == {"", *(path for path, _ in ALL)}


def test_a_question_may_be_typed_without_quotation_marks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answer(["ask", "Hej", "med", "dig"]) == 0
    loose = capsys.readouterr().out
    assert answer(["ask", "Hej med dig"]) == 0
    assert capsys.readouterr().out == loose


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("handouts --batch none.csv --out ark", "none.csv kan ikke læses eller skrives: filen "),
        ("handout atp -o none/a.pdf", "filen eller mappen findes ikke"),
        ("ask --batch .", "det er en mappe"),
        ("restore FILE", "er ikke en kopi fra brobygger backup"),
    ],
)
def test_what_the_system_says_of_a_file_is_said_in_danish(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(line.replace("FILE", __file__).split()) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("letters", ["cp1252", "ascii"])
def test_a_terminal_of_few_letters_gets_what_it_can_show(letters: str) -> None:
    done = brobygger("languages", PYTHONIOENCODING=letters)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 8


def test_another_program_gets_utf_8_whatever_the_machine_is_set_to() -> None:
    done = brobygger("languages", LC_ALL="en_US.ISO-8859-1", PYTHONUTF8="0")
    assert "العربية" in done.stdout.decode("utf-8")


def brobygger(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from bot.cli.main import run; run()", *line.split()],
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "line", ["spørg\udcff", "payslip --gross \udcfe --municipality Vejle", "topics \udcff"]
)
def test_letters_that_are_none_are_refused_as_clearly(line: str) -> None:
    done = brobygger(line)
    assert done.returncode in {1, 2}
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_a_level_of_logging_that_there_is_not_changes_nothing() -> None:
    assert brobygger("--version", BROBYGGER_LOG="loud").stdout.startswith(b"brobygger ")


@pytest.mark.parametrize("line", ["-h", "ask -h", "followups done -h"])
def test_the_short_way_to_help_is_known(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(line.split()) == 0
    assert capsys.readouterr().out.startswith("Sådan: brobygger")


def test_a_reader_who_stops_reading_is_no_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from bot.cli.main import run; run()", "rates"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
