"""The house stands as drawn: where imports point, what a package may touch, how long files are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = ("locales", "messages", "scheduler", "bot")  # imports only ever point left
FILES = sorted(file for package in ORDER for file in (ROOT / package).rglob("*.py"))

FORBIDDEN = {
    "locales": r".+",
    "messages": r"(sqlite3|sqlite_utils|psycopg|slack_\w+|apscheduler|socket|http|urllib|httpx)\b",
    "scheduler": r"(slack_\w+|socket|http|urllib|httpx|starlette|uvicorn)\b",
    "bot": r"(?!)",
}
CLOCK_AND_ENVIRONMENT = re.compile(
    r"(?<!\w)(datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time"
    r"|os\.environ|os\.getenv)\b"
)
SQL = re.compile(
    r"\b(SELECT\s+[\w*(].*\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b"
    r"|CREATE\s+(TABLE|INDEX|VIRTUAL)\b)",
    re.DOTALL,
)
HOMES_OF_SQL = re.compile(
    r"scheduler/(store\w*|outbox|audit|openings|database|dialect\w*|migrations)\.py|bot/stores/\w+\.py|bot/answers/index\w*\.py"
)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def wrong_imports(package: str, source: str) -> list[str]:
    """The imports in `source` that a file of `package` may not have."""
    to_the_right = ORDER[ORDER.index(package) + 1 :]
    return [
        name
        for name in imported(ast.parse(source))
        if name.split(".")[0] in to_the_right
        or name.startswith(".")
        or (name != "__future__" and re.match(FORBIDDEN[package], name))
    ]


def package_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_left_and_stay_within_the_package_border(file: Path) -> None:
    assert wrong_imports(package_of(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("messages", "import scheduler.store"),
        ("messages", "from bot.config import Config"),
        ("scheduler", "def late():\n    from bot import clock"),
        ("messages", "import sqlite3"),
        ("scheduler", "from slack_sdk import WebClient"),
        ("bot", "from . import clock"),
        ("locales", "import re"),
    ],
)
def test_an_import_to_the_right_is_caught(package: str, source: str) -> None:
    assert wrong_imports(package, source) != []


@pytest.mark.parametrize("package", ["messages", "scheduler"])
def test_only_bot_reads_the_clock_and_the_environment(package: str) -> None:
    assert [
        f"{file.relative_to(ROOT)}: {found[0]}"
        for file in FILES
        if package_of(file) == package
        for found in CLOCK_AND_ENVIRONMENT.finditer(file.read_text(encoding="utf-8"))
    ] == []


def test_sql_stands_in_the_store_files_only() -> None:
    def texts(file: Path) -> Iterator[str]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value

    with_sql = {
        file.relative_to(ROOT).as_posix()
        for file in FILES
        if any(SQL.search(text) for text in texts(file))
    }
    assert with_sql, "the pattern finds no SQL at all: it has gone blind"
    assert {name for name in with_sql if not HOMES_OF_SQL.fullmatch(name)} == set()


def test_a_file_has_at_most_220_lines_and_a_function_at_most_40() -> None:
    too_long = []
    for file in FILES:
        source = file.read_text(encoding="utf-8")
        name = file.relative_to(ROOT)
        if (lines := source.count("\n")) > 220:
            too_long.append(f"{name}: {lines} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 40:
                    too_long.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    assert too_long == []


def test_the_init_of_a_package_is_a_docstring_and_nothing_else() -> None:
    for file in FILES:
        if file.name == "__init__.py":
            body = ast.parse(file.read_text(encoding="utf-8")).body
            assert len(body) == 1, file
            assert ast.get_docstring(ast.Module(body, [])), file


def test_no_room_is_named_after_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "common", "core", "misc", "lib"}
    assert [file for file in FILES if file.stem in drawers] == []


def test_no_test_folder_shadows_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_file_of_tests_imports_another() -> None:
    """What two of them need stands beside them, in a module without `test_` in its name."""
    found = [
        f"{file.name}: {name}"
        for file in (ROOT / "tests").rglob("*.py")
        for name in imported(ast.parse(file.read_text(encoding="utf-8")))
        if re.search(r"(^|\.)test_\w+$", name)
    ]
    assert found == []
