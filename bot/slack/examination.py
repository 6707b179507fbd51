"""What `brobygger doctor` finds in Slack: keys, scopes, channels, clock. Asks, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.examination.clock import compared
from bot.examination.finding import Finding, tried
from bot.slack.connection import Access, read_access
from bot.slack.declared import SCOPES, differences
from bot.slack.failures import LOOKED_FOR, failure
from bot.slack.socket_mode import knock
from messages.errors import Problem
from messages.tables import N_

if TYPE_CHECKING:
    from bot.app import App


def look_at_slack(
    app: App,
    environment: Mapping[str, str],
    now: datetime,
    connect: Callable[[Access], WebClient],
) -> Iterator[Finding]:
    """What must be right for the bot to answer in Slack; each finding as it is made."""
    yield from _slack(app, environment, now, connect)
    yield _manifest(packaged_manifest())


def packaged_manifest() -> dict[str, Any]:
    """The manifest in the wheel, or at the top of the checkout."""
    packaged = files("bot.slack") / "manifest.json"
    text = (
        packaged.read_text(encoding="utf-8")
        if packaged.is_file()
        else (Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8")
    )
    found: dict[str, Any] = json.loads(text)
    return found


def _slack(
    app: App,
    environment: Mapping[str, str],
    now: datetime,
    connect: Callable[[Access], WebClient],
) -> Iterator[Finding]:
    try:
        access = read_access(environment, app.config.slack)
        client = connect(access)
        ourselves = _asked(client.auth_test, "auth.test")
    except Problem as problem:
        yield Finding(False, problem)
        return
    bot, team = ourselves.get("user") or "?", ourselves.get("team") or "?"
    yield Finding(True, Problem(N_("Slack kender botten: @{bot} i {team}."), bot=bot, team=team))
    yield _scopes(_header(ourselves, "x-oauth-scopes"))
    yield compared(_header(ourselves, "date"), now)
    if app.config.slack.mode == "socket":
        yield tried(lambda: _app_token(client, access))
    named = (*app.config.slack.channels, app.config.slack.experts)
    for channel in dict.fromkeys((*named, app.config.followups.openings_channel)):
        if channel:
            yield _channel(client, channel)


def _asked(ask: Callable[[], SlackResponse], to: str) -> SlackResponse:
    try:
        return ask()
    except LOOKED_FOR as error:
        raise failure(error, to) from None


def _header(answer: SlackResponse, name: str) -> str:
    value = next((answer.headers[key] for key in answer.headers if key.lower() == name), "")
    return value if isinstance(value, str) else str(next(iter(value), ""))


def _scopes(granted: str) -> Finding:
    if not granted:
        return Finding(True, Problem(N_("Slack sagde ikke, hvilke adgange botten har.")))
    missing = sorted(set(SCOPES) - {one.strip() for one in granted.split(",")})
    if not missing:
        return Finding(True, Problem(N_("Botten har de adgange, den skal bruge.")))
    return Finding(
        False,
        Problem(N_("Botten mangler adgangene {names}."), names=", ".join(missing)),
        Problem(N_("Indsæt manifest.json under App Manifest, og geninstallér appen.")),
    )


def _app_token(client: WebClient, access: Access) -> Finding:
    opened = _asked(
        lambda: client.apps_connections_open(app_token=access.app_token), "apps.connections.open"
    )
    knock(str(opened.get("url")), access.network)
    said = N_("Socket Mode: nøglen SLACK_APP_TOKEN virker, og linjen kan åbnes.")
    return Finding(True, Problem(said))


def _channel(client: WebClient, channel: str) -> Finding:
    try:
        client.conversations_history(channel=channel, limit=1)
    except LOOKED_FOR as error:
        return Finding(
            False,
            Problem(N_("Kanalen {channel}: {why}"), channel=channel, why=failure(error, channel)),
            Problem(N_("Skriv /invite @Brobygger i kanalen, eller ret dens id i config.toml.")),
        )
    return Finding(True, Problem(N_("Botten er med i kanalen {channel}."), channel=channel))


def _manifest(manifest: Mapping[str, Any]) -> Finding:
    apart = differences(manifest)
    if not apart:
        return Finding(True, Problem(N_("manifest.json og koden passer sammen.")))
    return Finding(
        False,
        Problem(N_("manifest.json og koden er uenige om {names}."), names=", ".join(apart)),
        Problem(N_("Brug manifest.json fra den udgave, der er installeret.")),
    )
