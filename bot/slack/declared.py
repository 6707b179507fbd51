"""What the manifest must declare for the code to be reached, compared with what it declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.slack.app import EVENTS
from bot.slack.door import COMMANDS, SHORTCUTS

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
    "users:read",
)
"""The least that the events and calls of bot/slack need; docs/slack.md says what each is for."""


def differences(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Each name that only one of the two knows, as `+name` (missing in the manifest) or `-name`."""
    features, settings = manifest["features"], manifest["settings"]
    declared_events = settings["event_subscriptions"]["bot_events"]
    return (
        *_apart(EVENTS, {event.partition(".")[0] for event in declared_events}),
        *_apart(COMMANDS, {one["command"] for one in features.get("slash_commands", [])}),
        *_apart(SHORTCUTS, {one["callback_id"] for one in features.get("shortcuts", [])}),
        *_apart(SCOPES, set(manifest["oauth_config"]["scopes"]["bot"])),
    )


def _apart(handled: Iterable[str], declared: set[str]) -> Iterator[str]:
    yield from (f"+{name}" for name in sorted(set(handled) - declared))
    yield from (f"-{name}" for name in sorted(declared - set(handled)))
