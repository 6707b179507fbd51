"""The way to Slack: the tokens from the environment, and a client that never tries twice."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError
from slack_sdk.web.file_upload_v2_result import FileUploadV2Result

from bot.config import Slack
from bot.errors import BotError
from bot.slack.failures import LOOKED_FOR, failure
from bot.slack.network import Network, read_network
from bot.slack.seldom import SELDOM
from messages.errors import Problem
from messages.tables import N_

SLACK = "https://slack.com/api/"
POST_SECONDS = 10

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_WANTED = {
    "SLACK_BOT_TOKEN": (
        re.compile(r"xoxb-[A-Za-z0-9-]+"),
        N_(
            "  SLACK_BOT_TOKEN begynder med xoxb-. Find den på api.slack.com/apps → din app → "
            "OAuth & Permissions → Bot User OAuth Token."
        ),
    ),
    "SLACK_APP_TOKEN": (
        re.compile(r"xapp-[A-Za-z0-9-]+"),
        N_(
            "  SLACK_APP_TOKEN begynder med xapp-. Lav den på api.slack.com/apps → din app → "
            "Basic Information → App-Level Tokens, med adgangen connections:write."
        ),
    ),
    "SLACK_SIGNING_SECRET": (
        re.compile(r"[0-9a-f]{32}"),
        N_(
            "  SLACK_SIGNING_SECRET er 32 tegn. Find den på api.slack.com/apps → din app → "
            "Basic Information → App Credentials → Signing Secret."
        ),
    ),
}
TOKENS = tuple(_WANTED)
_NEEDED = {
    "socket": ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
    "http": ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
}


@dataclass(frozen=True)
class Access:
    """The tokens, the address and the way there; the tokens are left out of every print."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    address: str = SLACK
    signing_secret: str = field(default="", repr=False)
    network: Network = field(default_factory=Network)


@dataclass(frozen=True)
class Ourselves:
    """Who the token says that we are."""

    bot_user: str
    name: str
    team: str
    team_id: str = ""


def read_access(environment: Mapping[str, str], slack: Slack | None = None) -> Access:
    """The tokens that the mode needs and the address, in the environment; the way there besides.

    Raises BotError that tells about every token that is missing or of the wrong kind, and where
    to get it; the tokens themselves are never repeated. And for a proxy or a file of certificates
    that cannot be used.
    """
    slack = slack or Slack()
    given = {name: environment.get(name, "").strip() for name in _WANTED}
    wrong = tuple(
        Problem(_WANTED[name][1])
        for name in _NEEDED[slack.mode]
        if not _WANTED[name][0].fullmatch(given[name])
    )
    if wrong:
        raise BotError(
            "Brobygger mangler nøgler til Slack i miljøet:\n{tokens}\n"
            "Vejledningen står i docs/slack.md. Uden Slack: prøv brobygger demo.",
            tokens=wrong,
        )
    return Access(
        given["SLACK_BOT_TOKEN"],
        given["SLACK_APP_TOKEN"],
        _address(environment.get("SLACK_API_URL", "")),
        given["SLACK_SIGNING_SECRET"],
        read_network(slack.proxy, slack.ca_file, environment),
    )


class _StraightClient(WebClient):
    """Follows no redirect: the token goes to the address that we were given, and nowhere else."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        # urllib counts the redirects on the request; a full count makes the first an HTTPError.
        req.redirect_dict = dict.fromkeys(range(HTTPRedirectHandler.max_redirections), 0)  # type: ignore[attr-defined]
        return super()._perform_urllib_http_request_internal(url, req)

    def _upload_file(self, *, url: str, **more: Any) -> FileUploadV2Result:
        """Slack names where a file goes: only Slack's own file server is believed."""
        parts, ours = urlsplit(url), urlsplit(self.base_url)
        slacks = parts.scheme == "https" and parts.hostname == "files.slack.com"
        if not slacks and parts.netloc != ours.netloc:
            raise SlackRequestError("files.getUploadURLExternal named another server")
        return super()._upload_file(url=url, **more)


def build_client(access: Access) -> WebClient:
    """A client that waits at most ten seconds and leaves every new try to the outbox."""
    logger = logging.getLogger("bot.slack.web")
    # Below a warning the SDK prints whole messages.
    logger.setLevel(max(logger.getEffectiveLevel(), logging.WARNING))
    logger.addFilter(SELDOM)
    SELDOM.forget()
    return _StraightClient(
        token=access.bot_token,
        base_url=access.address,
        timeout=POST_SECONDS,
        retry_handlers=[],
        proxy=access.network.proxy or None,
        ssl=access.network.trust,
        logger=logger,
    )


def introduce(client: WebClient) -> Ourselves:
    """Ask Slack who we are. Raises PostFailed when the token is refused or Slack is away."""
    try:
        answer = client.auth_test()
    except LOOKED_FOR as error:
        raise failure(error, "auth.test") from None
    return Ourselves(
        bot_user=str(answer.get("user_id") or ""),
        name=str(answer.get("user") or ""),
        team=str(answer.get("team") or ""),
        team_id=str(answer.get("team_id") or ""),
    )


def _address(text: str) -> str:
    """Where the Web API is; the tokens go there, so only over TLS or to this machine."""
    address = text.strip() or SLACK
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return address.rstrip("/") + "/"
    raise BotError(
        "SLACK_API_URL er “{address}”, men skal begynde med https://. "
        "Fjern den for at bruge Slack.",
        address=address[:80],
    )
