"""The documentation cannot rot: what exists is documented, what is documented exists and runs."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from bot.app import App
from bot.cli.main import COMMANDS, answer, main
from bot.config import Config
from tools.command_reference import commands, page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(DOCS.rglob("*.md")),
]
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def documented_examples(file: str) -> list[str]:
    """The lines of the page's code blocks that call brobygger, in order."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", read(file), re.DOTALL | re.MULTILINE)
    return [
        line.strip()
        for block in blocks
        for line in block.splitlines()
        if line.strip().startswith("brobygger ")
    ]


def test_the_command_page_is_as_the_commands_are_today() -> None:
    written = read("docs/commands.md")
    assert page(written) == written, "run `make commands`"


def test_every_option_explains_itself() -> None:
    silent = [
        f"{path} {param.opts[0]}"
        for path, command in commands(main)
        for param in command.params
        if isinstance(param, click.Option) and not param.help
    ]
    assert silent == []


def test_every_command_of_the_table_explains_itself_in_one_line() -> None:
    assert [path for path, command in commands(main) if not command.help] == []
    assert set(COMMANDS) <= {path for path, _ in commands(main)}


def test_every_config_key_is_documented_and_in_the_example() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("bot/config_*.py"))
    keys = set(re.findall(r'\.(?:text|texts|whole|truth|choice|table|day)\(\s*"(\w+)"', source))
    keys |= set(re.findall(r'\bone\("(\w+)"\)', source))
    assert {"language", "pattern", "tick_seconds", "plans"} <= keys
    page, example = read("docs/administrator.md"), read("config.toml")
    assert {key for key in keys if f"`{key}`" not in page and f"[{key}" not in page} == set()
    assert {key for key in keys - {"login", "mail"} if key not in example} == set()


def test_every_dependency_has_its_line() -> None:
    page = read("docs/dependencies.md")
    names = re.findall(r'^  "([A-Za-z0-9-]+)[\[>]', read("pyproject.toml"), re.MULTILINE)
    assert len(names) > 15
    assert [name for name in names if name.lower() not in page.lower()] == []


def test_every_topic_and_plan_is_documented() -> None:
    app = App(Config())
    topics, plans = read("docs/handouts.md"), read("docs/followups.md")
    assert [topic for topic in app.library.topics if f"`{topic}`" not in topics] == []
    assert [plan for plan in app.plans if f"`{plan}`" not in plans] == []


def test_every_reader_has_a_page_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if page.name not in index + "README.md"] == []


def test_every_decision_says_status_context_decision_and_consequences() -> None:
    records = sorted((DOCS / "decisions").glob("0*.md"))
    assert len(records) >= 6
    for record in records:
        text = record.read_text(encoding="utf-8")
        for part in ("Status:", "## Context", "## Decision", "## Consequences"):
            assert part in text, f"{record.name}: {part}"


def test_the_index_of_decisions_names_every_record() -> None:
    index = read("docs/decisions/README.md")
    for record in sorted((DOCS / "decisions").glob("0*.md")):
        number, _, title = record.read_text(encoding="utf-8").split("\n")[0][2:].partition(" ")
        assert f"- [{number}]({record.name}) {title}\n" in index, record.name


def test_the_map_for_developers_names_every_room_of_the_shell() -> None:
    page = read("docs/developer.md")
    shell = ROOT / "bot"
    rooms = [f"bot/{one.name}/" for one in shell.iterdir() if (one / "__init__.py").exists()]
    files = [one.name for one in shell.glob("*.py") if one.name != "__init__.py"]
    assert len(rooms) > 8
    assert len(files) > 15
    assert [name for name in rooms + files if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    "page", ["README.md", "docs/commands.md", "docs/sagsbehandler.md", "docs/leder.md"]
)
def test_the_commands_that_a_page_shows_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = [
        line for line in documented_examples(page) if "serve" not in line and "FIL" not in line
    ]
    assert examples, f"{page} shows no command"
    for line in examples:
        arguments = shlex.split(line)[1:]
        if arguments[0] in {"demo", "desk"} and "--once" not in arguments:
            continue
        assert answer(arguments) == 0, f"{line}\n{capsys.readouterr().err}"


def test_no_committed_text_names_an_index_host_or_a_path_of_one_machine() -> None:
    hosts = [
        r"pypi\.o" + "rg",
        "pythonho" + "sted",
        r"registry\.npm" + "js",
        r"deb\.deb" + "ian",
        "/wo" + "rk/main",
        "/ro" + "ot/",
    ]
    names = re.compile("|".join(hosts))
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    found = [
        name
        for name in listed
        if (ROOT / name).is_file()
        and names.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert len(listed) > 200
    assert found == []
