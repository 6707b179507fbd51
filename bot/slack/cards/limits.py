"""Slack's limits on a message, checked before it leaves: a card that breaks one never arrives.

The lengths within one block are those of slack_sdk's models; the total was measured by others
(slackapi/bolt-js #2509: `msg_blocks_too_long` from about 13,200 characters, undocumented).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

MOST_BLOCKS = 50
MOST_TEXT = 12_000
MOST_IN_VIEW = 100
MOST_METADATA = 3_000

Json = Mapping[str, object]


def check_message(text: str, blocks: Sequence[Json]) -> tuple[str, ...]:
    """Each limit that the message breaks, in words for a developer; empty when Slack takes it."""
    return tuple(_found(text, blocks))


def check_view(view: Json) -> tuple[str, ...]:
    """Each limit that a form or the App Home breaks; empty when Slack takes it."""
    return tuple(_in_view(view))


def _in_view(view: Json) -> Iterator[str]:
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not 0 < len(blocks) <= MOST_IN_VIEW:
        yield f"a view has 1 to {MOST_IN_VIEW} blocks"
        return
    for place, block in enumerate(blocks, start=1):
        for fault in _in_block(block):
            yield f"block {place} ({block.get('type')}): {fault}"
    yield from _twice(blocks)
    try:
        View(**dict[str, Any](view)).to_dict()
    except SlackObjectFormationError as error:
        yield str(error)
    asks = any(block.get("type") == "input" for block in blocks)
    if asks and view.get("type") == "modal" and not view.get("submit"):
        yield "a form with fields needs a submit"
    if len(str(view.get("private_metadata") or "")) > MOST_METADATA:
        yield f"private_metadata is longer than {MOST_METADATA}"


def _twice(blocks: Sequence[Json]) -> Iterator[str]:
    for key in ("block_id", "action_id"):
        for name, times in Counter(_values(blocks, key)).items():
            if times > 1:
                yield f"{key} {name!r} stands {times} times"


def _found(text: str, blocks: Sequence[Json]) -> Iterator[str]:
    if not text.strip():
        yield "the fallback text is empty: notifications and screen readers have nothing to say"
    if not 0 < len(blocks) <= MOST_BLOCKS:
        yield f"{len(blocks)} blocks: a message has 1 to {MOST_BLOCKS}"
    for place, block in enumerate(blocks, start=1):
        for fault in _in_block(block):
            yield f"block {place} ({block.get('type')}): {fault}"
    yield from _twice(blocks)
    total = sum(len(words) for words in _values(blocks, "text"))
    if total + len(text) >= MOST_TEXT:
        yield f"{total + len(text)} characters of text: a message stays under {MOST_TEXT}"


def _in_block(block: Json) -> Iterator[str]:
    try:
        parsed = Block.parse(dict(block))
        if parsed is None:
            yield "slack_sdk does not know this type"
        else:
            parsed.to_dict()
    except SlackObjectFormationError as error:
        yield str(error)
    for picture in _tables(block):
        if picture.get("type") == "image" and not picture.get("alt_text"):
            yield "an image without alt_text"
    for words in _values([block], "text"):
        if not words.strip():
            yield "an empty text"


def _tables(value: object) -> Iterator[Json]:
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _tables(inner)


def _values(value: object, key: str) -> Iterator[str]:
    for table in _tables(value):
        found = table.get(key)
        if isinstance(found, str):
            yield found
