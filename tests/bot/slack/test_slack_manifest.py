"""The manifest that is pasted into Slack declares what the code handles, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

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
    "files_info": "files:read",
    "files_getUploadURLExternal": "files:write",
    "_upload_file": None,
    "files_completeUploadExternal": "files:write",
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

SCHEMA_SHA256 = "a9da8db3eb8cb48ca479fe17e711181a247e27f75ea94f90948dbe5b7910e029"
"""schemas/manifest.schema.2.0.0.json of slackapi/manifest-schema, of 21 July 2026."""

KNOWN = {
    "": "_metadata display_information features oauth_config settings",
    "_metadata": "major_version minor_version",
    "display_information": "name description background_color long_description",
    "features": "agent_view app_home bot_user shortcuts slash_commands",
    "features.agent_view": "agent_description suggested_prompts actions",
    "features.agent_view.suggested_prompts": "title message",
    "features.app_home": "home_tab_enabled messages_tab_enabled messages_tab_read_only_enabled",
    "features.bot_user": "display_name always_online",
    "features.shortcuts": "name type callback_id description",
    "features.slash_commands": "command url description usage_hint should_escape",
    "oauth_config": "scopes",
    "oauth_config.scopes": "bot",
    "settings": "event_subscriptions interactivity org_deploy_enabled socket_mode_enabled"
    " token_rotation_enabled",
    "settings.event_subscriptions": "bot_events request_url",
    "settings.interactivity": "is_enabled request_url message_menu_options_url",
}
"""What each part may hold: Slack refuses a manifest with a key that it does not know."""


@pytest.fixture(scope="module")
def published() -> Any:
    """Slack's own schema; BROBYGGER_MANIFEST_SCHEMA names the file (docs/developer.md)."""
    named = os.environ.get("BROBYGGER_MANIFEST_SCHEMA")
    if not named:
        pytest.skip("Slack's schema is not here: point BROBYGGER_MANIFEST_SCHEMA at it")
    content = Path(named).read_bytes()
    assert hashlib.sha256(content).hexdigest() == SCHEMA_SHA256, "another edition of the schema"
    return jsonschema.Draft7Validator(json.loads(content))


def test_the_manifest_is_valid_by_the_schema_that_slack_publishes(published: Any) -> None:
    assert [error.message for error in published.iter_errors(MANIFEST)] == []


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("display_information", "name", "x" * 36),
        ("display_information", "logo", "x"),
        ("settings", "socket_mode_enabled", "yes"),
        ("features", "agent_views", {}),
    ],
)
def test_the_published_schema_finds_what_slack_would_refuse(
    published: Any, part: str, key: str, value: object
) -> None:
    broken = MANIFEST | {part: MANIFEST[part] | {key: value}}
    assert not published.is_valid(broken)


def test_the_manifest_holds_no_key_that_slack_does_not_know() -> None:
    def look(held: Any, path: str) -> None:
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                assert set(one) <= set(KNOWN[path].split()), path
                for key, value in one.items():
                    look(value, f"{path}.{key}".lstrip("."))

    look(MANIFEST, "")


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
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    assert len(features["bot_user"]["display_name"]) <= 80
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
        assert len(shortcut["callback_id"]) <= 255
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command.get("usage_hint", "x")) <= 1_000
        assert len(command["description"]) <= 2_000


def test_it_is_an_internal_app_in_socket_mode_without_legacy_views() -> None:
    settings = MANIFEST["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"]["is_enabled"]
    assert not settings["org_deploy_enabled"]
    assert "assistant_view" not in MANIFEST["features"]
    assert "redirect_urls" not in MANIFEST["oauth_config"]
