"""What Slack sends, read into the few things that we act on. Pure; whatever is not ours is None.

Only what is returned here is ever stored: ids, and one text that is short and masked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.slack.markup import plain
from bot.stores.inbox import Incoming, Intent
from messages.personal_data import holds_cpr, mask_cpr

LONGEST_QUESTION = 2_000
CUT = "cut"
"""The value of a question of which only the first part was kept."""

_LONGEST_VALUE = 200
_CALLED = re.compile(r"<@([A-Z0-9]+)[|>]")
_A_PERSON_WROTE = frozenset({None, "file_share", "thread_broadcast"})
_SLACKBOT = "USLACKBOT"

Body = Mapping[str, object]


def read_message(body: Body, bot_user: str) -> Incoming | None:
    """The question in an `app_mention` or `message` event.

    None for what is not for us: our own and other bots' messages, edits, deletions, joins, and
    channel messages outside a thread. A channel message inside a thread counts only where the bot
    takes part already (the inbox looks up `conversation`), and not when it calls somebody else.
    """
    event = _table(body.get("event"))
    channel, sender, ts = _text(event, "channel"), _text(event, "user"), _text(event, "ts")
    if not (channel and ts and _text(body, "event_id") and _by_a_person(event, sender)):
        return None
    raw = _text(event, "text")
    called = _CALLED.findall(raw)
    inside = _text(event, "thread_ts")
    addressed = (
        event.get("type") == "app_mention"
        or event.get("channel_type") == "im"
        or bot_user in called
    )
    if not addressed and (called or not inside):
        return None
    question = plain(raw)
    personal = holds_cpr(raw) or holds_cpr(question)
    return Incoming(
        id=_text(body, "event_id"),
        kind=Intent.PERSONAL if personal else Intent.QUESTION,
        channel=channel,
        sender=sender,
        ts=ts,
        thread=inside or ts,
        message=f"{channel}:{ts}",
        conversation=f"{channel}:{inside or ts}",
        text="" if personal else mask_cpr(question)[:LONGEST_QUESTION],
        value=CUT if len(question) > LONGEST_QUESTION else "",
        addressed=addressed,
    )


def read_press(body: Body, intent: Intent) -> Incoming | None:
    """The press of a button in a message, or None when it came from elsewhere."""
    action = _table((_list(body.get("actions")) or [None])[0])
    container = _table(body.get("container"))
    sender = _text(_table(body.get("user")), "id")
    channel = _text(container, "channel_id") or _text(_table(body.get("channel")), "id")
    ts = _text(container, "message_ts")
    if not (sender and channel and ts):
        return None
    pressed = ":".join((_text(action, "action_id"), _text(action, "action_ts")))
    return Incoming(
        id=mask_cpr(f"press:{channel}:{ts}:{sender}:{pressed}")[:_LONGEST_VALUE],
        kind=intent,
        channel=channel,
        sender=sender,
        ts=ts,
        thread=_text(container, "thread_ts") or None,
        value=mask_cpr(_text(action, "value"))[:_LONGEST_VALUE],
    )


def _by_a_person(event: Body, sender: str) -> bool:
    return (
        bool(sender)
        and sender != _SLACKBOT
        and event.get("subtype") in _A_PERSON_WROTE
        and not event.get("bot_id")
        and not event.get("bot_profile")
        and not event.get("edited")
        and not event.get("hidden")
    )


def _text(table: Body, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _table(value: object) -> Body:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
