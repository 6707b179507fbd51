"""The manifest that is pasted into Slack declares what the code handles, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.slack.app import EVENTS, PRESSES

ROOT = Path(__file__).parents[3]
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
SOURCES = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot/slack").rglob("*.py"))

# What each scope is for: the event or the call that needs it.
NEEDED_BY = {
    "app_mentions:read": "app_mention",
    "assistant:write": None,  # goes with agent_view
    "channels:history": "message.channels",
    "chat:write": "chat_postMessage",
    "groups:history": "message.groups",
    "im:history": "message.im",
    "im:write": "conversations_open",
}
SCOPE_OF_CALL = {
    "auth_test": None,
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "chat_delete": "chat:write",
    "conversations_history": "channels:history",
    "conversations_replies": "channels:history",
    "conversations_open": "im:write",
}


def declared_events() -> set[str]:
    return set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


def test_every_event_that_is_handled_is_declared_and_the_reverse() -> None:
    assert {event.partition(".")[0] for event in declared_events()} == set(EVENTS)


def test_buttons_and_interactivity_go_together() -> None:
    assert bool(PRESSES) == MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_no_command_or_shortcut_is_declared_that_nothing_handles() -> None:
    assert set(MANIFEST["features"]) == {"agent_view", "app_home", "bot_user"}


def test_the_scopes_are_the_least_that_the_events_and_calls_need() -> None:
    calls = set(re.findall(r"_?client\.(\w+_\w+)\(", SOURCES))
    assert calls == set(SCOPE_OF_CALL)
    scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    assert scopes == set(NEEDED_BY)
    assert {scope for scope in SCOPE_OF_CALL.values() if scope} <= scopes
    for scope, reason in NEEDED_BY.items():
        assert reason is None or reason in declared_events() | calls, scope
    assert "user" not in MANIFEST["oauth_config"]["scopes"]


def test_the_texts_keep_slacks_limits() -> None:
    shown, agent = MANIFEST["display_information"], MANIFEST["features"]["agent_view"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert len(agent["agent_description"]) <= 300
    assert len(agent["suggested_prompts"]) <= 4


def test_it_is_an_internal_app_in_socket_mode_without_legacy_views() -> None:
    settings = MANIFEST["settings"]
    assert settings["socket_mode_enabled"]
    assert not settings["org_deploy_enabled"]
    assert "assistant_view" not in MANIFEST["features"]
    assert "redirect_urls" not in MANIFEST["oauth_config"]
