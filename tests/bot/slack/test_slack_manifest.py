"""The manifest that is pasted into Slack declares what the code handles, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.slack.app import EVENTS
from bot.slack.declared import SCOPES, differences
from bot.slack.door import COMMANDS, SHORTCUTS

ROOT = Path(__file__).parents[3]
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
SOURCES = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot/slack").rglob("*.py"))

SCOPE_OF_CALL = {
    "apps_connections_open": None,  # the app token's own scope
    "auth_test": None,
    "assistant_threads_setStatus": "assistant:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "chat_delete": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "channels:history",
    "conversations_open": "im:write",
    "conversations_replies": "channels:history",
    "files_delete": "files:write",
    "files_upload_v2": "files:write",
    "users_info": "users:read",
    "views_open": None,
    "views_publish": None,
    "views_update": None,
}
SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


def test_every_handler_is_declared_and_the_reverse() -> None:
    assert differences(MANIFEST) == ()


def test_a_command_a_shortcut_or_an_event_that_is_not_declared_is_found_out() -> None:
    manifest = json.loads(json.dumps(MANIFEST))
    manifest["features"]["slash_commands"].pop()
    manifest["features"]["shortcuts"].pop()
    manifest["settings"]["event_subscriptions"]["bot_events"].append("reaction_added")
    manifest["oauth_config"]["scopes"]["bot"].append("users:read.email")
    found = " ".join(differences(manifest))
    for name in (COMMANDS[-1], "make_sheet", "reaction_added", "users:read.email"):
        assert name in found


def test_the_scopes_are_the_least_that_the_events_and_calls_need() -> None:
    calls = set(re.findall(r"_?client\.(\w+_\w+)\(", SOURCES)) - {"is_connected"}
    assert calls == set(SCOPE_OF_CALL)
    declared = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    assert declared == set(SCOPE_OF_EVENT)
    needed = {*SCOPE_OF_CALL.values(), *SCOPE_OF_EVENT.values(), "commands"} - {None}
    assert set(SCOPES) == needed
    assert "user" not in MANIFEST["oauth_config"]["scopes"]


def test_events_commands_and_shortcuts_are_those_of_the_manifest() -> None:
    features = MANIFEST["features"]
    assert {one["command"] for one in features["slash_commands"]} == set(COMMANDS)
    assert {one["callback_id"]: one["type"] for one in features["shortcuts"]} == SHORTCUTS
    declared = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in declared} == set(EVENTS)


def test_the_texts_keep_slacks_limits() -> None:
    shown, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2_000


def test_it_is_an_internal_app_in_socket_mode_without_legacy_views() -> None:
    settings = MANIFEST["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"]["is_enabled"]
    assert not settings["org_deploy_enabled"]
    assert "assistant_view" not in MANIFEST["features"]
    assert "redirect_urls" not in MANIFEST["oauth_config"]
