"""Every sentence for translators, with the place it stands: topics, pictures, marked code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import IO

from messages.pictures import packaged_pictures
from messages.topics import packaged_topics, read_topic

MARK = "H_"


def handout_sentences() -> Iterator[tuple[str, str]]:
    """Each sentence of the handout catalog with its place: topics first, then code, then pictures.

    A place such as `loenseddel/step-2/picture-wage` tells a translator which picture is beside it.
    """
    for topic in packaged_topics():
        for sentence, place in topic.sentences():
            yield sentence, f"{topic.id}/{place}"
    for file in _python(files("messages")):
        for _, sentence in marked(file.read_text(encoding="utf-8")):
            yield sentence, f"messages/{file.name}"
    for picture in packaged_pictures().values():
        yield picture.alt, f"pictures/{picture.id}/for-who-cannot-see-it"
        yield picture.idea, f"pictures/{picture.id}/what-it-shows"


def topic_staff_sentences() -> Iterator[tuple[str, str]]:
    """What staff read of a topic: the labels of its facts, and what the talk should reach."""
    for topic in packaged_topics():
        for fact in topic.facts:
            yield fact.label, f"{topic.id}/fact-{fact.key}"
        if topic.goal:
            yield topic.goal, f"{topic.id}/goal"


def _python(folder: Traversable) -> list[Traversable]:
    found = (file for file in folder.iterdir() if file.name.endswith(".py"))
    return sorted(found, key=lambda file: file.name)


def marked(source: str, mark: str = MARK) -> Iterator[tuple[int, str]]:
    """The sentences that Python code marks with `mark`, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Name):
            continue
        first = node.args[0]
        if node.func.id == mark and isinstance(first, ast.Constant) and first.value:
            yield node.lineno, str(first.value)


def topic_messages(
    file: IO[bytes],
    keywords: object,  # noqa: ARG001 - the shape that Babel calls
    comment_tags: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's extractor for topics/*.toml, for a translator who runs `pybabel extract` herself."""
    text = file.read().decode()
    topic = read_topic(text, getattr(file, "name", "topic"))
    lines = text.splitlines()
    for sentence, place in topic.sentences():
        number = next((at for at, line in enumerate(lines, 1) if sentence in line), 1)
        yield number, None, sentence, [f"{topic.id}/{place}"]
