"""What each failure of a call to Slack means for the message: gone for good, wait, or look first.

Codes: docs.slack.dev/reference/methods/chat.postMessage, "Errors". A code that stands in no table
is unsure: Slack says that a `fatal_error` may have partly succeeded, so we look before a new try.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import traceback
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from messages.errors import Problem
from messages.tables import N_
from scheduler.errors import PostFailed

LOOKED_FOR = (SlackClientError, OSError, http.client.HTTPException, ValueError, AttributeError)
"""What the SDK lets out of a call: its own errors, the network's, and bodies it cannot read."""

AT_LEAST, UNTOLD, AT_MOST = 1.0, 30.0, 3_600.0

_NO_SUCH = N_("Slack kender ikke modtageren {to} ({error}). Ret kanalen eller personens Slack-id.")
_SHUT = N_("Slack lukker ikke botten ind hos {to} ({error}). Invitér den: /invite @Brobygger.")
_NO_THREAD = N_("Tråden hos {to} findes ikke længere ({error}); beskeden blev ikke sendt.")
_UNFIT = N_("Slack afviser beskeden til {to} som ugyldig ({error}). Meld fejlen til udvikleren.")
_STAYS = N_("Slack lader ikke botten fjerne sin besked hos {to} ({error}).")
_LOCKED_OUT = N_(
    "Slack afviser bottens nøgle ({error}). Intet er tabt: geninstallér appen, og sæt "
    "SLACK_BOT_TOKEN på ny."
)
_LATER = N_("Slack beder os vente {seconds} sekunder ({error}).")
_AWAY = N_(
    "Slack kan ikke nås ({error}). Der prøves igen om lidt. Går vejen ud gennem en proxy, skal "
    "den stå i config.toml: [slack] proxy."
)
_UNTRUSTED = N_(
    "Svaret fra Slack er underskrevet af en myndighed, som maskinen ikke stoler på. Åbner jeres "
    "netværk trafikken, så skriv jeres eget rodcertifikat i config.toml: [slack] ca_file."
)
_SHUT_PROXY = N_(
    "Proxyen slipper os ikke igennem til Slack ({error}). Lad den åbne for slack.com og "
    "*.slack.com; kræver den et login, så skriv det i HTTPS_PROXY i miljøet."
)
_NO_LINE = N_(
    "Slack svarer, men linjen til Socket Mode kan ikke åbnes ({error}). Lad netværket åbne for "
    "wss://*.slack.com, eller brug [slack] mode = “http”."
)
_UNKNOWN = N_("Slack svarede ikke tydeligt ({error}). Der ses efter, før der prøves igen.")

PERMANENT = {
    "channel_not_found": _NO_SUCH,
    "user_not_found": _NO_SUCH,
    "user_disabled": _NO_SUCH,
    "cannot_dm_bot": _NO_SUCH,
    "invalid_users": _NO_SUCH,
    "is_archived": _SHUT,
    "not_in_channel": _SHUT,
    "restricted_action": _SHUT,
    "restricted_action_read_only_channel": _SHUT,
    "restricted_action_thread_only_channel": _SHUT,
    "restricted_action_non_threadable_channel": _SHUT,
    "restricted_action_thread_locked": _SHUT,
    "messages_tab_disabled": _SHUT,
    "cannot_reply_to_message": _NO_THREAD,
    "thread_not_found": _NO_THREAD,
    "message_not_found": _NO_THREAD,
    "user_not_in_channel": _SHUT,
    "msg_too_long": _UNFIT,
    "msg_blocks_too_long": _UNFIT,
    "invalid_blocks": _UNFIT,
    "invalid_blocks_format": _UNFIT,
    "invalid_arguments": _UNFIT,
    "invalid_metadata_format": _UNFIT,
    "invalid_metadata_schema": _UNFIT,
    "metadata_too_large": _UNFIT,
    "no_text": _UNFIT,
    "too_many_attachments": _UNFIT,
    "markdown_text_conflict": _UNFIT,
    "cant_delete_message": _STAYS,
    "compliance_exports_prevent_deletion": _STAYS,
}
"""No later try can succeed: the message becomes a dead letter that an administrator sees."""

LOCKED_OUT = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "org_login_required",
        "missing_scope",
        "not_allowed_token_type",
        "no_permission",
        "access_denied",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "team_access_not_granted",
        "two_factor_setup_required",
    }
)
"""The key is at fault, not the message: every message waits, and goes out when it is mended."""

ASKED_TO_WAIT = frozenset(
    {"ratelimited", "rate_limited", "message_limit_exceeded", "accesslimited", "team_added_to_org"}
)

_NEVER_LEFT = (ConnectionRefusedError, socket.gaierror)
_PROXY_SAID = re.compile(r"(?:Tunnel connection failed:|CONNECT via proxy status:) (\d{3})")
"""urllib's words and websocket-client's: neither has a type of its own for a proxy that refuses."""


def failure(error: Exception, to: str) -> PostFailed:
    """What `error`, out of a call that concerned `to`, means for the message."""
    if isinstance(error, SlackApiError):
        return _answered(error, to)
    reason = error.reason if isinstance(error, URLError) else error
    stopped = on_the_way(reason)
    if stopped:
        return stopped
    name = type(reason).__name__
    if isinstance(reason, _NEVER_LEFT):
        return PostFailed(_AWAY, error=name)
    return PostFailed(_UNKNOWN, unsure=True, error=name)


def _answered(error: SlackApiError, to: str) -> PostFailed:
    """The same, for a failure that Slack itself told of."""
    status, code = _told(error)
    if status == 429 or code in ASKED_TO_WAIT:
        seconds = retry_after(_header(error))
        return PostFailed(_LATER, retry_after=seconds, error=code, seconds=round(seconds))
    if code in LOCKED_OUT:
        return PostFailed(_LOCKED_OUT, stops_all=True, error=code)
    if status == 200 and code in PERMANENT:
        return PostFailed(PERMANENT[code], permanent=True, to=to, error=code)
    return PostFailed(_UNKNOWN, unsure=True, error=code if status == 200 else f"HTTP {status}")


def on_the_way(reason: object) -> PostFailed | None:
    """What stopped us before Slack: its certificate, or the proxy in between; else None."""
    if isinstance(reason, ssl.SSLCertVerificationError):
        return PostFailed(_UNTRUSTED, error=type(reason).__name__)
    refused = _PROXY_SAID.search(str(reason))
    return PostFailed(_SHUT_PROXY, error=f"HTTP {refused[1]}") if refused else None


def no_line(fault: Exception | None) -> PostFailed:
    """Why the line of Socket Mode did not open; `fault` is what websocket-client met, if it did."""
    return on_the_way(fault) or PostFailed(_NO_LINE, error=type(fault).__name__ if fault else "–")


def retry_after(header: str | None) -> float:
    """Seconds to wait: what Slack says, from 1 second to an hour; 30 when it says nothing usable.

    The cap keeps a mistaken header from silencing the bot for a day; should Slack mean it, the
    next try is told so again.
    """
    try:
        seconds = float(int(header or ""))
    except ValueError:
        return UNTOLD
    return min(max(seconds, AT_LEAST), AT_MOST)


def place_of(error: BaseException) -> str:
    """Where it went wrong, and what kind it was: not what it said, which may quote a person."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = error.message if isinstance(error, Problem) else type(error).__name__
    return f"{place.filename}:{place.lineno}: {said}"


def _told(error: SlackApiError) -> tuple[int, str]:
    """The status and Slack's code; a body that is not Slack's has no code, and is not repeated."""
    status = getattr(error.response, "status_code", 200)
    try:
        code = str(error.response["error"])
    except (AttributeError, KeyError, TypeError, ValueError):
        code = ""
    known = code.isascii() and code.replace("_", "").isalnum() and len(code) <= 60
    return status, code if known else "?"


def _header(error: SlackApiError) -> str | None:
    headers = getattr(error.response, "headers", {})
    value = next((headers[name] for name in headers if name.lower() == "retry-after"), None)
    return value if value is None or isinstance(value, str) else str(value[0])
