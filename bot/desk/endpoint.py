"""A view as the web framework calls it: the visitor known, the form read, the work off the loop."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.forms import Form, TooLarge, Upload, read_form, read_upload
from bot.desk.refusals import OLD_PAGE, STRANGER, Refusals
from bot.desk.visit import Desk, View, Visit
from messages.errors import Problem
from messages.personal_data import mask_cpr
from scheduler.errors import StoreFailed

Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(desk: Desk, view: View, *, changes: bool = False, file: bool = False) -> Endpoint:
    """`changes`: the page's own token must come back. `file`: the form may hold one file."""
    refusals = Refusals(desk)

    async def answer(request: Request) -> Response:
        visitor = await run_in_threadpool(desk.entrance.visitor, request)
        if visitor is None:
            return _turned_away(desk, refusals, request)
        words = desk.words(request)
        try:
            form, upload = await _sent(request, file=file)
        except TooLarge as problem:
            return refusals.told(request, words.problem(problem), 413)
        sent, expected = form.get("token").encode(), visitor.token.encode()
        if changes and not hmac.compare_digest(sent, expected):
            return refusals.says(request, OLD_PAGE, 403)
        visit = Visit(
            desk=desk,
            actor=replace(visitor.actor, language=words.language),
            words=words,
            token=visitor.token,
            leaves=visitor.leaves,
            form=form,
            upload=upload,
            query=request.query_params,
            path=request.path_params,
            here=mask_cpr(request.url.path),
        )
        try:
            return await run_in_threadpool(view, visit)
        except Problem as problem:
            status = 503 if isinstance(problem, StoreFailed) else 422
            return refusals.told(request, visit.refused(problem), status)

    return answer


def public(desk: Desk, view: View) -> Endpoint:
    """A view that anybody may see: style, script, the choice of language."""

    async def answer(request: Request) -> Response:
        try:
            form, _ = await _sent(request, file=False)
        except TooLarge as problem:
            words = desk.words(request)
            return Refusals(desk).told(request, words.problem(problem), 413)
        return await run_in_threadpool(view, Visit.of_nobody(desk, request, form))

    return answer


async def _sent(request: Request, *, file: bool) -> tuple[Form, Upload | None]:
    if request.method != "POST":
        return Form(), None
    return await read_upload(request) if file else (await read_form(request), None)


def _turned_away(desk: Desk, refusals: Refusals, request: Request) -> Response:
    """To the sign-in where there is one, and back from there; else a page that says no."""
    if not desk.entrance.sign_in:
        return refusals.says(request, STRANGER, 403)
    back = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"{desk.entrance.sign_in}?tilbage={quote(back)}", 303)
