"""What stands in front of Bolt in HTTP mode: who is not Slack gets no further than here. Pure.

Bolt parses a body before it checks the signature, and answers odd headers and bodies with an
error of its own (measured: 500, RecursionError). So the raw bytes are checked first, here.
Slack's rule: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

LARGEST = 1_048_576
MOST_SECONDS = 300
DEEPEST = 60
MOST_FIELDS = 50

_TIMESTAMP = re.compile(r"\d{10}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
# Possessive, and its end may be missing: a megabyte of open quotes is walked through once.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)


@dataclass(frozen=True)
class Verdict:
    """The status to answer with, and why in one word for the log; 200 lets the request through."""

    status: int
    why: str = ""


PASSED = Verdict(200)


def announced(headers: Mapping[str, str]) -> Verdict:
    """What can be said before a byte of the body is read."""
    length = headers.get("content-length", "")
    if length and not (length.isascii() and length.isdigit() and len(length) < 12):
        return Verdict(400, "length")
    if length and int(length) > LARGEST:
        return Verdict(413, "size")
    if not _TIMESTAMP.fullmatch(headers.get("x-slack-request-timestamp", "")):
        return Verdict(401, "timestamp")
    if not _SIGNATURE.fullmatch(headers.get("x-slack-signature", "")):
        return Verdict(401, "signature")
    return PASSED


def judged(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> Verdict:
    """The whole request; `now` in seconds. The signature over the raw bytes comes before any
    reading of them, and reading comes before Bolt."""
    first = announced(headers)
    if first is not PASSED:
        return first
    if len(body) > LARGEST:
        return Verdict(413, "size")
    timestamp = headers["x-slack-request-timestamp"]
    if abs(now - int(timestamp)) > MOST_SECONDS:
        return Verdict(401, "age")
    ours = hmac.new(secret.encode(), b"v0:%s:%s" % (timestamp.encode(), body), hashlib.sha256)
    if not hmac.compare_digest(f"v0={ours.hexdigest()}", headers["x-slack-signature"]):
        return Verdict(401, "signature")
    return PASSED if _readable(headers.get("content-type", ""), body) else Verdict(400, "body")


def _readable(kind: str, body: bytes) -> bool:
    """Whether the body is a table that Bolt can take, and not nested beyond reason."""
    try:
        text = body.decode("utf-8")
        if "json" in kind:
            return _is_table(text)
        fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return False
    return _is_table(fields["payload"]) if "payload" in fields else "command" in fields


def _is_table(text: str) -> bool:
    if _depth(text) > DEEPEST:
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _depth(text: str) -> int:
    """How deep the brackets outside of strings go, counted without building anything."""
    deepest = level = 0
    for sign in _STRING.sub("", text):
        if sign in "[{":
            level += 1
            deepest = max(deepest, level)
        elif sign in "]}":
            level -= 1
    return deepest
