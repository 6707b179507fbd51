"""The Danish sentences that staff read, found in code, in the desk's templates and in the plans."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment

from messages.extraction import topic_staff_sentences
from scheduler.plans import packaged_plans

MARKS = {"N_", "words", "_"}
PACKAGES = ("messages", "scheduler", "bot")
_BUTTON = re.compile(r"<button[^>]*>\s*\{\{\s*_\(\"([^\"]+)\"\)")


def staff_sentences(root: Path) -> Iterator[tuple[str, str]]:
    """Each sentence with the file it stands in, files in order; one may come several times."""
    code = [file for package in PACKAGES for file in sorted((root / package).rglob("*.py"))]
    trees = {
        file.relative_to(root).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in code
    }
    problems = problem_classes(trees.values())
    for name, tree in trees.items():
        for sentence in in_code(tree, problems):
            yield sentence, name
    for file in [*sorted((root / "messages").rglob("*.j2")), *sorted((root / "bot").rglob("*.j2"))]:
        for sentence in in_template(file.read_text(encoding="utf-8")):
            yield sentence, file.relative_to(root).as_posix()
    yield from _plan_sentences()
    yield from topic_staff_sentences()


def problem_classes(trees: Iterable[ast.AST]) -> frozenset[str]:
    """The names of Problem and every class made of it: raised with a sentence to word."""
    parents = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {"Problem"}
    while more := {name for name, bases in parents.items() if bases & known} - known:
        known |= more
    return frozenset(known)


def in_code(tree: ast.AST, problems: frozenset[str]) -> Iterator[str]:
    """The marked sentences of one file: N_("…"), words("…"), Problem("…"), wrong(key, "…")."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        if name in MARKS or name in problems:
            yield from _strings(node.args[:1])
        elif name == "wrong":
            yield from _strings(node.args[1:2])


def button_labels(root: Path) -> frozenset[str]:
    """The sentences that stand on a button, where Slack and a phone cut what is too long."""
    found: set[str] = set()
    for file in sorted((root / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (isinstance(node, ast.Call) and _name(node.func) == "button") or _is_label(node):
                found.update(in_code(node, frozenset()))
    for file in sorted((root / "bot").rglob("*.j2")):
        found.update(_BUTTON.findall(file.read_text(encoding="utf-8")))
    return frozenset(found)


def in_template(source: str) -> Iterator[str]:
    """The sentences of a Jinja template; a syntax error is raised, never passed over."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for _, _, found in environment.extract_translations(source, ("_", "words")):  # type: ignore[attr-defined]
        for sentence in found if isinstance(found, tuple) else (found,):
            if isinstance(sentence, str):
                yield sentence


def _plan_sentences() -> Iterator[tuple[str, str]]:
    for plan in packaged_plans().values():
        place = f"scheduler/plans/{plan.id}.toml"
        yield plan.title, place
        for step in plan.steps:
            yield step.title, place
            yield step.text, place


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Name):
        return called.id
    return called.attr if isinstance(called, ast.Attribute) else ""


def _is_label(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "label" for target in node.targets
    )


def _strings(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        branches = (
            [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        )
        for branch in branches:
            if isinstance(branch, ast.Constant) and isinstance(branch.value, str) and branch.value:
                yield branch.value
