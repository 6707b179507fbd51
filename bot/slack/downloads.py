"""A file that somebody gave us in a form, fetched with the bot's own token into memory."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from slack_sdk import WebClient

from bot.answers.reading import LARGEST_FILE
from bot.errors import BotError
from bot.slack.failures import LOOKED_FOR, failure
from messages.tables import N_

SLACKS = frozenset({"files.slack.com"})
"""Where Slack keeps files; besides it only the host of the Web API itself is believed."""

SECONDS, LONGEST = 10, 60
_PIECE = 64 * 1024
_REFUSED = N_(
    "Slack ville ikke udlevere filen ({error}). Prøv igen; bliver det ved, så bed din "
    "administrator om at se efter adgangen files:read."
)
_TOO_LARGE = N_("{file} fylder mere end {limit} MB. Del den i mindre filer.")


@dataclass(frozen=True)
class Download:
    """A file in memory, under the name that its owner gave it."""

    name: str
    content: bytes


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the address that we were given, and nowhere else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def download(client: WebClient, file: str, user: str) -> Download:
    """The file of that id, which `user` uploaded. What Slack's API says of it counts, not what
    came with the form.

    Raises BotError when Slack does not tell about it, and when it is another's, too large, lies
    elsewhere, or is not handed out.
    """
    try:
        found: dict[str, Any] = client.files_info(file=file)["file"]
        name, size = str(found["name"] or "?"), int(found["size"])
        address, owner = str(found["url_private_download"]), found["user"]
    except (*LOOKED_FOR, LookupError, TypeError) as error:
        raise BotError(_REFUSED, error=failure(error, file).values["error"]) from None
    if owner != user:
        raise BotError(_REFUSED, error="user")
    if size > LARGEST_FILE:
        raise _too_large(name)
    _believe(address, client.base_url)
    return Download(name, _fetched(client, address, name))


def _believe(address: str, ours: str) -> None:
    """Raise BotError unless the address is Slack's own file server, or the API's host."""
    parts, api = urlsplit(address), urlsplit(ours)
    slacks = parts.scheme == "https" and parts.netloc in SLACKS
    if not slacks and (parts.scheme, parts.netloc) != (api.scheme, api.netloc):
        raise BotError(_REFUSED, error="host")


def _fetched(client: WebClient, address: str, name: str) -> bytes:
    request = Request(address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - judged by _believe
    pieces: list[bytes] = []
    ends = time.monotonic() + LONGEST
    try:
        with _opener(client).open(request, timeout=SECONDS) as answer:
            while piece := answer.read(_PIECE):
                pieces.append(piece)
                if len(pieces) * _PIECE > LARGEST_FILE + 2 * _PIECE:
                    raise _too_large(name)
                if time.monotonic() > ends:
                    raise BotError(_REFUSED, error="timeout")
            kind = _header(answer.headers)
    except HTTPError as error:
        error.close()
        raise BotError(_REFUSED, error=f"HTTP {error.code}") from None
    except LOOKED_FOR as error:
        raise BotError(_REFUSED, error=type(error).__name__) from None
    if kind.startswith("text/html"):  # a page to sign in at: the bot may not read files
        raise BotError(_REFUSED, error="files:read")
    return b"".join(pieces)


def _opener(client: WebClient) -> OpenerDirector:
    """Through the same proxy and with the same certificates as every other call."""
    proxies: Mapping[str, str] = (
        {"http": client.proxy, "https": client.proxy} if client.proxy else {}
    )
    context = client.ssl or ssl.create_default_context()
    return build_opener(ProxyHandler(dict(proxies)), HTTPSHandler(context=context), _NoRedirect())


def _header(headers: Mapping[str, str]) -> str:
    return (headers.get("Content-Type") or "").lower()


def _too_large(name: str) -> BotError:
    return BotError(_TOO_LARGE, file=name, limit=LARGEST_FILE // 1_000_000)
