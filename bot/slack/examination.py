"""What `brobygger doctor` finds: keys, scopes, channels, clock, store. Asks, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack.connection import Access, build_client, read_access
from bot.slack.declared import SCOPES, differences
from bot.slack.failures import LOOKED_FOR, failure
from bot.slack.socket_mode import knock
from bot.stores.inbox import Inbox
from messages.errors import Problem
from messages.rates import missing_rates
from messages.tables import N_
from scheduler import store_outbox

if TYPE_CHECKING:
    from bot.app import App

MOST_SKEW = 60
MOST_WAITING = 100


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well or not, what was seen, and the remedy where it is not well."""

    well: bool
    seen: Problem
    remedy: Problem | None = None


def examine(
    app: App,
    environment: Mapping[str, str],
    now: datetime,
    *,
    connect: Callable[[Access], WebClient] = build_client,
) -> Iterator[Finding]:
    """Everything that must be right for the bot to answer; each finding as it is made."""
    yield from _slack(app, environment, now, connect)
    yield _manifest(packaged_manifest())
    for part in (_store, _index, _languages, _people):
        yield _tried(lambda part=part: part(app))  # type: ignore[misc]
    yield _tried(lambda: _rates(app, now))


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


def _tried(look: Callable[[], Finding]) -> Finding:
    """What a look gives; a refusal is a finding too."""
    try:
        return look()
    except Problem as problem:
        return Finding(False, problem)


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
    yield _clock(_header(ourselves, "date"), now)
    if app.config.slack.mode == "socket":
        yield _tried(lambda: _app_token(client, access))
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


def _clock(date: str, now: datetime) -> Finding:
    try:
        skew = round(abs((now - parsedate_to_datetime(date)).total_seconds()))
    except (TypeError, ValueError):
        return Finding(True, Problem(N_("Slack sagde ikke, hvad klokken er.")))
    if skew <= MOST_SKEW:
        return Finding(True, Problem(N_("Uret går rigtigt (forskel {seconds} s)."), seconds=skew))
    return Finding(
        False,
        Problem(N_("Uret går {seconds} sekunder forkert."), seconds=skew),
        Problem(N_("Slå tidssynkronisering til på serveren, f.eks. med timedatectl.")),
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


def _store(app: App) -> Finding:
    waiting = Inbox(app.database).waiting()
    with app.database.read() as tx:
        dead = len(store_outbox.dead_letters(tx))
    said = Problem(
        N_("Databasen svarer: {waiting} venter, {dead} kunne ikke leveres."),
        waiting=waiting,
        dead=dead,
    )
    remedy = Problem(N_("Se App Home som administrator, og ret modtagerne i config.toml."))
    well = not dead and waiting < MOST_WAITING
    return Finding(well, said, None if well else remedy)


def _index(app: App) -> Finding:
    return Finding(
        app.answers.size > 0,
        Problem(N_("Vejledningerne: {count} afsnit at svare ud fra."), count=app.answers.size),
    )


def _languages(app: App) -> Finding:
    known = [code for code in app.library.languages if code in app.library.handout]
    return Finding(True, Problem(N_("Ark på sprogene {codes}."), codes=", ".join(known)))


def _people(app: App) -> Finding:
    without = [person.id for person in app.config.people if not person.slack]
    if not without:
        return Finding(True, Problem(N_("Alle medarbejdere har et Slack-id.")))
    return Finding(
        False,
        Problem(N_("Disse medarbejdere har intet Slack-id: {ids}."), ids=", ".join(without)),
        Problem(N_("Skriv slack under [people] i config.toml: Slack-profilen → ⋮ → kopiér id.")),
    )


def _rates(app: App, now: datetime) -> Finding:
    missing = missing_rates(app.library.rates, now.date())
    if not missing:
        return Finding(True, Problem(N_("Satserne er på plads.")))
    return Finding(
        False,
        Problem(N_("Satser mangler for {years}."), years=", ".join(map(str, missing))),
        Problem(N_("Læg rates/{year}.toml i mappen under [folders] rates."), year=missing[0]),
    )
