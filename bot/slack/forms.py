"""A form between a press and its result: what was typed, what is wrong with it, what comes next.

What is typed is held in memory for the one request, and never enters the inbox.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.people import Actor
from bot.slack.cards.blocks import section
from bot.slack.cards.fields import View, form
from bot.slack.front import Front
from bot.slack.incoming import Body, listed, table, text_of
from bot.slack.markup import escaped
from bot.words import Words


@dataclass(frozen=True)
class Visit:
    """One person at one form. `channel` and `ts` are where the press came from, or empty."""

    front: Front
    actor: Actor
    words: Words
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True)
class Typed:
    """The values by field name, and what the form was about when it was opened. A file is its id
    and its name: what else came along about it is not believed."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The field's one value without blanks around it, empty when there is none."""
        return next(iter(self.all(name)), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def under(self, prefix: str) -> dict[str, str]:
        """The filled fields whose name begins with `prefix`, by the rest of it."""
        found = {
            name.removeprefix(prefix): self.get(name)
            for name in self.values
            if name.startswith(prefix)
        }
        return {name: text for name, text in found.items() if text}


@dataclass(frozen=True)
class Wrong:
    """What is wrong, by field; the form stays open with it."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class Next:
    """What stands in the form's place now, and what is still to be done once Slack was answered.
    unfinished: the msgid of what to say should `after` never come to its end, empty for nothing:
    what was typed is gone then, for it is kept nowhere."""

    view: View
    after: Callable[[], None] | None = None
    unfinished: str = ""


class Form(Protocol):
    """One form. `open` and `change` build what is shown; `submit` asks the action."""

    name: str

    def open(self, visit: Visit, about: Mapping[str, str]) -> View: ...

    def change(self, visit: Visit, typed: Typed) -> View | None: ...

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next: ...


def told(name: str, title: str, sentences: str, words: Words) -> View:
    """A form's last page: it only says what happened."""
    return form(name, title, [section(escaped(sentences), "told")], words)


def read_typed(body: Body) -> Typed:
    """The values in a `view` of Slack's, whatever kind of field they came from."""
    view = table(body.get("view"))
    values: dict[str, tuple[str, ...]] = {}
    for name, block in table(table(view.get("state")).get("values")).items():
        for element in table(block).values():
            values[str(name)] = _values(table(element))
    return Typed(values, _about(text_of(view, "private_metadata")))


def _values(element: Body) -> tuple[str, ...]:
    chosen = [
        table(element.get("selected_option")),
        *map(table, listed(element, "selected_options")),
    ]
    plain = (
        text_of(element, "value"),
        text_of(element, "selected_date"),
        text_of(element, "selected_time"),
    )
    files = [
        text_of(table(file), key) for file in listed(element, "files") for key in ("id", "name")
    ]
    values = (*plain, *(text_of(each, "value") for each in chosen), *files)
    return tuple(one for one in values if one)


def _about(text: str) -> dict[str, str]:
    """What we sent along; anything else than a table of texts is nothing."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)}
