"""A form as Slack shows it: inputs, choices, and the frame around them. Pure data.

A field's block and its action carry the same name: by it a value is read and a mistake is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import time

from bot.slack.cards.blocks import Block
from bot.slack.markup import shortened
from bot.words import Words
from messages.tables import N_

View = dict[str, object]

_TITLE, _LABEL, _HINT, _OPTION, _PLACEHOLDER = 24, 2_000, 2_000, 75, 150
MOST_OPTIONS = 100


def form(
    name: str,
    title: str,
    blocks: Sequence[Block],
    words: Words,
    *,
    submit: str = "",
    about: Mapping[str, str] | None = None,
) -> View:
    """A modal. `name` is whose it is (callback_id); `about` travels with it and comes back; without
    `submit` there is only a way out.
    """
    view: View = {
        "type": "modal",
        "callback_id": name,
        "title": _plain(title, _TITLE),
        "close": _plain(words(N_("Luk")), _TITLE),
        "blocks": list(blocks),
        "private_metadata": json.dumps(about or {}, ensure_ascii=False, separators=(",", ":")),
    }
    return view | {"submit": _plain(submit, _TITLE)} if submit else view


def line(
    name: str,
    label: str,
    *,
    hint: str = "",
    example: str = "",
    optional: bool = False,
    text: str = "",
    longest: int = 80,
    lines: bool = False,
) -> Block:
    """A line to type in, or several."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "max_length": longest,
        "multiline": lines,
    }
    if example:
        element["placeholder"] = _plain(example, _PLACEHOLDER)
    if text:
        element["initial_value"] = text[:longest]
    return _input(name, label, element, hint=hint, optional=optional)


def day(name: str, label: str, *, hint: str = "", optional: bool = False, on: str = "") -> Block:
    """A date from a calendar; `on` is YYYY-MM-DD."""
    element: Block = {"type": "datepicker", "action_id": name}
    if on:
        element["initial_date"] = on
    return _input(name, label, element, hint=hint, optional=optional)


def clock(name: str, label: str, *, at: time | None = None) -> Block:
    """A time of the day, which may be left out."""
    element: Block = {"type": "timepicker", "action_id": name}
    if at:
        element["initial_time"] = f"{at:%H:%M}"
    return _input(name, label, element, hint="", optional=True)


def choice(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    placeholder: str,
    chosen: str = "",
    hint: str = "",
    optional: bool = False,
    at_once: bool = False,
) -> Block:
    """One of several, `options` being value and words. `at_once`: we hear of a choice."""
    listed = [option(value, said) for value, said in options[:MOST_OPTIONS]]
    element: Block = {
        "type": "static_select",
        "action_id": name,
        "placeholder": _plain(placeholder, _PLACEHOLDER),
        "options": listed,
    }
    first = next((one for one in listed if one["value"] == chosen), None)
    if first:
        element["initial_option"] = first
    made = _input(name, label, element, hint=hint, optional=optional)
    return made | {"dispatch_action": True} if at_once else made


def radios(name: str, label: str, options: Sequence[tuple[str, str]], *, chosen: str = "") -> Block:
    """One of a few, all in sight."""
    listed = [option(value, said) for value, said in options[:10]]
    element: Block = {"type": "radio_buttons", "action_id": name, "options": listed}
    first = next((one for one in listed if one["value"] == chosen), None)
    if first:
        element["initial_option"] = first
    return _input(name, label, element, hint="", optional=False)


def switches(
    name: str, label: str, options: Sequence[tuple[str, str]], *, on: Sequence[str] = ()
) -> Block:
    """Boxes to tick, none of them needed."""
    listed = [option(value, said) for value, said in options[:10]]
    element: Block = {"type": "checkboxes", "action_id": name, "options": listed}
    ticked = [one for one in listed if one["value"] in on]
    if ticked:
        element["initial_options"] = ticked
    return _input(name, label, element, hint="", optional=True)


def file(name: str, label: str, endings: Sequence[str], *, hint: str = "") -> Block:
    """One file from the person's own machine, by the endings that are read."""
    element: Block = {
        "type": "file_input",
        "action_id": name,
        "filetypes": list(endings),
        "max_files": 1,
    }
    return _input(name, label, element, hint=hint, optional=False)


def option(value: str, said: str) -> Block:
    return {"text": _plain(said, _OPTION), "value": value}


def _input(name: str, label: str, element: Block, *, hint: str, optional: bool) -> Block:
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label, _LABEL),
        "element": element,
        "optional": optional,
    }
    return made | {"hint": _plain(hint, _HINT)} if hint else made


def _plain(text: str, longest: int) -> Block:
    return {"type": "plain_text", "text": shortened(text, longest), "emoji": True}
