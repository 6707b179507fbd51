"""The few block kinds that our cards are made of, as plain data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.slack.markup import clipped, shortened

Block = dict[str, object]

_NAMES = re.compile(r"[@#]|://|www\.")
_SECTION = 3_000
_LINE = 2_000


class Card(NamedTuple):
    """A message to be: the fallback text that notifications read out, and the blocks."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def json(self) -> str:
        """The blocks as the outbox keeps them."""
        return json.dumps(self.blocks, ensure_ascii=False, separators=(",", ":"))


def section(markdown: str, block_id: str) -> Block:
    """A paragraph of escaped Slack markdown."""
    return {"type": "section", "block_id": block_id, "text": _markdown(markdown, _SECTION)}


def context(markdown: str, block_id: str) -> Block:
    """A small grey line: sources, notes, who did what."""
    return {"type": "context", "block_id": block_id, "elements": [_markdown(markdown, _LINE)]}


def header(text: str) -> Block:
    return {
        "type": "header",
        "text": {"type": "plain_text", "text": shortened(text, 150), "emoji": True},
    }


def fields(texts: Sequence[str], block_id: str) -> Block:
    """Short texts in two columns, at most ten; on a phone they stand below each other."""
    return {
        "type": "section",
        "block_id": block_id,
        "fields": [_markdown(text, _LINE) for text in texts[:10]],
    }


def divider() -> Block:
    return {"type": "divider"}


def buttons(*elements: Block, block_id: str) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    label: str, action_id: str, value: str, *, style: str | None = None, about: str = ""
) -> Block:
    """A button; its label is plain text, so nothing in it can fire. `about`: what a screen reader
    adds to the label, where the same one stands several times."""
    words: Block = {"type": "plain_text", "text": shortened(label, 75), "emoji": True}
    made: Block = {"type": "button", "text": words, "action_id": action_id, "value": value}
    if about:
        made["accessibility_label"] = shortened(f"{label}: {about}", 75)
    return made | {"style": style} if style else made


def asks_first(made: Block, title: str, text: str, yes: str, no: str) -> Block:
    """A button that asks whether it was meant before anything happens."""
    words = {"title": (title, 100), "text": (text, 300), "confirm": (yes, 30), "deny": (no, 30)}
    confirm = {
        name: {"type": "plain_text", "text": shortened(said, longest)}
        for name, (said, longest) in words.items()
    }
    return made | {"confirm": confirm}


def menu(label: str, action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """A choice that is acted on at once; options are value and words."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": {"type": "plain_text", "text": shortened(label, 150), "emoji": True},
        "options": _options(options),
    }


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """The menu behind three dots, for what is rare; at most five options."""
    return {"type": "overflow", "action_id": action_id, "options": _options(options[:5])}


def feedback(action_id: str, up: tuple[str, str], down: tuple[str, str], *, block_id: str) -> Block:
    """Slack's two thumbs; each is its words and its value."""
    thumbs = {
        name: {"text": {"type": "plain_text", "text": said}, "value": value}
        for name, (said, value) in (("positive_button", up), ("negative_button", down))
    }
    element = {"type": "feedback_buttons", "action_id": action_id} | thumbs
    return {"type": "context_actions", "block_id": block_id, "elements": [element]}


def _options(options: Sequence[tuple[str, str]]) -> list[Block]:
    return [
        {
            "text": {"type": "plain_text", "text": shortened(said, 75), "emoji": True},
            "value": value,
        }
        for value, said in options
    ]


def _markdown(text: str, longest: int) -> Block:
    """`verbatim` keeps plain names and addresses from turning into mentions and links. It is set
    where there are any: renderers for pictures show verbatim text unformatted.
    """
    made: Block = {"type": "mrkdwn", "text": clipped(text, longest)}
    return made | {"verbatim": True} if _NAMES.search(text) else made
