"""HTTP mode: Slack calls us. A guard in front of Bolt, and `/health` for whoever watches."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import slack_bolt
from slack_bolt import BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import clock
from bot.slack.failures import place_of
from bot.slack.guard import LARGEST, PASSED, Verdict, announced, judged
from bot.web import Alive, beside, configured, listen

EVENTS_PATH = "/slack/events"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Health:
    """Whether the process is well, in a few words that tell nothing about anybody."""

    ok: bool
    parts: dict[str, bool]


def build_site(bolt: slack_bolt.App | None, secret: str, health: Callable[[], Health]) -> Starlette:
    """The site: `/health` always, Slack's events where there is a `bolt` to take them."""
    routes = [Route("/health", _health_view(health), methods=["GET"])]
    if bolt is not None:
        routes.append(Route(EVENTS_PATH, _events_view(bolt, secret), methods=["POST"]))
    return Starlette(routes=routes)


def _health_view(health: Callable[[], Health]) -> Callable[[Request], object]:
    async def view(_: Request) -> Response:
        found = await run_in_threadpool(health)
        body = {"ok": found.ok, "parts": found.parts}
        return JSONResponse(body, 200 if found.ok else 503, {"cache-control": "no-store"})

    return view


def _events_view(bolt: slack_bolt.App, secret: str) -> Callable[[Request], object]:
    async def view(request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        verdict = announced(headers)
        body = b""
        if verdict is PASSED:
            body, verdict = await _read(request)
        if verdict is PASSED:
            verdict = judged(headers, body, secret, clock.now().timestamp())
        if verdict is not PASSED:
            logger.warning("a request was turned away: %s", verdict.why)
            return Response(status_code=verdict.status)
        return await run_in_threadpool(_dispatched, bolt, body.decode("utf-8"), headers)

    return view


def _dispatched(bolt: slack_bolt.App, body: str, headers: dict[str, str]) -> Response:
    try:
        answer = bolt.dispatch(BoltRequest(body=body, headers=dict(headers)))
    except (TypeError, AttributeError, LookupError, ValueError) as error:
        # Bolt reads on without looking: a user that is a number, say.
        logger.warning("a payload of another shape was turned away: %s", place_of(error))
        return Response(status_code=400)
    return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())


async def _read(request: Request) -> tuple[bytes, Verdict]:
    """The body, as long as it is no longer than Slack's are."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return b"", Verdict(413, "size")
    return bytes(body), PASSED


@contextmanager
def serving(site: Starlette, host: str, port: int) -> Iterator[tuple[int, Alive]]:
    """Serve beside the rest, in a thread of its own: the port, and whether it is still served.

    Raises BotError when the port is taken.
    """
    listening = listen(host, port, "[slack] port = {}")
    with beside(configured(site, idle_seconds=30), listening) as alive:
        yield int(listening.getsockname()[1]), alive
