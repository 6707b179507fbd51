"""What Slack sends, read into the few things that we act on. Pure; whatever is not ours is None.

Only what is returned here is ever stored: ids, and one text that is short and masked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.slack.markup import plain
from bot.slack.visitors import from_elsewhere
from bot.stores.inbox import Incoming, Intent
from messages.personal_data import holds_cpr, mask_cpr

LONGEST_QUESTION = 2_000
CUT = "cut"
"""The value of a question of which only the first part was kept."""

ALONE = "alone"
"""The value of a press on a card that only the presser sees."""

_LONGEST_VALUE = 200
_CALLED = re.compile(r"<@([A-Z0-9]+)[|>]")
_A_PERSON_WROTE = frozenset({None, "file_share", "thread_broadcast"})
_SLACKBOT = "USLACKBOT"

# A null sign and half a pair: no database takes them, and one such row would hold up the others.
_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)])

Body = Mapping[str, object]


def read_message(body: Body, bot_user: str) -> Incoming | None:
    """The question in an `app_mention` or `message` event.

    None for what is not for us: our own and other bots' messages, edits, deletions, joins, and
    channel messages outside a thread. A channel message inside a thread counts only where the bot
    takes part already (the inbox looks up `conversation`), and not when it calls somebody else.
    """
    event = table(body.get("event"))
    channel, sender, ts = text_of(event, "channel"), text_of(event, "user"), text_of(event, "ts")
    if not (channel and ts and text_of(body, "event_id") and _by_a_person(event, sender)):
        return None
    raw = text_of(event, "text")
    called = _CALLED.findall(raw)
    inside = text_of(event, "thread_ts")
    addressed = (
        event.get("type") == "app_mention"
        or event.get("channel_type") == "im"
        or bot_user in called
    )
    if not addressed and (called or not inside):
        return None
    question = plain(raw)
    kind = _kind(raw, question, body)
    return Incoming(
        id=text_of(body, "event_id"),
        kind=kind,
        channel=channel,
        sender=sender,
        ts=ts,
        thread=inside or ts,
        message=f"{channel}:{ts}",
        conversation=f"{channel}:{inside or ts}",
        text=mask_cpr(question)[:LONGEST_QUESTION] if kind is Intent.QUESTION else "",
        value=CUT if len(question) > LONGEST_QUESTION else "",
        addressed=addressed,
    )


def read_press(body: Body, intent: Intent, value: str) -> Incoming | None:
    """The press of a button, or None when nobody pressed it. On the App Home it has no channel.

    The value of a question is its text; of everything else an id.
    """
    action = table((listed(body, "actions") or [None])[0])
    container = table(body.get("container"))
    sender = text_of(table(body.get("user")), "id")
    if not sender:
        return None
    channel = text_of(container, "channel_id") or text_of(table(body.get("channel")), "id")
    ts = text_of(container, "message_ts")
    where = f"{channel}:{ts}" if ts else text_of(container, "view_id")
    pressed = ":".join((text_of(action, "action_id"), text_of(action, "action_ts")))
    asks = intent in (Intent.SHARE, Intent.AGAIN)
    foreign = from_elsewhere(body)
    return Incoming(
        id=mask_cpr(f"press:{where}:{sender}:{pressed}")[:_LONGEST_VALUE],
        kind=Intent.FOREIGN if foreign else intent,
        channel=channel,
        sender=sender,
        ts=ts,
        thread=text_of(container, "thread_ts") or None,
        text=mask_cpr(value)[:LONGEST_QUESTION] if asks and not foreign else "",
        value=_alone(container) if asks else mask_cpr(value)[:_LONGEST_VALUE],
    )


def read_look_up(body: Body) -> Incoming | None:
    """The message under a message shortcut, as a question that only the presser sees answered."""
    message = table(body.get("message"))
    sender = text_of(table(body.get("user")), "id")
    channel, ts = text_of(table(body.get("channel")), "id"), text_of(message, "ts")
    if not (sender and channel and ts):
        return None
    raw = text_of(message, "text")
    question = plain(raw)
    kind = _kind(raw, question, body)
    return Incoming(
        id=f"look:{channel}:{ts}:{sender}:{text_of(body, 'action_ts')}"[:_LONGEST_VALUE],
        kind=Intent.LOOK_UP if kind is Intent.QUESTION else kind,
        channel=channel,
        sender=sender,
        ts=ts,
        thread=text_of(message, "thread_ts") or None,
        text=mask_cpr(question)[:LONGEST_QUESTION] if kind is Intent.QUESTION else "",
        value=CUT if len(question) > LONGEST_QUESTION else "",
    )


def read_opening(body: Body) -> Incoming | None:
    """Somebody opened the app: its Home, or its messages, where questions are suggested."""
    event = table(body.get("event"))
    sender, tab = text_of(event, "user"), text_of(event, "tab")
    if not (sender and text_of(body, "event_id") and tab in ("home", "messages")):
        return None
    return Incoming(
        id=text_of(body, "event_id"),
        kind=Intent.HOME if tab == "home" else Intent.PROMPTS,
        channel=text_of(event, "channel"),
        sender=sender,
        ts="",
    )


def plain_question(raw: str) -> tuple[str, bool]:
    """A question as we keep it, and whether it was cut: without markup, masked, short."""
    question = plain(raw)
    return mask_cpr(question)[:LONGEST_QUESTION], len(question) > LONGEST_QUESTION


def _kind(raw: str, question: str, body: Body) -> Intent:
    if from_elsewhere(body):
        return Intent.FOREIGN
    return Intent.PERSONAL if holds_cpr(raw) or holds_cpr(question) else Intent.QUESTION


def _alone(container: Body) -> str:
    return ALONE if container.get("is_ephemeral") is True else ""


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


def text_of(values: Body, key: str) -> str:
    """The text under `key`, empty when there is none."""
    value = values.get(key)
    return value.translate(_UNSTORABLE) if isinstance(value, str) else ""


def table(value: object) -> Body:
    """`value` where it is a table, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def listed(values: Body, key: str) -> list[object]:
    """The list under `key`, empty when there is none."""
    value = values.get(key)
    return value if isinstance(value, list) else []
