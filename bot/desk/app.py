"""The desk's web application: its addresses, and who may reach them."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.app import App
from bot.desk.pages import page, style
from bot.desk.views import Views
from messages.errors import Problem
from messages.tables import N_

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "font-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
}


def build_desk(app: App, *, demo: bool) -> Starlette:
    """The desk over `app`. It answers to loopback names only, so no other site can reach it."""
    views = Views(app, demo=demo)

    async def problem(_: Request, error: Exception) -> Response:
        words = app.words(app.config.language)
        said = words.problem(error) if isinstance(error, Problem) else words(N_("Siden findes ikke."))
        status = 422 if isinstance(error, Problem) else 404
        return HTMLResponse(page("refusal", words, demo=demo, said=said), status)

    return Starlette(
        routes=[
            Route("/", views.front),
            Route("/svar", views.answer, methods=["POST"]),
            Route("/ark", views.handout, methods=["POST"]),
            Route("/static/desk.css", _style),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK), www_redirect=False),
            Middleware(Border),
        ],
        exception_handlers={Problem: problem, 404: problem},
    )


async def _style(_: Request) -> Response:
    return Response(style(), media_type="text/css")


class Border:
    """Sets the security headers on each answer, and turns away what another site sent here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent_from = dict(scope["headers"]).get(b"sec-fetch-site", b"none")
        if scope["method"] == "POST" and sent_from not in {b"same-origin", b"none"}:
            await Response("Forbidden", 403)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.encode() not in present
                    ),
                ]
            await send(message)

        await self._app(scope, receive, with_headers)
