"""Texts made to be slow to read: one pattern that runs wild holds up the whole process."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.answers.documents import Facts
from bot.answers.markdown import markdown_lines
from bot.answers.passages import passages_of
from bot.answers.reading import document_of
from bot.slack.guard import judged
from bot.slack.markup import plain
from messages.amounts import parse_amount, parse_percent
from messages.errors import Problem
from messages.typed_lines import read_lines

LONGEST_FORM = 60_000
SECONDS = 4.0


def seconds(act: Callable[[], object]) -> float:
    """What an act costs of this process's time, however it ends."""
    began = time.process_time()
    with suppress(Problem):
        act()
    return time.process_time() - began


@pytest.mark.parametrize("read", [parse_amount, parse_percent, read_lines, plain])
@pytest.mark.parametrize(
    ("start", "unit", "end"),
    [
        ("1", " ", "x"),
        ("1", " ", "kr.x"),
        ("", "1", "x"),
        ("", "1 ", "x"),
        ("", "111 ", "x"),
        ("a", "\t ", "1"),
        ("", "<a", ""),
        ("", "&", ""),
        ("", "a: 1;", ""),
    ],
)
def test_a_field_is_read_or_refused_at_once(
    read: Callable[[str], object], start: str, unit: str, end: str
) -> None:
    text = start + unit * (LONGEST_FORM // len(unit)) + end
    assert seconds(lambda: read(text)) < SECONDS


@pytest.mark.parametrize(
    "unit",
    ["[", "![", "[a](", "[a", "**a ", "*a ", "_a ", "`a", "<!--", "<a", "#", " ", "> ", "| ", "|-"],
)
@pytest.mark.parametrize(("start", "end"), [("", ""), ("# a", "x"), ("|", "x|")])
def test_a_line_of_markdown_is_read_at_once(start: str, unit: str, end: str) -> None:
    line = start + unit * (100_000 // len(unit)) + end
    assert seconds(lambda: list(markdown_lines(line))) < SECONDS


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize("unit", ["a\n", "1. A\n", "---\n", "a-\n", "\n\na"])
def test_a_guideline_of_short_lines_is_read_in_time(unit: str, suffix: str) -> None:
    text = "Overskrift\n\nEn rigtig tekst her.\n\n" + unit * (60_000 // len(unit))

    def read() -> None:
        document = document_of(f"a{suffix}", text.encode(), Facts(), Path("a"))
        list(passages_of(document))

    assert seconds(read) < SECONDS


@pytest.mark.parametrize("unit", ['"', '\\"', '"\\', '"a', "[", "{"])
def test_a_signed_body_is_judged_at_once(unit: str) -> None:
    body = (unit * (1_000_000 // len(unit))).encode()
    ours = hmac.new(b"s", b"v0:1700000000:" + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": "1700000000",
        "x-slack-signature": f"v0={ours}",
    }
    assert seconds(lambda: judged(headers, body, "s", 1_700_000_000)) < SECONDS
    assert judged(headers, body, "s", 1_700_000_000).status == 400
